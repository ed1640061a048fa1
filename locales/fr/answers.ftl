# What several answers share.

# The last line of a list that is too long for one message.
list-cut = { $lines ->
    [one] ({ $lines } ligne de plus ne tient pas dans ce message.)
   *[other] ({ $lines } lignes de plus ne tiennent pas dans ce message.)
}

pager-previous = Précédent
pager-next = Suivant
# An item of a line, as "hottest first · 83 articles · page 2 of 17".
pager-page = page { $page } sur { $pages }
# A line of its own.
pager-page-line = Page { $page } sur { $pages }

cards-not-allowed = Le bot n’a pas la permission « Intégrer des liens » dans ce salon, donc il n’affiche que les titres. Un modérateur peut accorder cette permission.

# One person, or all members of a server together, used up a budget.
person-over-budget = Tu as utilisé le bot trop souvent en peu de temps, donc il n’a rien fait cette fois. Réessaie dans { $seconds ->
    [one] { $seconds } seconde
   *[other] { $seconds } secondes
}.
server-over-budget = Les membres de ce serveur ont utilisé le bot trop souvent en peu de temps, donc il n’a rien fait cette fois. Réessaie dans { $seconds ->
    [one] { $seconds } seconde
   *[other] { $seconds } secondes
}.
