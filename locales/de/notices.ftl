# Reports of troubles in the channel that moderators chose. $feed is the number of a feed, $channel shows its channel.

# $state is one of the feed-state- texts, with the remedy.
notice-feed = Feed **{ $feed }** in { $channel }: { $state }
notice-withdrawals = ⚠️ Feed **{ $feed }** in { $channel }: { $posts ->
    [one] { $posts } Nachricht soll zurückgezogen werden. Sie wartet
   *[other] { $posts } Nachrichten sollen zurückgezogen werden. So viele auf einmal warten
} auf eine Entscheidung der Moderation. Falls Artikeldateien aus Versehen verschwunden sind, stell sie zuerst wieder her.
# Lines with the problems follow.
notice-problems = ⚠️ { $count ->
    [one] { $count } neues Problem mit Artikeldateien:
   *[other] { $count } neue Probleme mit Artikeldateien:
}
notice-feed-recovered = ✅ Feed **{ $feed }** in { $channel } ist wieder aktiv.
notice-problems-gone = ✅ { $count ->
    [one] { $count } Problem mit Artikeldateien ist behoben.
   *[other] { $count } Probleme mit Artikeldateien sind behoben.
}
# $name is the folder of a source.
notice-source-recovered = ✅ { $name }: Der Bot kann diese Quelle wieder abrufen.
notice-source-list-recovered = ✅ **Quellenliste:** Sie hat kein Problem mehr, und der Bot nutzt sie.
notice-rest = … und { $count } weitere, die hier nicht hineinpassen. `/feed list` und `/status` zeigen, was offen ist.

# A button, at most 80 characters.
button-resume = Feed { $feed } fortsetzen

# Why the bot cannot report, in `/settings` and `/status`.
notices-channel-gone = ⚠️ **Meldung von Problemen:** Der Bot kann in { $channel } nicht mehr melden, weil es den Kanal auf diesem Server nicht gibt. Wähle mit `/settings` einen anderen Kanal.
notices-lacking = ⚠️ **Meldung von Problemen:** Der Bot kann in { $channel } nicht melden, weil ihm Berechtigungen fehlen: { $permissions }. Gib sie ihm (Kanal bearbeiten > Berechtigungen) oder wähle mit `/settings` einen anderen Kanal.
notices-refused = ⚠️ **Meldung von Problemen:** Discord hat die letzte Meldung des Bots in { $channel } abgelehnt. Prüfe, ob AutoMod, ein Timeout oder eine fehlende Berechtigung den Bot aufhält, oder wähle mit `/settings` einen anderen Kanal.
