# What several answers share.

# The last line of a list that is too long for one message.
list-cut = { $lines ->
    [one] ({ $lines } línea más no cabe en este mensaje.)
   *[other] ({ $lines } líneas más no caben en este mensaje.)
}

pager-previous = Anterior
pager-next = Siguiente
# An item of a line, as "hottest first · 83 articles · page 2 of 17".
pager-page = página { $page } de { $pages }
# A line of its own.
pager-page-line = Página { $page } de { $pages }

cards-not-allowed = Al bot le falta el permiso «Insertar enlaces» en este canal, así que solo muestra títulos. Un moderador puede conceder el permiso.

# One person, or all members of a server together, used up a budget.
person-over-budget = Usaste el bot demasiadas veces en poco tiempo, así que esta vez no hizo nada. Inténtalo de nuevo en { $seconds ->
    [one] { $seconds } segundo
   *[other] { $seconds } segundos
}.
server-over-budget = Los miembros de este servidor usaron el bot demasiadas veces en poco tiempo, así que esta vez no hizo nada. Inténtalo de nuevo en { $seconds ->
    [one] { $seconds } segundo
   *[other] { $seconds } segundos
}.
