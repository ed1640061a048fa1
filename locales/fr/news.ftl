# /news and /topics.

news-description = Affiche des articles, les plus chauds d’abord
news-topic-description = De quoi parlent les articles, par exemple AI ; le bot trouve aussi des noms proches
news-type-description = Quel genre d’articles, par exemple article ou video
news-source-description = Qui a publié les articles
news-since-description = Jusqu’où remonter dans le temps
news-sort-description = Quels articles viennent en premier
# A choice of an option. $value is the same in all languages, $meaning is one of the lines that follow.
news-choice = { $value } ({ $meaning })

since-today = 24 dernières heures
since-week = 7 derniers jours
since-month = 30 derniers jours
since-year = 365 derniers jours
sort-heat = les plus chauds d’abord
sort-trending = les tendances d’abord
sort-newest = les plus récents d’abord
sort-quality = les meilleurs d’abord

# Above the cards: "**AI** · type **video** · the last 7 days · hottest first · 83 articles · page 2 of 17".
news-type = type { $name }
news-source = source { $name }
count-articles = { $count ->
    [one] { $count } article
   *[other] { $count } articles
}

# $name is what the bot shows for $typed.
news-similar = { $filter ->
    [topic] Il n’y a pas de thème « { $typed } ». Le thème le plus proche est { $name }.
    [type] Il n’y a pas de type « { $typed } ». Le type le plus proche est { $name }.
   *[source] Il n’y a pas de source « { $typed } ». La source la plus proche est { $name }.
}
news-alias = « { $typed } » est un autre nom de { $name }.
news-prefix = « { $typed } » fait partie d’un nom de { $name }.

news-last-page = La liste est plus courte maintenant. Voici sa dernière page.

news-empty = La collection n’a pas encore d’articles à afficher.
# $conditions as above: "**AI** · the last 7 days".
news-nothing = Rien trouvé : { $conditions }.
news-see-topics = `/topics` affiche tous les thèmes.
news-wider = Avec moins de conditions, il y a des articles :
# Buttons, at most 80 characters. $count is the number of articles.
news-any-time = Toutes les dates ({ $count })
news-any = { $filter ->
    [topic] Tous les thèmes ({ $count })
    [type] Tous les types ({ $count })
   *[source] Toutes les sources ({ $count })
}
news-all-of = Tout pour { $name } ({ $count })

news-gone = { $filter ->
    [topic] Plus aucun article n’a le thème de ce bouton.
    [type] Plus aucun article n’a le type de ce bouton.
   *[source] Plus aucun article n’a la source de ce bouton.
} Utilise `/news` à nouveau.
# Buttons with the names follow.
news-unknown = { $filter ->
    [topic] Il n’y a pas de thème « { $typed } ». Thèmes proches :
    [type] Il n’y a pas de type « { $typed } ». Types proches :
   *[source] Il n’y a pas de source « { $typed } ». Sources proches :
}
news-no-names = { $filter ->
    [topic] Il n’y a pas de thème « { $typed } », car aucun article n’a de thème.
    [type] Il n’y a pas de type « { $typed } », car aucun article n’a de type.
   *[source] Il n’y a pas de source « { $typed } », car aucun article n’a de source.
}

topics-description = Affiche tous les thèmes, chacun avec son article le plus chaud
topics-none = Aucun article n’a encore de thème.
topics = Thèmes
count-topics = { $count ->
    [one] { $count } thème
   *[other] { $count } thèmes
}
# A closed menu, at most 150 characters.
menu-topics = Afficher les articles d’un thème
