# /settings: what the moderators of a server chose.

# The command as Discord lists it. Each text has at most 100 characters.
settings-description = Wo der Bot Probleme meldet und in welcher Sprache er postet
settings-option-notices = Ein Kanal, in dem der Bot pausierte Feeds und fehlgeschlagene Beiträge je einmal meldet
settings-option-language = Die Sprache der Beiträge des Bots auf diesem Server
settings-option-clear = Eine Einstellung, die wegfallen soll
settings-clear-notices = der Kanal für Meldungen
settings-clear-language = die Sprache; Beiträge folgen wieder der des Servers
# The names are the same in all languages, as in the settings of Discord.
language-english = English
language-german = Deutsch
language-french = Français
language-spanish = Español
language-brazilian-portuguese = Português do Brasil
language-japanese = 日本語

settings-without-database = Der Bot läuft ohne Datenbank und kann deshalb keine Einstellungen behalten. Die Person, die den Bot betreibt, kann `DATABASE_URL` setzen.
settings-contradiction = Du hast dieselbe Einstellung gesetzt und entfernt. Deshalb hat der Bot nichts geändert. Lass eine der beiden Optionen weg.
settings-wrong-channel = { $channel } ist weder ein Textkanal noch ein Ankündigungskanal. Deshalb hat der Bot nichts geändert. Wähle einen Kanal dieser Art.
settings-lacking = ⚠️ Dem Bot fehlen in { $channel } Berechtigungen: { $permissions }. Er hat nichts geändert. Gib sie ihm (Kanal bearbeiten > Berechtigungen) und nutze dann `/settings` noch einmal.
settings-test-refused = ⚠️ Discord hat die Testnachricht in { $channel } abgelehnt. Deshalb hat der Bot nichts geändert. Prüfe, was der Bot dort darf und ob AutoMod oder ein Timeout ihn aufhält.
settings-test-unconfirmed = ⚠️ Discord hat die Testnachricht in { $channel } nicht bestätigt. Deshalb hat der Bot nichts geändert. Versuch es in einer Minute noch einmal.

# What a change did.
settings-notices-set = ✅ Der Bot meldet Probleme ab jetzt in { $channel }. Er hat dort eine Testnachricht gesendet.
settings-notices-cleared = ✅ Der Bot meldet Probleme in keinem Kanal mehr. `/feed list` und `/status` zeigen sie weiterhin.
settings-language-set = ✅ Neue Beiträge erscheinen in dieser Sprache: { $language }. Vorhandene Nachrichten bleiben, wie sie sind.
settings-language-cleared = ✅ Neue Beiträge folgen wieder der Sprache des Servers. Vorhandene Nachrichten bleiben, wie sie sind.

# What is chosen now.
settings-notices = **Meldung von Problemen:** { $channel }
settings-notices-none = **Meldung von Problemen:** kein Kanal. Wähle einen mit der Option `notices`.
settings-language = **Sprache der Beiträge:** { $language }, mit `/settings` gewählt
settings-language-of-server = **Sprache der Beiträge:** { $language }, wegen der Sprache dieses Servers (Servereinstellungen)

# The test message in the channel.
notice-test = **Testnachricht.** Jemand aus der Moderation hat diesen Kanal gerade mit `/settings` gewählt. Der Bot meldet hier, wenn ein Feed dieses Servers pausiert ist, wenn ein Beitrag fehlschlägt, wenn zurückzuziehende Beiträge auf eine Entscheidung warten und wenn ein solches Problem vorbei ist: je einmal, mit höchstens 6 Nachrichten pro Stunde. Diese Nachricht selbst meldet kein Problem.
