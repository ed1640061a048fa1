# /search. Options and buttons that /news has too are in news.ftl.

search-description = Trouve des articles par leurs mots, les plus pertinents d’abord
search-words-description = Les mots à chercher ; "une expression" et -mot marchent, les fautes de frappe sont tolérées

# A part of the line above the cards: "“rust names” · **AI** · 12 articles · page 1 of 3".
search-words = « { $typed } »
search-some-words = Aucun article n’a tous ces mots. Ces articles en ont au moins la moitié.

search-not-ready = La recherche n’est pas encore prête. Réessaie dans quelques secondes.
search-no-words = Il n’y a aucun mot à chercher. Tape au moins un mot sans signe moins.
search-gone = { $filter ->
    [topic] Plus aucun article n’a le thème de ce bouton.
   *[source] Plus aucun article n’a la source de ce bouton.
} Utilise `/search` à nouveau.

# Buttons follow, at most 80 characters each. $count is the number of articles.
search-nearest = Tu peux chercher ceci à la place :
search-anywhere = Sans les conditions ({ $count })
search-word = { $word } ({ $count })
search-topic = Thème { $name }
