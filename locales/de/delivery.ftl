# Reasons: why a feed is paused, why a post is missing, what a feed waits for, and why the bot did not do what a
# moderator asked for. In all of them, $when is Discord's own text, as "in 3 minutes" or "3 minutes ago".

# How a feed is, in a list. $reason is one of the pause- texts.
feed-state-active = aktiv
feed-state-awaiting-articles = startet, sobald es Artikel gibt und der Bot alle gelesen hat
feed-state-paused-by-moderator = ⏸️ von der Moderation pausiert. `/feed resume` beendet die Pause.
feed-state-paused = ⚠️ **pausiert**: { $reason }
feed-state-paused-by-both = ⚠️ **pausiert** von der Moderation. Der Feed kann auch nicht posten: { $reason }
feed-state-foreign-channel = ⚠️ **pausiert**: Der Kanal gehört zu einem anderen Server. Deshalb postet dieser Feed nichts. Entferne ihn mit `/feed remove`.
feed-state-left = Der Bot hat diesen Server { $when } verlassen.

# Why a feed is paused.
pause-channel-deleted = Der Kanal wurde gelöscht. Entferne diesen Feed mit `/feed remove` und lege einen Feed für einen anderen Kanal an.
pause-role-deleted = Die Rolle, die dieser Feed erwähnt, wurde gelöscht. Wähle mit `/feed edit` eine andere Rolle und nutze dann `/feed resume`.
pause-settings-unreadable = Der Bot kann in seiner Datenbank nicht alle Einstellungen dieses Feeds lesen: { $settings }. Lege sie mit `/feed edit` neu fest und nutze dann `/feed resume`.
pause-row-unreadable = Der Bot kann nicht lesen, was seine Datenbank über einen Beitrag in diesem Kanal enthält (Zeile { $row }). Wer den Bot betreibt, kann die Datenbank reparieren. `/feed resume` macht ohne diesen Beitrag weiter.
pause-channel-unknown = Discord sagt, dass es den Kanal nicht gibt. Entferne diesen Feed mit `/feed remove` und lege einen Feed für einen anderen Kanal an.
pause-not-in-server = Der Bot ist nicht auf diesem Server. Lade ihn wieder ein und nutze dann `/feed resume`.
pause-channel-hidden = Der Bot kann den Kanal nicht sehen. Gib ihm dort die Berechtigung „{ $permission }“ und nutze dann `/feed resume`.
pause-permissions-missing = Dem Bot fehlen im Kanal Berechtigungen: { $permissions }. Gib sie ihm dort oder beende sein Timeout. Nutze dann `/feed resume`.
pause-posting-forbidden = Discord lässt den Bot in dem Kanal nicht posten. Gib ihm dort diese Berechtigungen: { $permissions }. Nutze dann `/feed resume`.
pause-changing-forbidden = Discord lässt den Bot in dem Kanal seine eigenen Nachrichten nicht ändern. Gib ihm dort diese Berechtigungen: { $permissions }. Beende auch sein Timeout, falls er eins hat. Nutze dann `/feed resume`.
pause-changing-forum-posts-forbidden = Discord lässt den Bot in den Beiträgen des Forums seine eigenen Nachrichten nicht ändern. Gib ihm im Forum diese Berechtigungen: { $permissions }. Beende auch sein Timeout, falls er eins hat. Nutze dann `/feed resume`.
pause-channel-type-changed = Der Kanal hat einen anderen Typ als beim Anlegen dieses Feeds. Entferne diesen Feed mit `/feed remove` und lege ihn neu an.
pause-no-tag-allowed = Dieses Forum verlangt für jeden Beitrag ein Tag, hat aber keins, das der Bot setzen darf. Füge ein Tag hinzu, das nicht nur Moderatoren setzen dürfen, oder schalte „Tags erforderlich“ aus. Nutze dann `/feed resume`.
pause-no-tag-matches = Dieses Forum verlangt für jeden Beitrag ein Tag, aber keins heißt wie ein Thema des Artikels. Füge Tags mit den Namen deiner Themen hinzu oder schalte „Tags erforderlich“ aus. Nutze dann `/feed resume`.
pause-thread-locked = Der Thread ist gesperrt, deshalb nimmt Discord dort keine Nachrichten an. Entsperre den Thread oder gib dem Bot in seinem Kanal die Berechtigung { $permission }. Nutze dann `/feed resume`.
pause-unknown = Eine andere Version des Bots hat diesen Feed pausiert. Diese Version kann den Grund nicht lesen. Versuch es mit `/feed resume` noch einmal.

