# /status: how the bot is.

status-description = Affiche les articles, les flux, les problèmes, le dernier rechargement et l’état du bot

status-articles = **Articles :** { $articles }. Les membres peuvent en voir { $visible } en ce moment. **Thèmes :** { $topics }.

# $troubles is a list of the three lines that follow.
status-troubles = ⚠️ **Flux :** { $troubles }. `/feed list` affiche les raisons et ce que tu peux faire.
status-trouble-paused = { $feeds ->
    [one] { $feeds } flux est en pause
   *[other] { $feeds } flux sont en pause
}
status-trouble-failed = { $posts ->
    [one] { $posts } post a échoué
   *[other] { $posts } posts ont échoué
}
status-trouble-unknown = { $posts ->
    [one] { $posts } post n’est peut-être pas dans son salon
   *[other] { $posts } posts ne sont peut-être pas dans leurs salons
}
status-feeds = **Flux :** { $feeds } ({ $paused } en pause). **Posts :** { $due } à poster, { $failed } en échec, { $unknown ->
    [one] { $unknown } incertain
   *[other] { $unknown } incertains
}.
status-feeds-without-database = **Flux :** aucun, car le bot fonctionne sans base de données.
status-feeds-database = ⚠️ **Flux :** le bot ne peut pas lire sa base de données en ce moment. Réessaie dans une minute. Si cela dure, préviens la personne qui gère le bot.
status-feeds-stopping = ⚠️ **Flux :** le bot est en train de s’arrêter. Réessaie dans une minute.
status-feeds-busy = ⚠️ **Flux :** le bot est occupé et n’a pas pu dire comment vont les flux. Réessaie dans une minute.

# $fault is English, as in the log.
status-sources-faults = ⚠️ **Liste des sources :** { $faults ->
    [one] elle a { $faults } problème
   *[other] elle a { $faults } problèmes
}, donc le bot utilise la dernière bonne liste. Premier problème : { $fault }
status-sources = **Sources :** { $sources }. Échecs à la dernière récupération : { $failed }.
status-sources-more = … et { $count ->
    [one] { $count } autre source.
   *[other] { $count } autres sources.
}
# In the lines of sources: $name is the folder of the source, $when is Discord's own text, $reason is English, as in the log.
status-source-new = { $name } : pas encore récupérée.
status-source-good = { $name } : { $files ->
    [one] { $files } article
   *[other] { $files } articles
}. Dernière récupération : { $when }.
status-source-moved = { $name } : { $files ->
    [one] { $files } article
   *[other] { $files } articles
}. Dernière récupération : { $when }. Le flux de la source a une nouvelle adresse : { $address }. Inscris-la dans la liste des sources.
status-source-failed = ⚠️ { $name } : { $failures ->
    [one] la dernière récupération a échoué
   *[other] les { $failures } dernières récupérations ont échoué
}. Raison : { $reason }. Dernier succès : { $when }.
status-source-never = ⚠️ { $name } : { $failures ->
    [one] la première récupération a échoué
   *[other] les { $failures } récupérations ont toutes échoué
}. Raison : { $reason }.
status-source-over = ⚠️ { $name } : le bot ne récupère plus cette source. Raison : { $reason }.

# $when is Discord's own text, as "3 minutes ago" or "in 3 minutes"; $changes is changes-none or changes-some.
status-last-reload = **Dernier rechargement** ({ $when }, { $milliseconds } ms) : { $changes }
# $outcome is reload-failed.
status-last-reload-failed = **Dernier rechargement** ({ $when }) : { $outcome }
status-last-change = **Dernier changement** ({ $when }) : { $changes }

status-clock = ⚠️ **Horloge :** L’horloge de la machine du bot a { $seconds } secondes { $direction ->
    [ahead] d’avance
   *[behind] de retard
} sur celle de Discord. Les heures calmes, les récaps et l’âge des articles suivent la mauvaise heure. Demande à la personne qui gère le bot de régler l’horloge.
status-latency = **Latence de la passerelle :** { $milliseconds } ms.
status-latency-unknown = **Latence de la passerelle :** pas encore mesurée.
status-version = **heatwire** { $version }, démarré { $when }.

# $processes is a list of status-process.
status-processes = **Processus :** { $processes }
status-process = shards { $shards } avec { $articles } { $articles ->
    [one] article
   *[other] articles
}{ $delivers ->
    [yes] , qui distribue
   *[no] {""}
}
status-collections-differ = ⚠️ **Processus :** Les processus n’ont pas tous chargé les mêmes articles. D’ici là, un fichier manquant ne retire aucun message. Si cela dure, vérifie que tous utilisent le même dossier d’articles.
