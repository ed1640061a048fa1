# Who may use what is for moderators.

moderators-no-server = Das können nur Moderatoren eines Servers nutzen. In Direktnachrichten geht es nicht.
moderators-only = Das können nur Moderatoren nutzen. Du brauchst die Berechtigung „Server verwalten“. Ein Administrator kann dir diesen Befehl auch unter Servereinstellungen > Integrationen erlauben.
moderators-unknown = Der Bot konnte Discord nicht fragen, wer diesen Befehl hier nutzen darf. Deshalb geht er gerade nur für Mitglieder mit „Server verwalten“. Versuch es in einer Minute noch einmal.
moderators-busy = Der Bot ist mit anderen Befehlen beschäftigt. Versuch es in einer Minute noch einmal.

# /reload and problems of files, where OPERATOR_GUILD_IDS leaves the server out.
operators-only = Die Artikeldateien gehören der Person, die den Bot betreibt. Nur Moderatoren ihrer Server können sie neu einlesen und ihre Probleme sehen. Wenn ein Artikel fehlt oder falsch ist, sag der Person Bescheid, die den Bot betreibt.

server-without-bot = Der Bot ist nicht auf diesem Server. Deshalb hat er hier keine Moderatoren. Jemand mit der Berechtigung „Server verwalten“ muss ihn erst zum Server hinzufügen.
server-unknown = Der Bot konnte Discord nicht fragen, ob er auf diesem Server ist. Versuch es in einer Minute noch einmal.

command-from-another-version = Dieser Befehl stammt aus einer anderen Version des Bots. Lade Discord neu, um die aktuellen Befehle zu sehen.