# In a list: a setting with the start of what the database holds.
setting-channel-type = Kanaltyp „{ $value }“
setting-words = Wörter „{ $value }“
setting-without = ausgeschlossene Wörter „{ $value }“
setting-max-age = Höchstalter „{ $value }“
setting-posts-per-hour = Beiträge pro Stunde „{ $value }“
setting-quiet-hours = Ruhezeit „{ $value }“
setting-time-zone = Zeitzone „{ $value }“
setting-digest = Sammelbeiträge „{ $value }“
setting-backfill = Backfill „{ $value }“
setting-status = Status „{ $value }“
setting-time = Zeitpunkt „{ $value }“

# Why a post failed, was withdrawn, or may be missing. $refusal is refusal-with-words or refusal-without-words.
delivery-withdrawal-refused = Discord hat das Löschen oder Ändern der Nachricht abgelehnt. { $refusal }
delivery-correction-refused = Discord hat eine Korrektur der Nachricht abgelehnt. { $refusal }
delivery-file-hid = Laut der Datei war der Artikel nicht veröffentlicht, entfernt oder ein Entwurf.
delivery-file-gone = Die Datei des Artikels war weg.
delivery-message-deleted = Jemand hat die Nachricht in Discord gelöscht.
delivery-unconfirmed = Discord hat den Beitrag nicht bestätigt, und der Bot kann nicht nach ihm suchen. { $cause }
delivery-reason-unknown = Eine andere Version des Bots hat den Grund gespeichert. Diese Version kann ihn nicht lesen.

follow-up-threads-forbidden = Der Bot konnte am Beitrag keinen Thread öffnen. Gib ihm im Kanal die Berechtigung „{ $permission }“ für die nächsten Beiträge.
follow-up-crossposts-forbidden = Der Bot konnte den Beitrag nicht in den Kanälen veröffentlichen, die diesem folgen. Gib ihm im Kanal die Berechtigung „{ $permission }“ für die nächsten Beiträge.
follow-up-thread-deletion-forbidden = Der Bot konnte den Thread nicht löschen, nur seine eigene Nachricht darin. Gib ihm im Forum die Berechtigung „{ $permission }“ für die nächsten Beiträge.
follow-up-wrong-channel-type = Kanäle dieses Typs erlauben den Thread oder die Veröffentlichung nicht, die dieser Feed verlangt. Schalte das mit `/feed edit` aus.
follow-up-refused = Discord hat den Thread oder die Veröffentlichung des Beitrags abgelehnt. { $refusal }

search-history-hidden = Dem Bot fehlen im Kanal Berechtigungen: { $permissions }.
search-too-many-messages = Im Kanal gibt es zu viele neuere Nachrichten.
search-forum-post-deleted = Jemand hat die erste Nachricht eines Forumsbeitrags des Bots gelöscht. Es kann diese gewesen sein.

# $cause is one of the refusal- texts above, $said are Discord's own words.
refusal-with-words = { $cause } Antwort von Discord: { $said } ({ $details }).
refusal-without-words = { $cause } Die Antwort von Discord hat keinen Text ({ $details }).
refusal-details = Status { $status }, Code { $code }
refusal-details-fields = Status { $status }, Code { $code }, Felder { $fields }

