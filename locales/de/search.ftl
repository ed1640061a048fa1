# /search. Options and buttons that /news has too are in news.ftl.

search-description = Findet Artikel über ihre Wörter, beste Treffer zuerst
search-words-description = Suchwörter; "eine Wortgruppe" und -wort gehen auch, ein Tippfehler macht nichts

# A part of the line above the cards: "“rust names” · **AI** · 12 articles · page 1 of 3".
search-words = „{ $typed }“
search-some-words = Kein Artikel enthält alle diese Wörter. Diese Artikel enthalten mindestens die Hälfte davon.

search-not-ready = Die Suche ist noch nicht bereit. Versuch es in ein paar Sekunden noch einmal.
search-no-words = Es fehlt ein Wort, nach dem der Bot suchen kann. Tippe mindestens ein Wort ohne Minuszeichen.
search-gone = { $filter ->
    [topic] Kein Artikel hat mehr das Thema dieses Buttons.
   *[source] Kein Artikel hat mehr die Quelle dieses Buttons.
} Nutze `/search` noch einmal.

# Buttons follow, at most 80 characters each. $count is the number of articles.
search-nearest = Stattdessen kannst du danach suchen:
search-anywhere = Ohne die Filter ({ $count })
search-word = { $word } ({ $count })
search-topic = Thema { $name }
