# /feed: the feeds of a server.

# The command as Discord lists it. Each description has at most 100 characters.
feed-description = Kanäle, die neue Artikel bekommen
feed-add-description = Legt einen Feed an: einen Kanal, der neue Artikel bekommt
feed-list-description = Zeigt alle Feeds dieses Servers, Probleme zuerst
feed-edit-description = Ändert einen Feed; was du weglässt, bleibt, wie es ist
feed-pause-description = Pausiert einen Feed; fällige Artikel bleiben fällig
feed-resume-description = Setzt einen Feed fort
feed-remove-description = Entfernt einen Feed; seine Nachrichten bleiben
feed-test-description = Postet eine als Test markierte Karte, ohne jemanden zu erwähnen
feed-option-channel = Der Kanal oder Thread, der die Artikel bekommt
feed-option-feed = Der Feed
feed-option-topic = Nur Artikel zu diesem Thema und seinen Unterthemen
feed-option-type = Nur Artikel dieses Typs, z. B. article oder video
feed-option-source = Nur Artikel dieser Quelle
feed-option-words = Wörter oder Wortgruppen, durch Kommas getrennt: Titel oder Auszug muss eine enthalten
feed-option-without = Wörter oder Wortgruppen, durch Kommas getrennt: Titel und Auszug dürfen keine enthalten
feed-option-min-quality = Die niedrigste Qualität eines Artikels
feed-option-min-heat = Die niedrigste Hitze eines Artikels
feed-option-max-age-days = Das höchste Alter eines Artikels in Tagen; 0 für jedes Alter
feed-option-mention = Eine Rolle, die jeder Beitrag erwähnt
feed-option-silent = Postet ohne Benachrichtigung
feed-option-max-per-hour = Die höchste Zahl von Beiträgen pro Stunde (1 bis { $posts })
feed-option-quiet-hours = Wann der Feed nichts postet, z. B. 22:00-07:00
feed-option-timezone = Die Zeitzone für Ruhezeit und Sammelbeiträge, z. B. Europe/Berlin
feed-option-digest = Postet die heißesten Artikel gesammelt: off, hourly, daily 09:00 oder weekly monday 09:00
feed-option-thread = Öffnet zu jedem Beitrag einen Thread
feed-option-crosspost = Veröffentlicht jeden Beitrag auf den Servern, die dem Kanal folgen
feed-option-backfill = Wie viele der heißesten Artikel sofort gepostet werden (0 bis { $articles })
feed-option-clear = Die Einstellung, die wegfallen soll
# $option is the name of an option.
feed-clear = { $option ->
    [topic] das Thema
    [type] der Typ
    [source] die Quelle
    [words] die Wörter
    [without] die ausgeschlossenen Wörter
    [min_heat] die niedrigste Hitze
    [quiet_hours] die Ruhezeit
   *[mention] die Erwähnung
}

# What Discord offers while a moderator types. At most 100 characters, without markup. $feed is a number.
# $about is a channel, and where the feed has them its topic, type and source: "#news · AI · video · Example".
choice-feed = Feed { $feed }: { $about }
choice-feed-paused = Feed { $feed } (pausiert): { $about }
# A channel whose name the bot does not know.
choice-channel = Kanal { $channel }
choice-digest-off = off (jeder Artikel bekommt einen eigenen Beitrag)
choice-digest-hourly = hourly (stündlich)
choice-digest-daily = daily { $time } (täglich)
# $day is one of the lines that follow.
choice-digest-weekly = weekly (jeden { $day } um { $time })
# A day of the week, also in pacing-digest-weekly.
weekday = { $day ->
    [monday] Montag
    [tuesday] Dienstag
    [wednesday] Mittwoch
    [thursday] Donnerstag
    [friday] Freitag
    [saturday] Samstag
   *[sunday] Sonntag
}

# A feed as a moderator may type it. "3" alone works as well.
feed-typed = Feed { $feed }

no-feeds = Dieser Server hat noch keine Feeds. Lege mit `/feed add` einen an.
no-such-feed = Dieser Server hat keinen Feed „{ $typed }“. Wähle einen Feed aus der Liste, die Discord beim Tippen zeigt.
several-feeds = „{ $typed }“ hat mehrere Feeds. Wähle einen aus der Liste, die Discord beim Tippen zeigt.
no-feeds-without-database = Der Bot läuft ohne Datenbank. Deshalb gibt es keine Feeds. Wer den Bot betreibt, kann `DATABASE_URL` setzen.

