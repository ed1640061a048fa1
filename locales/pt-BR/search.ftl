# /search. Options and buttons that /news has too are in news.ftl.

search-description = Encontra artigos pelas palavras, os que mais combinam primeiro
search-words-description = Palavras a buscar; "uma frase" e -palavra funcionam, e um erro de digitação não atrapalha

# A part of the line above the cards: "“rust names” · **AI** · 12 articles · page 1 of 3".
search-words = “{ $typed }”
search-some-words = Nenhum artigo tem todas estas palavras. Estes artigos têm pelo menos metade delas.

search-not-ready = A busca ainda não está pronta. Tente de novo em alguns segundos.
search-no-words = Não há nenhuma palavra para buscar. Digite pelo menos uma palavra sem sinal de menos.
search-gone = { $filter ->
    [topic] Nenhum artigo tem mais o assunto deste botão.
   *[source] Nenhum artigo tem mais a fonte deste botão.
} Use `/search` de novo.

# Buttons follow, at most 80 characters each. $count is the number of articles.
search-nearest = Em vez disso, você pode buscar:
search-anywhere = Sem as condições ({ $count })
search-word = { $word } ({ $count })
search-topic = Assunto { $name }
