# "More like this", a command in the menu of a message.

# The name in the menu of a message: 1 to 32 characters.
more-like-this-name = More like this

# Above the cards. $title is the title of the article.
more-like-this-heading = More like “{ $title }”:
# Below the heading. $count is the number of the first cards.
more-like-this-coverage = { $count ->
    [one] The first card is other coverage of the same story.
   *[other] The first { $count } cards are other coverage of the same story.
}
# Below the heading, or below more-like-this-nothing-covers.
more-like-this-not-ready = The search is not ready yet, so related articles are missing. Try again in a few seconds.

# Instead of cards. $title is the title of the article.
more-like-this-nothing = The collection has nothing else like “{ $title }”. `/news` shows the hottest articles.
more-like-this-nothing-covers = There is no other coverage of “{ $title }” in the collection.
more-like-this-unknown = No article of the collection is in this message. Use this command on a card of the bot, or on a message with a link to an article of the collection. `/search` finds articles by their words.

# A closed menu, at most 150 characters. Its options are the other articles of the message.
menu-more-like-this = More like another article of the message
