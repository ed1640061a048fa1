# /reload, and what a load changed.

reload-description = Liest die Artikeldateien neu ein und zeigt, was sich geändert hat

reload-too-soon = Der Bot hat die Dateien für diesen Server gerade erst eingelesen. Versuch es in { $seconds ->
    [one] { $seconds } Sekunde
   *[other] { $seconds } Sekunden
} noch einmal. `/status` zeigt, was sich geändert hat.
reload-stopping = Der Bot fährt gerade herunter. Deshalb hat er die Dateien nicht eingelesen. Versuch es in einer Minute noch einmal.

# $changes is changes-none or changes-some.
reload-done = Der Bot hat die Artikeldateien in { $milliseconds } ms eingelesen. { $changes } { $articles ->
    [one] Es gibt jetzt { $articles } Artikel.
   *[other] Es gibt jetzt { $articles } Artikel.
}

# $cause is English, as in the log.
reload-failed = ⚠️ Der Bot konnte den Artikelordner nicht lesen: { $cause }. Er zeigt weiter die Artikel, die er vorher gelesen hat ({ $articles ->
    [one] { $articles } Artikel
   *[other] { $articles } Artikel
}). Bitte die Person, die den Bot betreibt, den Ordner wiederherzustellen.
reload-incomplete = ⚠️ Der Bot konnte nicht alle Dateien lesen. Für die nicht gelesenen zeigt er weiter den vorherigen Stand. Die Liste der Probleme nennt die Ursache.
reload-last-good = Wenn eine Datei vorher gut war, zeigt der Bot weiter ihre letzte gute Version. Korrigiere die Datei, um die neue Version zu zeigen.

changes-none = Nichts hat sich geändert.
# $changes is a list of the lines that follow.
changes-some = Änderungen: { $changes }.
changes-articles-added = { $count ->
    [one] { $count } Artikel hinzugefügt
   *[other] { $count } Artikel hinzugefügt
}
changes-articles-changed = { $count ->
    [one] { $count } Artikel geändert
   *[other] { $count } Artikel geändert
}
changes-articles-removed = { $count ->
    [one] { $count } Artikel entfernt
   *[other] { $count } Artikel entfernt
}
changes-topic-files-added = { $count ->
    [one] { $count } Themendatei hinzugefügt
   *[other] { $count } Themendateien hinzugefügt
}
changes-topic-files-changed = { $count ->
    [one] { $count } Themendatei geändert
   *[other] { $count } Themendateien geändert
}
changes-topic-files-removed = { $count ->
    [one] { $count } Themendatei entfernt
   *[other] { $count } Themendateien entfernt
}
changes-files-fixed = { $count ->
    [one] { $count } Datei korrigiert
   *[other] { $count } Dateien korrigiert
}
changes-problems-new = { $count ->
    [one] { $count } neues Problem
   *[other] { $count } neue Probleme
}
changes-problems-gone = { $count ->
    [one] { $count } Problem behoben
   *[other] { $count } Probleme behoben
}

# $names is a list of names.
names-articles-added = • Artikel hinzugefügt: { $names }
names-articles-changed = • Artikel geändert: { $names }
names-articles-removed = • Artikel entfernt: { $names }
names-topic-files-added = • Themendateien hinzugefügt: { $names }
names-topic-files-changed = • Themendateien geändert: { $names }
names-topic-files-removed = • Themendateien entfernt: { $names }
names-files-fixed = • Dateien korrigiert: { $names }

# In a list of names: a changed file with the keys that changed, and how many names the list leaves out.
names-with-keys = { $name } ({ $keys })
names-left-out = { $count ->
    [one] { $count } weiterer
   *[other] { $count } weitere
}
