# What several answers share.

# The last line of a list that is too long for one message.
list-cut = { $lines ->
    [one] (Mais { $lines } linha não cabe nesta mensagem.)
   *[other] (Mais { $lines } linhas não cabem nesta mensagem.)
}

pager-previous = Anterior
pager-next = Próxima
# An item of a line, as "hottest first · 83 articles · page 2 of 17".
pager-page = página { $page } de { $pages }
# A line of its own.
pager-page-line = Página { $page } de { $pages }

cards-not-allowed = O bot não tem a permissão “Inserir links” neste canal, por isso mostra só os títulos. Um moderador pode conceder a permissão.

# One person, or all members of a server together, used up a budget.
person-over-budget = Você usou o bot vezes demais em pouco tempo, por isso ele não fez nada desta vez. Tente de novo em { $seconds ->
    [one] { $seconds } segundo
   *[other] { $seconds } segundos
}.
server-over-budget = Os membros deste servidor usaram o bot vezes demais em pouco tempo, por isso ele não fez nada desta vez. Tente de novo em { $seconds ->
    [one] { $seconds } segundo
   *[other] { $seconds } segundos
}.
