# Reasons: why a feed is paused, why a post is missing, what a feed waits for, and why the bot did not do what a
# moderator asked for. In all of them, $when is Discord's own text, as "in 3 minutes" or "3 minutes ago".

# How a feed is, in a list. $reason is one of the pause- texts.
feed-state-active = actif
feed-state-awaiting-articles = démarre quand il y a des articles et que le bot les a tous lus
feed-state-paused-by-moderator = ⏸️ mis en pause par un modérateur. `/feed resume` met fin à la pause.
feed-state-paused = ⚠️ **en pause** : { $reason }
feed-state-paused-by-both = ⚠️ **mis en pause** par un modérateur. De plus, il ne peut pas poster : { $reason }
feed-state-foreign-channel = ⚠️ **en pause** : Le salon appartient à un autre serveur, donc ce flux ne poste rien. Supprime ce flux avec `/feed remove`.
feed-state-left = Le bot a quitté ce serveur { $when }.

# Why a feed is paused.
pause-channel-deleted = Le salon a été supprimé. Supprime ce flux avec `/feed remove`, puis ajoute un flux pour un autre salon.
pause-role-deleted = Le rôle que ce flux mentionne a été supprimé. Choisis un autre rôle avec `/feed edit`, puis utilise `/feed resume`.
pause-settings-unreadable = Le bot ne peut pas lire tous les réglages de ce flux dans sa base de données : { $settings }. Définis-les avec `/feed edit`, puis utilise `/feed resume`.
pause-row-unreadable = Le bot ne peut pas lire ce que sa base de données contient sur une publication de ce salon (ligne { $row }). La personne qui exploite le bot peut réparer la base de données. `/feed resume` continue sans cette publication.
pause-channel-unknown = Discord indique que le salon n’existe pas. Supprime ce flux avec `/feed remove`, puis ajoute un flux pour un autre salon.
pause-not-in-server = Le bot n’est pas sur ce serveur. Invite-le à nouveau, puis utilise `/feed resume`.
pause-channel-hidden = Le bot ne peut pas voir le salon. Accorde-lui cette permission dans le salon : { $permission }. Utilise ensuite `/feed resume`.
pause-permissions-missing = Il manque des permissions au bot dans le salon : { $permissions }. Accorde-les au bot dans ce salon, ou mets fin à son exclusion temporaire. Utilise ensuite `/feed resume`.
pause-posting-forbidden = Discord ne laisse pas le bot poster dans le salon. Accorde-lui ces permissions dans le salon : { $permissions }. Utilise ensuite `/feed resume`.
pause-changing-forbidden = Discord ne laisse pas le bot modifier ses propres messages dans le salon. Accorde-lui ces permissions dans le salon : { $permissions }. Si le bot est exclu temporairement, mets fin à cette exclusion. Utilise ensuite `/feed resume`.
pause-changing-forum-posts-forbidden = Discord ne laisse pas le bot modifier ses propres messages dans les posts du forum. Accorde-lui ces permissions dans le forum : { $permissions }. Si le bot est exclu temporairement, mets fin à cette exclusion. Utilise ensuite `/feed resume`.
pause-channel-type-changed = Le salon a changé de type depuis la création de ce flux. Supprime ce flux avec `/feed remove`, puis ajoute-le à nouveau.
pause-no-tag-allowed = Ce forum exige un tag sur chaque post, et il n’a aucun tag que le bot peut utiliser. Ajoute un tag qui n’est pas réservé aux modérateurs, ou désactive « Exiger des tags ». Utilise ensuite `/feed resume`.
pause-no-tag-matches = Ce forum exige un tag sur chaque post, et aucun tag ne porte le nom d’un thème de l’article. Ajoute des tags avec les noms de tes thèmes, ou désactive « Exiger des tags ». Utilise ensuite `/feed resume`.
pause-thread-locked = Le fil est verrouillé, donc Discord n’y accepte pas de messages. Déverrouille le fil, ou accorde au bot cette permission dans son salon : { $permission }. Utilise ensuite `/feed resume`.
pause-unknown = Une autre version du bot a mis ce flux en pause, et cette version ne peut pas lire la raison. Utilise `/feed resume` pour réessayer.

# In a list: a setting with the start of what the database holds.
setting-channel-type = type de salon « { $value } »
setting-words = mots « { $value } »
setting-without = mots exclus « { $value } »
setting-max-age = âge maximal « { $value } »
setting-posts-per-hour = posts par heure « { $value } »
setting-quiet-hours = heures calmes « { $value } »
setting-time-zone = fuseau horaire « { $value } »
setting-digest = récap « { $value } »
setting-backfill = rattrapage « { $value } »
setting-status = état « { $value } »
setting-time = date « { $value } »