refusal-message-gone = Die Nachricht ist weg.
refusal-explicit = Discord hält den Inhalt für anstößig und erlaubt ihn in diesem Kanal nicht.
refusal-automod-text = AutoMod blockiert auf diesem Server den Text. Die Moderation kann die AutoMod-Regeln in den Servereinstellungen ändern.
refusal-automod-title = AutoMod blockiert auf diesem Server den Titel. Die Moderation kann die AutoMod-Regeln in den Servereinstellungen ändern.
refusal-harmful-link = Discord hält einen Link für schädlich.
refusal-faulty-content = Discord akzeptiert einen Teil der Nachricht nicht. Korrigiere die Datei des Artikels.
refusal-impossible-message = Discord akzeptiert keine Nachricht in dieser Form oder Größe. Bitte melde diesen Fehler des Bots.
refusal-thread-archived = Der Thread ist archiviert, und der Bot darf ihn nicht wieder öffnen. Gib ihm im Forum die Berechtigung „{ $permission }“.
refusal-thread-locked = Der Thread ist gesperrt. Entsperre ihn oder gib dem Bot im Forum die Berechtigung „{ $permission }“.
refusal-other = Der Bot kennt diese Ablehnung nicht.

# What a feed waits for.
wait-quiet-hours = Der Feed wartet, bis seine Ruhezeit { $when } endet.
wait-full-hour = Der Feed hat so viel gepostet, wie sein Limit pro Stunde erlaubt. Er macht { $when } weiter.
wait-digest = Der nächste Sammelbeitrag kommt { $when }.
wait-no-answer = Discord hat nicht geantwortet. Der Bot versucht es { $when } noch einmal.
wait-outage = Discord hat eine Störung (Status { $status }). Der Bot versucht es { $when } noch einmal.
wait-blocked = Discord lehnt alle Anfragen des Bots ab. Der Bot versucht es { $when } noch einmal. Mehr steht im Log des Bots. Frag die Person, die den Bot betreibt.
wait-too-many-threads = Dieser Server hat so viele offene Threads, wie Discord erlaubt. Schließe oder archiviere ein paar Threads. Der Bot versucht es { $when } noch einmal.
wait-crosspost-limit = Discord lässt den Bot aus einem Kanal nur wenige Beiträge pro Stunde veröffentlichen. Der Bot macht { $when } weiter.
wait-edit-limit = Discord lässt den Bot immer nur wenige ältere Nachrichten auf einmal ändern. Der Bot macht { $when } weiter.
wait-limit = Discord bittet den Bot zu warten. Der Bot macht { $when } weiter.
# $cause is one of the five lines that follow.
wait-database = { $cause } Der Bot versucht es { $when } noch einmal. Wenn es so bleibt, sag der Person Bescheid, die den Bot betreibt.
database-busy = Ein anderes Programm blockiert die Datenbank des Bots.
database-unreachable = Der Bot erreicht seinen Datenbankserver nicht.
database-full = Der Datenträger mit der Datenbank des Bots ist voll.
database-read-only = Der Bot darf nicht in seine Datenbank schreiben.
database-damaged = Die Datenbank des Bots ist beschädigt.
database-unusable = Der Bot kann seine Datenbank nicht nutzen.

# A delivery that needs a moderator's decision, in a list.
feed-delivery = ⚠️ „{ $title }“ in { $channel }, { $feed }, { $when }: { $state }
feed-delivery-feed = Feed **{ $feed }**
feed-delivery-removed-feed = Feed **{ $feed }** (entfernt)
feed-delivery-failed = Der Beitrag ist fehlgeschlagen.
feed-delivery-not-withdrawn = Der Beitrag sollte zurückgezogen werden, aber die Nachricht ist noch da.
feed-delivery-unknown = Der Bot weiß nicht, ob der Beitrag im Kanal steht.

# Why the bot did not do what a moderator asked for.
desk-too-many-feeds = Dieser Server hat { $feeds } Feeds. Mehr sind nicht möglich. Entferne einen Feed mit `/feed remove`.
desk-no-such-feed = Diesen Feed gibt es nicht mehr. `/feed list` zeigt die aktuellen Feeds.
desk-foreign-channel = Der Kanal dieses Feeds gehört zu einem anderen Server. Deshalb postet der Bot dort nichts. Entferne den Feed mit `/feed remove`.
desk-no-such-delivery = Das ist schon erledigt. `/feed list` zeigt, was noch offen ist.
desk-database = Der Bot kann seine Datenbank gerade nicht nutzen. Versuch es in einer Minute noch einmal. Wenn es so bleibt, sag der Person Bescheid, die den Bot betreibt.
desk-stopping = Der Bot fährt gerade herunter. Versuch es in einer Minute noch einmal.
desk-busy = Der Bot ist beschäftigt und hat nicht innerhalb von { $seconds } Sekunden geantwortet. Vielleicht macht er es noch. `/feed list` zeigt den aktuellen Stand.

