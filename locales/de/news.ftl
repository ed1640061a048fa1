# /news and /topics.

news-description = Zeigt Artikel, heißeste zuerst
news-topic-description = Wovon die Artikel handeln, z. B. AI; der Bot findet auch ähnliche Namen
news-type-description = Welche Art von Artikeln, z. B. article oder video
news-source-description = Wer die Artikel veröffentlicht hat
news-since-description = Wie weit zurück
news-sort-description = Welche Artikel zuerst kommen
# A choice of an option. $value is the same in all languages, $meaning is one of the lines that follow.
news-choice = { $value } ({ $meaning })

since-today = letzte 24 Stunden
since-week = letzte 7 Tage
since-month = letzte 30 Tage
since-year = letzte 365 Tage
sort-heat = heißeste zuerst
sort-trending = Trends zuerst
sort-newest = neueste zuerst
sort-quality = beste zuerst

# Above the cards: "**AI** · type **video** · the last 7 days · hottest first · 83 articles · page 2 of 17".
news-type = Typ { $name }
news-source = Quelle { $name }
count-articles = { $count ->
    [one] { $count } Artikel
   *[other] { $count } Artikel
}

# $name is what the bot shows for $typed.
news-similar = { $filter ->
    [topic] Es gibt kein Thema „{ $typed }“. Das ähnlichste Thema ist { $name }.
    [type] Es gibt keinen Typ „{ $typed }“. Der ähnlichste Typ ist { $name }.
   *[source] Es gibt keine Quelle „{ $typed }“. Die ähnlichste Quelle ist { $name }.
}
news-alias = „{ $typed }“ ist ein anderer Name für { $name }.
news-prefix = „{ $typed }“ ist Teil eines Namens von { $name }.

news-last-page = Die Liste ist jetzt kürzer. Das ist ihre letzte Seite.

news-empty = Die Sammlung hat noch keine Artikel zum Anzeigen.
# $conditions as above: "**AI** · the last 7 days".
news-nothing = Nichts gefunden: { $conditions }.
news-see-topics = `/topics` zeigt alle Themen.
news-wider = Mit weniger Filtern gibt es Artikel:
# Buttons, at most 80 characters. $count is the number of articles.
news-any-time = Jeder Zeitraum ({ $count })
news-any = { $filter ->
    [topic] Jedes Thema ({ $count })
    [type] Jeder Typ ({ $count })
   *[source] Jede Quelle ({ $count })
}
news-all-of = Alle Artikel: { $name } ({ $count })

news-gone = { $filter ->
    [topic] Kein Artikel hat mehr das Thema dieses Buttons.
    [type] Kein Artikel hat mehr den Typ dieses Buttons.
   *[source] Kein Artikel hat mehr die Quelle dieses Buttons.
} Nutze `/news` noch einmal.
# Buttons with the names follow.
news-unknown = { $filter ->
    [topic] Es gibt kein Thema „{ $typed }“. Ähnliche Themen:
    [type] Es gibt keinen Typ „{ $typed }“. Ähnliche Typen:
   *[source] Es gibt keine Quelle „{ $typed }“. Ähnliche Quellen:
}
news-no-names = { $filter ->
    [topic] Es gibt kein Thema „{ $typed }“, weil kein Artikel ein Thema hat.
    [type] Es gibt keinen Typ „{ $typed }“, weil kein Artikel einen Typ hat.
   *[source] Es gibt keine Quelle „{ $typed }“, weil kein Artikel eine Quelle hat.
}

topics-description = Zeigt alle Themen, jeweils mit dem heißesten Artikel
topics-none = Noch hat kein Artikel ein Thema.
topics = Themen
count-topics = { $count ->
    [one] { $count } Thema
   *[other] { $count } Themen
}
# A closed menu, at most 150 characters.
menu-topics = Artikel zu einem Thema zeigen
