# What several answers share.

# The last line of a list that is too long for one message.
list-cut = { $lines ->
    [one] ({ $lines } weitere Zeile passt nicht in diese Nachricht.)
   *[other] ({ $lines } weitere Zeilen passen nicht in diese Nachricht.)
}

pager-previous = Zurück
pager-next = Weiter
# An item of a line, as "hottest first · 83 articles · page 2 of 17".
pager-page = Seite { $page } von { $pages }
# A line of its own.
pager-page-line = Seite { $page } von { $pages }

cards-not-allowed = Dem Bot fehlt in diesem Kanal die Berechtigung „Links einbetten“. Deshalb zeigt er nur Titel. Die Moderation kann ihm die Berechtigung geben.

# One person, or all members of a server together, used up a budget.
person-over-budget = Du hast den Bot in kurzer Zeit zu oft benutzt, deshalb hat er jetzt nichts getan. Versuch es in { $seconds ->
    [one] { $seconds } Sekunde
   *[other] { $seconds } Sekunden
} noch einmal.
server-over-budget = Die Mitglieder dieses Servers haben den Bot in kurzer Zeit zu oft benutzt, deshalb hat er jetzt nichts getan. Versuch es in { $seconds ->
    [one] { $seconds } Sekunde
   *[other] { $seconds } Sekunden
} noch einmal.