# Why the channel or the role cannot be used.
channel-gone = Discord sagt, dass es { $channel } nicht gibt. Wähle einen anderen Kanal.
channel-elsewhere = { $channel } ist kein Kanal dieses Servers, oder der Bot kennt ihn nicht. Wähle einen Kanal dieses Servers.
channel-unknown = Der Bot konnte Discord nicht fragen, was { $channel } ist. Versuch es in einer Minute noch einmal.
channel-wrong-type = { $channel } ist kein Textkanal, kein Ankündigungskanal, kein Forum und kein Thread. Wähle einen Kanal dieser Art.
role-elsewhere = Die Rolle für `mention` gehört nicht zu diesem Server. Wähle eine Rolle dieses Servers.
roles-unknown = Der Bot konnte Discord nicht nach den Rollen dieses Servers fragen. Versuch es in einer Minute noch einmal.

# Faults in the options. One alone is the whole answer. Several are a list below the next line.
option-faults = Es wurde nichts geändert. Der Grund sind diese Optionen:
# $option is topic, source or type. $nearest is a list of names.
option-name-gone = { $option ->
    [topic] Kein Artikel hat mehr das Thema, das du gewählt hast. Wähle ein anderes Thema.
    [source] Kein Artikel hat mehr die Quelle, die du gewählt hast. Wähle eine andere Quelle.
   *[type] Kein Artikel hat mehr den Typ, den du gewählt hast. Wähle einen anderen Typ.
}
option-name-unknown = { $option ->
    [topic] Es gibt kein Thema „{ $typed }“. Ähnliche Themen: { $nearest }.
    [source] Es gibt keine Quelle „{ $typed }“. Ähnliche Quellen: { $nearest }.
   *[type] Es gibt keinen Typ „{ $typed }“. Ähnliche Typen: { $nearest }.
}
option-no-names = { $option ->
    [topic] Es gibt kein Thema „{ $typed }“, weil kein Artikel ein Thema hat. Lass `topic` weg.
    [source] Es gibt keine Quelle „{ $typed }“, weil kein Artikel eine Quelle hat. Lass `source` weg.
   *[type] Es gibt keinen Typ „{ $typed }“, weil kein Artikel einen Typ hat. Lass `type` weg.
}
# $option is the name of an option, between backticks.
option-number = { $option } kann nicht { $given } sein. Gib eine ganze Zahl von { $min } bis { $max } an.
# The options words and without.
option-words-empty = { $option } enthält keine Wörter. Schreib Wörter oder Wortgruppen mit Kommas dazwischen, z. B. `rust, machine learning`.
option-words-no-letters = „{ $typed }“ in { $option } enthält weder Buchstaben noch Ziffern. Lass es weg.
option-words-too-long = { $option } ist zu lang. Gib Wörter und Wortgruppen mit zusammen höchstens { $characters } Zeichen an.
option-words-too-many = { $option } hat { $given } Wörter und Wortgruppen. Gib höchstens { $max } an.
option-quiet-hours = „{ $typed }“ ist keine Zeit für `quiet_hours`. Schreib die Zeit so: 22:00-07:00.
option-quiet-hours-empty = `quiet_hours` kann nicht zur selben Zeit beginnen und enden. Schreib die Zeit so: 22:00-07:00.
option-timezone = Es gibt keine Zeitzone „{ $typed }“. Wähle eine aus der Liste, zum Beispiel Europe/Berlin.
option-digest = „{ $typed }“ ist kein Zeitplan für Sammelbeiträge. Schreib `off`, `hourly`, `daily`, `daily 18:30` oder `weekly monday 09:00`.
option-mention-everyone = Der Bot erwähnt nie `@everyone`. Wähle für `mention` eine andere Rolle.
option-thread-in-forum = { $channel } ist ein Forum. Dort ist jeder Beitrag schon ein Thread. Lass `thread` weg.
option-thread-in-thread = { $channel } ist ein Thread, und ein Thread hat keine eigenen Threads. Lass `thread` weg.
option-crosspost = { $channel } ist kein Ankündigungskanal. Deshalb lassen sich seine Beiträge nicht auf anderen Servern veröffentlichen. Lass `crosspost` weg oder mach den Kanal zum Ankündigungskanal.
option-crosspost-in-thread = { $channel } ist ein Thread. Deshalb lassen sich seine Beiträge nicht auf anderen Servern veröffentlichen. Lass `crosspost` weg.
option-cleared-and-given = `clear` entfernt { $option }, aber du gibst { $option } auch an. Lass eins von beiden weg.
option-clear-unknown = `clear` kann „{ $typed }“ nicht entfernen. Wähle eine Einstellung aus der Liste.

