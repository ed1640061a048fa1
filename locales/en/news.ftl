# /news and /topics.

news-description = Shows articles, hottest first
news-topic-description = What the articles are about, as AI; the bot also finds similar names
news-type-description = What kind of articles, as article or video
news-source-description = Who published the articles
news-since-description = How far back
news-sort-description = Which articles come first
# A choice of an option. $value is the same in all languages, $meaning is one of the lines that follow.
news-choice = { $value } ({ $meaning })

since-today = the last 24 hours
since-week = the last 7 days
since-month = the last 30 days
since-year = the last 365 days
sort-heat = hottest first
sort-trending = trending first
sort-newest = newest first
sort-quality = best first

# Above the cards: "**AI** · type **video** · the last 7 days · hottest first · 83 articles · page 2 of 17".
news-type = type { $name }
news-source = source { $name }
count-articles = { $count ->
    [one] { $count } article
   *[other] { $count } articles
}

# $name is what the bot shows for $typed.
news-similar = { $filter ->
    [topic] There is no topic “{ $typed }”. The most similar topic is { $name }.
    [type] There is no type “{ $typed }”. The most similar type is { $name }.
   *[source] There is no source “{ $typed }”. The most similar source is { $name }.
}
news-alias = “{ $typed }” is another name for { $name }.
news-prefix = “{ $typed }” is a part of a name of { $name }.

news-last-page = The list is shorter now. This is its last page.

news-empty = The collection has no articles to show yet.
# $conditions as above: "**AI** · the last 7 days".
news-nothing = Nothing found: { $conditions }.
news-see-topics = `/topics` shows all topics.
news-wider = With fewer conditions there are articles:
# Buttons, at most 80 characters. $count is the number of articles.
news-any-time = Any time ({ $count })
news-any = { $filter ->
    [topic] Any topic ({ $count })
    [type] Any type ({ $count })
   *[source] Any source ({ $count })
}
news-all-of = All of { $name } ({ $count })

news-gone = { $filter ->
    [topic] No article has the topic of this button any more.
    [type] No article has the type of this button any more.
   *[source] No article has the source of this button any more.
} Use `/news` again.
# Buttons with the names follow.
news-unknown = { $filter ->
    [topic] There is no topic “{ $typed }”. Similar topics:
    [type] There is no type “{ $typed }”. Similar types:
   *[source] There is no source “{ $typed }”. Similar sources:
}
news-no-names = { $filter ->
    [topic] There is no topic “{ $typed }”, because no article has a topic.
    [type] There is no type “{ $typed }”, because no article has a type.
   *[source] There is no source “{ $typed }”, because no article has a source.
}

topics-description = Shows every topic, with its hottest article
topics-none = No article has a topic yet.
topics = Topics
count-topics = { $count ->
    [one] { $count } topic
   *[other] { $count } topics
}
# A closed menu, at most 150 characters.
menu-topics = Show the articles of a topic
