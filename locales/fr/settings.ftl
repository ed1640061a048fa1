# /settings: what the moderators of a server chose.

# The command as Discord lists it. Each text has at most 100 characters.
settings-description = Où le bot signale les problèmes, et la langue de ses posts
settings-option-notices = Un salon où le bot signale une fois chaque flux en pause et chaque post échoué
settings-option-language = La langue des posts du bot sur ce serveur
settings-option-clear = Un réglage à retirer
settings-clear-notices = le salon des signalements
settings-clear-language = la langue ; les posts suivent à nouveau celle du serveur
# The names are the same in all languages, as in the settings of Discord.
language-english = English
language-german = Deutsch
language-french = Français
language-spanish = Español
language-brazilian-portuguese = Português do Brasil
language-japanese = 日本語

settings-without-database = Le bot fonctionne sans base de données, donc il ne garde aucun réglage. La personne qui gère le bot peut définir `DATABASE_URL`.
settings-contradiction = Tu as donné et retiré le même réglage, donc le bot n’a rien changé. Enlève l’une des deux options.
settings-wrong-channel = { $channel } n’est ni un salon textuel ni un salon d’annonces, donc le bot n’a rien changé. Choisis l’un d’eux.
settings-lacking = ⚠️ Il manque des permissions au bot dans { $channel } : { $permissions }. Il n’a rien changé. Accorde-les (Modifier le salon, Permissions), puis utilise à nouveau `/settings`.
settings-test-refused = ⚠️ Discord a refusé le message de test dans { $channel }, donc le bot n’a rien changé. Vérifie ce que le bot a le droit d’y faire, et si AutoMod ou une exclusion temporaire le bloque.
settings-test-unconfirmed = ⚠️ Discord n’a pas confirmé le message de test dans { $channel }, donc le bot n’a rien changé. Réessaie dans une minute.

# What a change did.
settings-notices-set = ✅ Le bot signale désormais les problèmes dans { $channel }. Il y a envoyé un message de test.
settings-notices-cleared = ✅ Le bot ne signale plus les problèmes dans aucun salon. `/feed list` et `/status` les affichent toujours.
settings-language-set = ✅ Les nouveaux posts sont dans cette langue : { $language }. Les messages déjà présents restent tels quels.
settings-language-cleared = ✅ Les nouveaux posts suivent à nouveau la langue du serveur. Les messages déjà présents restent tels quels.

# What is chosen now.
settings-notices = **Signalement des problèmes :** { $channel }
settings-notices-none = **Signalement des problèmes :** aucun salon. Choisis-en un avec l’option `notices`.
settings-language = **Langue des posts :** { $language }, choisie avec `/settings`
settings-language-of-server = **Langue des posts :** { $language }, d’après la langue de ce serveur (Paramètres du serveur)

# The test message in the channel.
notice-test = **Message de test.** Un modérateur vient de choisir ce salon avec `/settings`. Le bot signale ici quand un flux de ce serveur est en pause, quand un post échoue, quand des retraits attendent une décision, et quand un tel problème est terminé : une fois chacun, en 6 messages par heure au plus. Ce message lui-même ne signale aucun problème.