# What the bot did. $feed is the number of a feed.
feed-added = Der Bot hat Feed **{ $feed }** in { $channel } angelegt.
feed-edited = Der Bot hat Feed **{ $feed }** in { $channel } geändert.
feed-paused = Der Bot hat Feed **{ $feed }** in { $channel } pausiert. Fällige Artikel bleiben fällig. Mit `/feed resume` geht es mit ihnen weiter.
# Follows feed-paused.
feed-paused-while-posting = Ein Beitrag war gerade unterwegs, und Discord hat ihn noch nicht bestätigt. Dieser eine Beitrag kann noch erscheinen.
# The state of the feed follows on a line of its own.
feed-resumed = Der Bot hat Feed **{ $feed }** in { $channel } fortgesetzt. Der Feed postet, was in der Pause fällig wurde, heißeste Artikel zuerst.
feed-removed = Der Bot hat Feed **{ $feed }** in { $channel } entfernt. Seine Nachrichten bleiben. Ein neuer Feed in diesem Kanal postet deren Meldungen nicht noch einmal.
# Discord leaves the full stop out of the link.
feed-tested = Der Bot hat einen Test von Feed **{ $feed }** in { $channel } gepostet: { $link }. Der Test zählt nicht als Beitrag. Du kannst ihn löschen.
feed-edit-empty = Es gibt nichts zu ändern. Gib außer `feed` und `backfill` mindestens eine Einstellung an, zum Beispiel `min_quality`.

# After feed-added: what the feed posts first.
feed-starts = Der Feed postet neue Artikel, sobald sie da sind, aber keine Artikel, die es schon gibt.
feed-starts-with = { $articles ->
    [one] Der Feed postet jetzt den heißesten passenden Artikel, den noch kein Feed dieses Kanals kennt. Neue Artikel folgen, sobald sie da sind.
   *[other] Der Feed postet jetzt die { $articles } heißesten passenden Artikel, die noch kein Feed dieses Kanals kennt. Neue Artikel folgen, sobald sie da sind.
}
feed-starts-later = Der Feed startet, sobald es Artikel gibt und der Bot alle gelesen hat. Danach postet er neue Artikel, sobald sie da sind, aber keine Artikel, die es beim Start schon gibt.
feed-starts-later-with = { $articles ->
    [one] Der Feed startet, sobald es Artikel gibt und der Bot alle gelesen hat. Dann postet er den heißesten passenden Artikel, den noch kein Feed dieses Kanals kennt. Neue Artikel folgen, sobald sie da sind.
   *[other] Der Feed startet, sobald es Artikel gibt und der Bot alle gelesen hat. Dann postet er die { $articles } heißesten passenden Artikel, die noch kein Feed dieses Kanals kennt. Neue Artikel folgen, sobald sie da sind.
}
feed-test-hint = `/feed test` zeigt, wie ein Beitrag aussieht.

# After feed-edited: what the feed posts of the articles that are already there.
feed-edit-without-backfill = Der Feed postet keine Artikel, die es schon gibt und die erst die neuen Regeln erlauben.
feed-edit-backfill = { $articles ->
    [one] Von den Artikeln, die es schon gibt und die erst die neuen Regeln erlauben, postet der Feed höchstens den heißesten.
   *[other] Von den Artikeln, die es schon gibt und die erst die neuen Regeln erlauben, postet der Feed höchstens die { $articles } heißesten.
}

# Which articles a feed takes. Each text is an item of a line.
rule-any-topic = jedes Thema
rule-topic = Thema **{ $topic }** mit Unterthemen
rule-type = Typ **{ $kind }**
rule-source = Quelle **{ $source }**
# $words is a list of words with commas between.
rule-words = mit einem von **{ $words }**
rule-without = ohne **{ $words }**
rule-any-quality = jede Qualität
rule-quality = Qualität ab { $min }
rule-heat = Hitze ab { $min }
rule-any-age = jedes Alter
rule-age = { $days ->
    [one] höchstens { $days } Tag alt
   *[other] höchstens { $days } Tage alt
}

