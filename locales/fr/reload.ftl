# /reload, and what a load changed.

reload-description = Relit les fichiers d’articles et affiche ce qui a changé

reload-too-soon = Le bot vient de lire les fichiers pour ce serveur. Réessaie dans { $seconds ->
    [one] { $seconds } seconde
   *[other] { $seconds } secondes
}. `/status` affiche ce qui a changé.
reload-stopping = Le bot est en train de s’arrêter, donc il n’a pas lu les fichiers. Réessaie dans une minute.

# $changes is changes-none or changes-some.
reload-done = Le bot a lu les fichiers d’articles en { $milliseconds } ms. { $changes } { $articles ->
    [one] Il y a maintenant { $articles } article.
   *[other] Il y a maintenant { $articles } articles.
}

# $cause is English, as in the log.
reload-failed = ⚠️ Le bot n’a pas pu lire le dossier des articles : { $cause }. Il affiche toujours les articles qu’il avait lus avant ({ $articles ->
    [one] { $articles } article
   *[other] { $articles } articles
}). Demande à la personne qui gère le bot de restaurer le dossier.
reload-incomplete = ⚠️ Le bot n’a pas pu lire tous les fichiers. Pour les autres, il affiche toujours ce qu’il avait lu avant. La liste des problèmes indique la cause.
reload-last-good = Si un fichier était bon avant, le bot affiche toujours sa dernière bonne version. Corrige le fichier pour afficher la nouvelle version.

changes-none = Rien n’a changé.
# $changes is a list of the lines that follow.
changes-some = Changements : { $changes }.
changes-articles-added = { $count ->
    [one] { $count } article ajouté
   *[other] { $count } articles ajoutés
}
changes-articles-changed = { $count ->
    [one] { $count } article modifié
   *[other] { $count } articles modifiés
}
changes-articles-removed = { $count ->
    [one] { $count } article supprimé
   *[other] { $count } articles supprimés
}
changes-topic-files-added = { $count ->
    [one] { $count } fichier de thème ajouté
   *[other] { $count } fichiers de thèmes ajoutés
}
changes-topic-files-changed = { $count ->
    [one] { $count } fichier de thème modifié
   *[other] { $count } fichiers de thèmes modifiés
}
changes-topic-files-removed = { $count ->
    [one] { $count } fichier de thème supprimé
   *[other] { $count } fichiers de thèmes supprimés
}
changes-files-fixed = { $count ->
    [one] { $count } fichier corrigé
   *[other] { $count } fichiers corrigés
}
changes-problems-new = { $count ->
    [one] { $count } nouveau problème
   *[other] { $count } nouveaux problèmes
}
changes-problems-gone = { $count ->
    [one] { $count } problème résolu
   *[other] { $count } problèmes résolus
}

# $names is a list of names.
names-articles-added = • Articles ajoutés : { $names }
names-articles-changed = • Articles modifiés : { $names }
names-articles-removed = • Articles supprimés : { $names }
names-topic-files-added = • Fichiers de thèmes ajoutés : { $names }
names-topic-files-changed = • Fichiers de thèmes modifiés : { $names }
names-topic-files-removed = • Fichiers de thèmes supprimés : { $names }
names-files-fixed = • Fichiers corrigés : { $names }

# In a list of names: a changed file with the keys that changed, and how many names the list leaves out.
names-with-keys = { $name } ({ $keys })
names-left-out = { $count ->
    [one] { $count } autre
   *[other] { $count } autres
}
