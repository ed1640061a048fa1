# /news and /topics.

news-description = Mostra artigos, os mais quentes primeiro
news-topic-description = Sobre o que são os artigos, por exemplo AI; o bot também acha nomes parecidos
news-type-description = Que tipo de artigos, por exemplo article ou video
news-source-description = Quem publicou os artigos
news-since-description = Desde quando
news-sort-description = Quais artigos vêm primeiro
# A choice of an option. $value is the same in all languages, $meaning is one of the lines that follow.
news-choice = { $value } ({ $meaning })

since-today = últimas 24 horas
since-week = últimos 7 dias
since-month = últimos 30 dias
since-year = últimos 365 dias
sort-heat = mais quentes primeiro
sort-trending = em alta primeiro
sort-newest = mais novos primeiro
sort-quality = melhores primeiro

# Above the cards: "**AI** · type **video** · the last 7 days · hottest first · 83 articles · page 2 of 17".
news-type = tipo { $name }
news-source = fonte { $name }
count-articles = { $count ->
    [one] { $count } artigo
   *[other] { $count } artigos
}

# $name is what the bot shows for $typed.
news-similar = { $filter ->
    [topic] Não existe o assunto “{ $typed }”. O assunto mais parecido é { $name }.
    [type] Não existe o tipo “{ $typed }”. O tipo mais parecido é { $name }.
   *[source] Não existe a fonte “{ $typed }”. A fonte mais parecida é { $name }.
}
news-alias = “{ $typed }” é outro nome para { $name }.
news-prefix = “{ $typed }” é parte de um nome de { $name }.

news-last-page = A lista ficou mais curta. Esta é a última página.

news-empty = O acervo ainda não tem artigos para mostrar.
# $conditions as above: "**AI** · the last 7 days".
news-nothing = Nada encontrado: { $conditions }.
news-see-topics = `/topics` mostra todos os assuntos.
news-wider = Com menos condições, há artigos:
# Buttons, at most 80 characters. $count is the number of articles.
news-any-time = Qualquer data ({ $count })
news-any = { $filter ->
    [topic] Qualquer assunto ({ $count })
    [type] Qualquer tipo ({ $count })
   *[source] Qualquer fonte ({ $count })
}
news-all-of = Tudo de { $name } ({ $count })

news-gone = { $filter ->
    [topic] Nenhum artigo tem mais o assunto deste botão.
    [type] Nenhum artigo tem mais o tipo deste botão.
   *[source] Nenhum artigo tem mais a fonte deste botão.
} Use `/news` de novo.
# Buttons with the names follow.
news-unknown = { $filter ->
    [topic] Não existe o assunto “{ $typed }”. Assuntos parecidos:
    [type] Não existe o tipo “{ $typed }”. Tipos parecidos:
   *[source] Não existe a fonte “{ $typed }”. Fontes parecidas:
}
news-no-names = { $filter ->
    [topic] Não existe o assunto “{ $typed }”, porque nenhum artigo tem assunto.
    [type] Não existe o tipo “{ $typed }”, porque nenhum artigo tem tipo.
   *[source] Não existe a fonte “{ $typed }”, porque nenhum artigo tem fonte.
}

topics-description = Mostra todos os assuntos, cada um com seu artigo mais quente
topics-none = Nenhum artigo tem assunto ainda.
topics = Assuntos
count-topics = { $count ->
    [one] { $count } assunto
   *[other] { $count } assuntos
}
# A closed menu, at most 150 characters.
menu-topics = Veja os artigos de um assunto
