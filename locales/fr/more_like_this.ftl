# "More like this", a command in the menu of a message.

# The name in the menu of a message: 1 to 32 characters.
more-like-this-name = Articles similaires

# Above the cards. $title is the title of the article.
more-like-this-heading = Articles similaires à « { $title } » :
# Below the heading. $count is the number of the first cards.
more-like-this-coverage = { $count ->
    [one] La première carte est une autre source sur la même actu.
   *[other] Les { $count } premières cartes sont d’autres sources sur la même actu.
}
# Below the heading, or below more-like-this-nothing-covers.
more-like-this-not-ready = La recherche n’est pas encore prête, donc il manque les articles similaires. Réessaie dans quelques secondes.

# Instead of cards. $title is the title of the article.
more-like-this-nothing = La collection n’a rien d’autre de semblable à « { $title } ». `/news` affiche les articles les plus chauds.
more-like-this-nothing-covers = La collection n’a aucune autre source sur « { $title } ».
more-like-this-unknown = Ce message ne contient aucun article de la collection. Utilise cette commande sur une carte du bot, ou sur un message avec un lien vers un article de la collection. `/search` trouve les articles par leurs mots.

# A closed menu, at most 150 characters. Its options are the other articles of the message.
menu-more-like-this = Articles similaires à un autre article du message