# Why a post failed, was withdrawn, or may be missing. $refusal is refusal-with-words or refusal-without-words.
delivery-withdrawal-refused = Discord a refusé de supprimer ou de modifier le message. { $refusal }
delivery-correction-refused = Discord a refusé une correction du message. { $refusal }
delivery-file-hid = Selon son fichier, l’article était non publié, supprimé ou en brouillon.
delivery-file-gone = Son fichier n’existait plus.
delivery-message-deleted = Quelqu’un a supprimé le message dans Discord.
delivery-unconfirmed = Discord n’a pas confirmé le post, et le bot ne peut pas le rechercher. { $cause }
delivery-reason-unknown = Une autre version du bot a enregistré la raison, et cette version ne peut pas la lire.

follow-up-threads-forbidden = Le bot n’a pas pu ouvrir de fil sous le post. Pour les prochains posts, accorde-lui cette permission dans le salon : { $permission }.
follow-up-crossposts-forbidden = Le bot n’a pas pu publier le post dans les salons qui suivent celui-ci. Pour les prochains posts, accorde-lui cette permission dans le salon : { $permission }.
follow-up-thread-deletion-forbidden = Le bot n’a pas pu supprimer le fil, seulement son propre message dans le fil. Pour les prochains posts, accorde-lui cette permission dans le forum : { $permission }.
follow-up-wrong-channel-type = Un salon de ce type n’accepte pas le fil ou la publication que ce flux demande. Désactive-les avec `/feed edit`.
follow-up-refused = Discord a refusé le fil ou la publication du post. { $refusal }

search-history-hidden = Il manque des permissions au bot dans le salon : { $permissions }.
search-too-many-messages = Le salon a trop de messages plus récents.
search-forum-post-deleted = Quelqu’un a supprimé le premier message d’un post du bot dans le forum, et c’était peut-être celui-ci.

# $cause is one of the refusal- texts above, $said are Discord's own words.
refusal-with-words = { $cause } Réponse de Discord : { $said } ({ $details }).
refusal-without-words = { $cause } La réponse de Discord ne contient pas de texte ({ $details }).
refusal-details = statut { $status }, code { $code }
refusal-details-fields = statut { $status }, code { $code }, champs { $fields }

refusal-message-gone = Le message n’existe plus.
refusal-explicit = Discord juge le contenu explicite et ne l’autorise pas dans ce salon.
refusal-automod-text = L’AutoMod de ce serveur bloque le texte. Un modérateur peut modifier les règles d’AutoMod dans les paramètres du serveur.
refusal-automod-title = L’AutoMod de ce serveur bloque le titre. Un modérateur peut modifier les règles d’AutoMod dans les paramètres du serveur.
refusal-harmful-link = Discord juge un lien dangereux.
refusal-faulty-content = Discord n’accepte pas une partie du message. Corrige le fichier de l’article.
refusal-impossible-message = Discord n’accepte pas un message de cette forme ou de cette taille. Merci de signaler ce bug du bot.
refusal-thread-archived = Le fil est archivé, et le bot n’a pas le droit de le rouvrir. Accorde-lui cette permission dans le forum : { $permission }.
refusal-thread-locked = Le fil est verrouillé. Déverrouille-le, ou accorde au bot cette permission dans le forum : { $permission }.
refusal-other = Le bot ne connaît pas ce refus.

# What a feed waits for.
wait-quiet-hours = Le flux attend la fin de ses heures calmes, { $when }.
wait-full-hour = Le flux a atteint sa limite de posts par heure. Il reprend { $when }.
wait-digest = Le prochain récap arrive { $when }.
wait-no-answer = Discord n’a pas répondu. Le bot réessaie { $when }.
wait-outage = Discord est en panne (statut { $status }). Le bot réessaie { $when }.
wait-blocked = Discord refuse toutes les requêtes du bot. Le bot réessaie { $when }. Le journal du bot en dit plus : demande à la personne qui gère le bot.
wait-too-many-threads = Ce serveur a autant de fils ouverts que Discord le permet. Ferme ou archive des fils. Le bot réessaie { $when }.
wait-crosspost-limit = Discord laisse le bot publier seulement quelques posts par heure depuis un même salon. Le bot reprend { $when }.
wait-edit-limit = Discord laisse le bot modifier seulement quelques anciens messages à la fois. Le bot reprend { $when }.
wait-limit = Discord demande au bot d’attendre. Le bot reprend { $when }.
# $cause is one of the five lines that follow.
wait-database = { $cause } Le bot réessaie { $when }. Si cela dure, préviens la personne qui gère le bot.
database-busy = Un autre programme bloque la base de données du bot.
database-unreachable = Le bot ne peut pas joindre son serveur de base de données.
database-full = Le disque où se trouve la base de données du bot est plein.
database-read-only = Le bot ne peut pas écrire dans sa base de données.
database-damaged = La base de données du bot est endommagée.
database-unusable = Le bot ne peut pas utiliser sa base de données.

