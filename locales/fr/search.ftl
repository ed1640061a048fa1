# /search. Options and buttons that /news has too are in news.ftl.

search-description = Finds articles by their words, best match first
search-words-description = Words to look for; "a phrase" and -word work, and a typing error is forgiven

# A part of the line above the cards: "“rust names” · **AI** · 12 articles · page 1 of 3".
search-words = “{ $typed }”
search-some-words = No article has all of these words. These articles have at least half of them.

search-not-ready = The search is not ready yet. Try again in a few seconds.
search-no-words = There is no word to look for. Type at least one word without a minus sign.
search-gone = { $filter ->
    [topic] No article has the topic of this button any more.
   *[source] No article has the source of this button any more.
} Use `/search` again.

# Buttons follow, at most 80 characters each. $count is the number of articles.
search-nearest = You can look for these instead:
search-anywhere = Without the conditions ({ $count })
search-word = { $word } ({ $count })
search-topic = Topic { $name }