# When and how a feed posts. Each text is an item of a line.
pacing-per-hour = { $posts ->
    [one] höchstens { $posts } Beitrag pro Stunde
   *[other] höchstens { $posts } Beiträge pro Stunde
}
pacing-quiet-hours = Ruhezeit { $hours }
pacing-digest-hourly = Sammelbeitrag jede Stunde
pacing-digest-daily = Sammelbeitrag täglich um { $time }
pacing-digest-weekly = Sammelbeitrag jeden { $day } um { $time }
pacing-time-zone = Zeitzone { $zone }
pacing-thread = ein Thread zu jedem Beitrag
pacing-crosspost = Beiträge werden veröffentlicht
pacing-silent = ohne Benachrichtigung
pacing-mention = erwähnt { $role }

# /feed list. Each text is an item of a line.
feeds-count = { $feeds ->
    [one] **{ $feeds } Feed**
   *[other] **{ $feeds } Feeds**
}
feeds-paused = ⚠️ { $feeds } pausiert
posts-due = { $posts } fällig
posts-sent = { $posts } gepostet
posts-failed = ⚠️ { $posts } fehlgeschlagen
posts-unknown = ⚠️ { $posts } unklar
posts-expired = { $posts } abgelaufen
posts-withdrawn = { $posts } zurückgezogen
posts-withheld = ⚠️ { $posts } zurückzuziehen, wenn du zustimmst

# Buttons. At most 80 characters, and a longer text loses its end.
button-resend = Erneut senden: „{ $title }“
button-dismiss = Abhaken: „{ $title }“
button-withdraw = Zurückziehen: „{ $title }“
button-withdraw-all = Nachrichten von Feed { $feed } zurückziehen ({ $posts })
button-keep-all = Nachrichten von Feed { $feed } behalten ({ $posts })

# What a button did.
decided-resend = ✅ „{ $title }“ wird in { $channel } gepostet.
decided-dismiss = ✅ „{ $title }“ bleibt, wie es ist.
decided-withdraw = ✅ „{ $title }“ wird zurückgezogen, falls die Datei das noch verlangt.
decided-withdraw-all = { $posts ->
    [one] ✅ { $posts } Nachricht von Feed **{ $feed }** wird zurückgezogen.
   *[other] ✅ { $posts } Nachrichten von Feed **{ $feed }** werden zurückgezogen.
}
decided-keep-all = { $posts ->
    [one] ✅ { $posts } Nachricht von Feed **{ $feed }** bleibt.
   *[other] ✅ { $posts } Nachrichten von Feed **{ $feed }** bleiben.
}

# A feed and a post of a feed, on the page of the demo. Each text is an item of a line.
note-feed = Feed **{ $feed }**
post-feed = Feed **{ $feed }**
post-sent = gepostet { $when }
post-corrected = korrigiert { $when }
post-thread-due = Thread steht noch aus
post-thread-done = mit Thread
post-thread-refused = ⚠️ kein Thread
post-crosspost-due = noch nicht veröffentlicht
post-crosspost-done = veröffentlicht
post-crosspost-refused = ⚠️ nicht veröffentlicht
post-stories-withdrawn = { $withdrawn } von { $stories } Meldungen zurückgezogen
post-withheld = ⚠️ { $stories } zurückzuziehen, wenn die Moderation zustimmt
post-withdrawal-refused = ⚠️ soll zurückgezogen werden, aber Discord lehnt ab

# /feed post, and Resend in /why.
post-not-visible = Kein sichtbarer Artikel hat diesen Namen: Die Datei fehlt, ist nicht lesbar oder nicht veröffentlicht. Wähle einen Artikel aus der Liste.
post-no-link = Dieser Artikel hat keinen Link, den Discord annimmt. Deshalb kann der Bot ihn nicht posten. Ergänze `webUrl` in der Datei.
post-stands = Diese Meldung steht schon im Kanal, oder ihr Beitrag ist unterwegs.
post-open = Ein Beitrag zu dieser Meldung ist fehlgeschlagen, oder sein Ausgang ist unbekannt. Entscheide zuerst in `/feed list` darüber.
feed-post-description = Einen Artikel jetzt im Kanal eines Feeds posten
feed-option-article = Der Artikel
feed-posted = ✅ Feed **{ $feed }** hat den Artikel in { $channel } gepostet: { $link }
feed-post-failed = Der Beitrag von Feed **{ $feed }** in { $channel } ist nicht gelungen. `/why` nennt den Grund, und `/feed list` hat Schaltflächen dafür.
feed-post-waits = Feed **{ $feed }** postet den Artikel in { $channel }, sobald Discord ihn annimmt. `/why` sagt, was damit geschieht.
button-resend-in = In Feed { $feed } erneut posten