# A delivery that needs a moderator's decision, in a list.
feed-delivery = ⚠️ « { $title } » dans { $channel }, { $feed }, { $when } : { $state }
feed-delivery-feed = flux **{ $feed }**
feed-delivery-removed-feed = flux **{ $feed }** (supprimé)
feed-delivery-failed = Le post a échoué.
feed-delivery-not-withdrawn = Le post devrait être retiré, mais le message est toujours là.
feed-delivery-unknown = Le bot ne sait pas si le post est dans le salon.

# Why the bot did not do what a moderator asked for.
desk-too-many-feeds = Ce serveur a { $feeds } flux et ne peut pas en avoir plus. Supprime un flux avec `/feed remove`.
desk-no-such-feed = Ce flux n’existe plus. `/feed list` affiche les flux actuels.
desk-foreign-channel = Le salon de ce flux appartient à un autre serveur, donc le bot n’y poste rien. Supprime le flux avec `/feed remove`.
desk-no-such-delivery = C’est déjà réglé. `/feed list` affiche ce qui reste à régler.
desk-database = Le bot ne peut pas utiliser sa base de données en ce moment. Réessaie dans une minute. Si cela dure, préviens la personne qui gère le bot.
desk-stopping = Le bot est en train de s’arrêter. Réessaie dans une minute.
desk-busy = Le bot est occupé et n’a pas répondu en { $seconds } secondes. Il le fera peut-être quand même. `/feed list` affiche l’état actuel.

# $cause is one of the test- lines that follow, a pause- text, or a refusal.
test-not-posted = Le bot n’a pas posté le test. { $cause }
test-no-article = Aucun article visible n’a de lien. Ajoute un article avec un lien, puis utilise `/reload`.
test-limited = Discord demande au bot d’attendre. Réessaie dans une minute.
test-not-now = Discord n’a pas pu recevoir le post. Réessaie dans une minute.
test-wrong-token = Discord refuse le token du bot. Préviens la personne qui gère le bot.
test-picture = Discord refuse l’image de l’article.
test-no-place = Discord a reçu le test, mais n’a pas dit où se trouve le message.
test-unconfirmed = Discord n’a pas confirmé le test. Cherche le message dans le salon. S’il n’y est pas, réessaie dans une minute.
test-deleted = Le bot a posté le test, mais le message n’existe plus.

resend-feed-paused = Le flux **{ $feed }** est en pause. Utilise `/feed resume`, puis réessaie.
resend-no-article = Aucun article visible ne parle de cette actu en ce moment : le fichier a disparu, est illisible ou n’est pas publié. Corrige le fichier et réessaie, ou ignore le post.

# Permissions, as Discord's clients show them.
permission-view-channel = Voir le salon
permission-send-messages = Envoyer des messages
permission-embed-links = Intégrer des liens
permission-read-message-history = Voir les anciens messages
permission-mention-everyone = Mentionner @everyone, @here et tous les rôles
permission-create-public-threads = Créer des fils publics
permission-send-messages-in-threads = Envoyer des messages dans les fils
permission-manage-threads = Gérer les fils
permission-administrator = Administrateur
permission-other = une autre permission

# What a moderator should know about the channel of a feed.
advice-lacking = ⚠️ Il manque des permissions au bot dans { $channel } : { $permissions }. Le flux ne peut pas fonctionner tant que tu ne les accordes pas (Modifier le salon, Permissions).
advice-channel-gone = ⚠️ Discord indique que { $channel } n’existe pas, donc le flux ne peut pas y poster.
advice-unknown = ⚠️ Le bot n’a pas pu demander à Discord ce qu’il a le droit de faire dans { $channel }. Essaie avec `/feed test`.
advice-mention = ⚠️ Tout le monde ne peut pas mentionner { $role }, et il manque au bot cette permission dans { $channel } : { $permission }. Les posts affichent le rôle sans notifier personne. Accorde cette permission au bot, ou autorise tout le monde à mentionner ce rôle.
advice-thread-deletion = Sans la permission { $permission } dans { $channel }, le bot peut retirer seulement le premier message d’un post, pas le post lui-même. Cette permission est facultative.
advice-thread-locked = ⚠️ { $channel } est verrouillé, et le bot n’y a pas cette permission : { $permission }. Le flux ne peut rien poster tant que tu ne déverrouilles pas le fil ou n’accordes pas cette permission.
advice-archived-posts = Sans la permission { $permission } dans { $channel }, le bot ne peut pas corriger un post que Discord a archivé. Cette permission est facultative.
advice-tags = ⚠️ { $channel } exige un tag sur chaque post. Le bot met les tags qui portent le nom d’un thème de l’article. Un article sans tag correspondant ne peut pas y être posté et met le flux en pause.
advice-no-tag = ⚠️ { $channel } exige un tag sur chaque post et n’a pas de tag **{ $topic }** que le bot peut utiliser. Ajoute ce tag, ou désactive « Exiger des tags ».
