# "More like this", a command in the menu of a message.

# The name in the menu of a message: 1 to 32 characters.
more-like-this-name = Mehr davon

# Above the cards. $title is the title of the article.
more-like-this-heading = Mehr wie „{ $title }“:
# Below the heading. $count is the number of the first cards.
more-like-this-coverage = { $count ->
    [one] Die erste Karte ist ein anderer Bericht zu derselben Meldung.
   *[other] Die ersten { $count } Karten sind andere Berichte zu derselben Meldung.
}
# Below the heading, or below more-like-this-nothing-covers.
more-like-this-not-ready = Die Suche ist noch nicht bereit, deshalb fehlen ähnliche Artikel. Versuche es in ein paar Sekunden noch einmal.

# Instead of cards. $title is the title of the article.
more-like-this-nothing = Die Sammlung hat nichts weiter wie „{ $title }“. `/news` zeigt die heißesten Artikel.
more-like-this-nothing-covers = In der Sammlung gibt es keine anderen Berichte zu „{ $title }“.
more-like-this-unknown = In dieser Nachricht steht kein Artikel der Sammlung. Nutze diesen Befehl bei einer Karte des Bots oder bei einer Nachricht mit einem Link zu einem Artikel der Sammlung. `/search` findet Artikel über ihre Wörter.

# A closed menu, at most 150 characters. Its options are the other articles of the message.
menu-more-like-this = Mehr wie ein anderer Artikel der Nachricht
