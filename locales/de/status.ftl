# /status: how the bot is.

status-description = Zeigt Artikel, Feeds, Probleme, das letzte Einlesen und wie es dem Bot geht

status-articles = **Artikel:** { $articles }. Davon können Mitglieder gerade { $visible } sehen. **Themen:** { $topics }.

# $troubles is a list of the three lines that follow.
status-troubles = ⚠️ **Feeds:** { $troubles }. `/feed list` zeigt die Gründe und was du tun kannst.
status-trouble-paused = { $feeds ->
    [one] { $feeds } Feed ist pausiert
   *[other] { $feeds } Feeds sind pausiert
}
status-trouble-failed = { $posts ->
    [one] { $posts } Beitrag ist fehlgeschlagen
   *[other] { $posts } Beiträge sind fehlgeschlagen
}
status-trouble-unknown = { $posts ->
    [one] bei { $posts } Beitrag ist unklar, ob er im Kanal steht
   *[other] bei { $posts } Beiträgen ist unklar, ob sie im Kanal stehen
}
status-feeds = **Feeds:** { $feeds } ({ $paused } pausiert). **Beiträge:** { $due } fällig, { $failed } fehlgeschlagen, { $unknown } unklar.
status-feeds-without-database = **Feeds:** keine, weil der Bot ohne Datenbank läuft.
status-feeds-database = ⚠️ **Feeds:** Der Bot kann seine Datenbank gerade nicht lesen. Versuch es in einer Minute noch einmal. Wenn es so bleibt, sag der Person Bescheid, die den Bot betreibt.
status-feeds-stopping = ⚠️ **Feeds:** Der Bot fährt gerade herunter. Versuch es in einer Minute noch einmal.
status-feeds-busy = ⚠️ **Feeds:** Der Bot ist beschäftigt und konnte nicht sagen, wie es den Feeds geht. Versuch es in einer Minute noch einmal.

# $fault is English, as in the log.
status-sources-faults = ⚠️ **Quellenliste:** Sie hat { $faults ->
    [one] { $faults } Problem
   *[other] { $faults } Probleme
}. Deshalb nutzt der Bot die letzte gute Liste. Erstes Problem: { $fault }
status-sources = **Quellen:** { $sources }. Bei { $failed } ist der letzte Abruf fehlgeschlagen.
status-sources-more = … und { $count ->
    [one] { $count } weitere Quelle.
   *[other] { $count } weitere Quellen.
}
# In the lines of sources: $name is the folder of the source, $when is Discord's own text, $reason is English, as in the log.
status-source-new = { $name }: noch nicht abgerufen.
status-source-good = { $name }: { $files ->
    [one] { $files } Artikel
   *[other] { $files } Artikel
}. Letzter Abruf: { $when }.
status-source-moved = { $name }: { $files ->
    [one] { $files } Artikel
   *[other] { $files } Artikel
}. Letzter Abruf: { $when }. Der Feed der Quelle ist umgezogen: { $address }. Trag die neue Adresse in die Quellenliste ein.
status-source-failed = ⚠️ { $name }: { $failures ->
    [one] Der letzte Abruf ist fehlgeschlagen
   *[other] Die letzten { $failures } Abrufe sind fehlgeschlagen
}. Grund: { $reason }. Letzter Erfolg: { $when }.
status-source-never = ⚠️ { $name }: { $failures ->
    [one] Der erste Abruf ist fehlgeschlagen
   *[other] Alle { $failures } Abrufe sind fehlgeschlagen
}. Grund: { $reason }.
status-source-over = ⚠️ { $name }: Der Bot ruft diese Quelle nicht mehr ab. Grund: { $reason }.

# $when is Discord's own text, as "3 minutes ago" or "in 3 minutes"; $changes is changes-none or changes-some.
status-last-reload = **Letztes Einlesen** ({ $when }, { $milliseconds } ms): { $changes }
# $outcome is reload-failed.
status-last-reload-failed = **Letztes Einlesen** ({ $when }): { $outcome }
status-last-change = **Letzte Änderung** ({ $when }): { $changes }

status-clock = ⚠️ **Uhr:** Die Uhr auf dem Rechner des Bots geht gegenüber der von Discord { $seconds } Sekunden { $direction ->
    [ahead] vor
   *[behind] nach
}. Ruhezeiten, Sammelbeiträge und das Alter von Artikeln richten sich nach der falschen Zeit. Bitte die Person, die den Bot betreibt, die Uhr zu stellen.
status-latency = **Gateway-Latenz:** { $milliseconds } ms.
status-latency-unknown = **Gateway-Latenz:** noch nicht gemessen.
status-version = **heatwire** { $version }, gestartet { $when }.

# $processes is a list of status-process.
status-processes = **Prozesse:** { $processes }
status-process = Shards { $shards } mit { $articles } { $articles ->
    [one] Artikel
   *[other] Artikeln
}{ $delivers ->
    [yes] , stellt zu
   *[no] {""}
}
status-collections-differ = ⚠️ **Prozesse:** Nicht alle Prozesse haben dieselben Artikel geladen. Bis dahin zieht eine fehlende Datei keinen Beitrag zurück. Wenn das anhält, prüfe, ob alle denselben Ordner mit Artikeln benutzen.