# $cause is one of the test- lines that follow, a pause- text, or a refusal.
test-not-posted = Der Bot hat den Test nicht gepostet. { $cause }
test-no-article = Kein sichtbarer Artikel hat einen Link. Füge einen Artikel mit Link hinzu und nutze dann `/reload`.
test-limited = Discord bittet den Bot zu warten. Versuch es in einer Minute noch einmal.
test-not-now = Discord konnte den Beitrag nicht annehmen. Versuch es in einer Minute noch einmal.
test-wrong-token = Discord lehnt den Token des Bots ab. Sag der Person Bescheid, die den Bot betreibt.
test-picture = Discord lehnt das Bild des Artikels ab.
test-no-place = Discord hat den Test angenommen, aber nicht gesagt, wo die Nachricht steht.
test-unconfirmed = Discord hat den Test nicht bestätigt. Schau im Kanal nach der Nachricht. Wenn sie nicht da ist, versuch es in einer Minute noch einmal.
test-deleted = Der Bot hat den Test gepostet, aber die Nachricht ist weg.

resend-feed-paused = Feed **{ $feed }** ist pausiert. Nutze `/feed resume` und versuch es dann noch einmal.
resend-no-article = Zu dieser Meldung gibt es gerade keinen sichtbaren Artikel: Die Datei fehlt, ist nicht lesbar oder nicht veröffentlicht. Korrigiere die Datei und versuch es noch einmal, oder hake den Beitrag ab.

# Permissions, as Discord's clients show them.
permission-view-channel = Kanal ansehen
permission-send-messages = Nachrichten senden
permission-embed-links = Links einbetten
permission-read-message-history = Nachrichtenverlauf anzeigen
permission-mention-everyone = Erwähne @everyone, @here und Alle Rollen
permission-create-public-threads = Öffentliche Threads erstellen
permission-send-messages-in-threads = Nachrichten in Threads senden
permission-manage-threads = Threads verwalten
permission-administrator = Administrator
permission-other = eine andere Berechtigung

# What a moderator should know about the channel of a feed.
advice-lacking = ⚠️ Dem Bot fehlen in { $channel } Berechtigungen: { $permissions }. Der Feed funktioniert erst, wenn du sie ihm gibst (Kanal bearbeiten > Berechtigungen).
advice-channel-gone = ⚠️ Discord sagt, dass es { $channel } nicht gibt. Deshalb kann der Feed dort nicht posten.
advice-unknown = ⚠️ Der Bot konnte Discord nicht fragen, was er in { $channel } darf. Probier es mit `/feed test` aus.
advice-mention = ⚠️ Nicht alle dürfen { $role } erwähnen, und dem Bot fehlt in { $channel } die Berechtigung „{ $permission }“. Beiträge zeigen die Rolle, benachrichtigen aber niemanden. Gib dem Bot diese Berechtigung oder erlaube allen, die Rolle zu erwähnen.
advice-thread-deletion = Ohne „{ $permission }“ in { $channel } kann der Bot nur die erste Nachricht eines Beitrags zurückziehen, nicht den Beitrag selbst. Diese Berechtigung ist optional.
advice-thread-locked = ⚠️ { $channel } ist gesperrt, und dem Bot fehlt dort { $permission }. Der Feed kann erst posten, wenn du den Thread entsperrst oder diese Berechtigung gibst.
advice-archived-posts = Ohne „{ $permission }“ in { $channel } kann der Bot keinen Beitrag korrigieren, den Discord archiviert hat. Diese Berechtigung ist optional.
advice-tags = ⚠️ { $channel } verlangt für jeden Beitrag ein Tag. Der Bot setzt die Tags, die wie ein Thema des Artikels heißen. Ein Artikel ohne so ein Tag kann dort nicht gepostet werden und pausiert den Feed.
advice-no-tag = ⚠️ { $channel } verlangt für jeden Beitrag ein Tag, hat aber kein Tag **{ $topic }**, das der Bot setzen darf. Füge dieses Tag hinzu oder schalte „Tags erforderlich“ aus.
