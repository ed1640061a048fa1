# Reports of troubles in the channel that moderators chose. $feed is the number of a feed, $channel shows its channel.

# $state is one of the feed-state- texts, with the remedy.
notice-feed = Flux **{ $feed }** dans { $channel } : { $state }
notice-withdrawals = ⚠️ Flux **{ $feed }** dans { $channel } : { $posts ->
    [one] { $posts } message devrait être retiré. Il attend
   *[other] { $posts } messages devraient être retirés. Autant à la fois attendent
} la décision d’un modérateur. Si des fichiers d’articles ont disparu par erreur, restaure-les d’abord.
# Lines with the problems follow.
notice-problems = ⚠️ { $count ->
    [one] { $count } nouveau problème de fichiers d’articles :
   *[other] { $count } nouveaux problèmes de fichiers d’articles :
}
notice-feed-recovered = ✅ Le flux **{ $feed }** dans { $channel } est à nouveau actif.
notice-problems-gone = ✅ { $count ->
    [one] { $count } problème de fichiers d’articles a disparu.
   *[other] { $count } problèmes de fichiers d’articles ont disparu.
}
# $name is the folder of a source.
notice-source-recovered = ✅ { $name } : le bot peut à nouveau récupérer cette source.
notice-source-list-recovered = ✅ **Liste des sources :** elle n’a plus de problème, et le bot l’utilise.
notice-rest = … et { $count } de plus, qui ne tiennent pas ici. `/feed list` et `/status` affichent ce qui reste à traiter.

# A button, at most 80 characters.
button-resume = Reprendre le flux { $feed }

# Why the bot cannot report, in `/settings` and `/status`.
notices-channel-gone = ⚠️ **Signalement des problèmes :** le bot ne peut plus rien signaler dans { $channel }, car ce salon n’existe pas sur ce serveur. Choisis un autre salon avec `/settings`.
notices-lacking = ⚠️ **Signalement des problèmes :** le bot ne peut rien signaler dans { $channel }, car il lui manque des permissions : { $permissions }. Accorde-les (Modifier le salon, Permissions), ou choisis un autre salon avec `/settings`.
notices-refused = ⚠️ **Signalement des problèmes :** Discord a refusé le dernier signalement du bot dans { $channel }. Vérifie si AutoMod, une exclusion temporaire ou une permission manquante bloque le bot, ou choisis un autre salon avec `/settings`.
