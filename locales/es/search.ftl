# /search. Options and buttons that /news has too are in news.ftl.

search-description = Busca artículos por sus palabras, los que mejor coinciden primero
search-words-description = Palabras que buscar; "una frase" y -palabra funcionan, y se perdona un error al escribir

# A part of the line above the cards: "“rust names” · **AI** · 12 articles · page 1 of 3".
search-words = «{ $typed }»
search-some-words = Ningún artículo tiene todas estas palabras. Estos artículos tienen al menos la mitad.

search-not-ready = La búsqueda aún no está lista. Inténtalo de nuevo en unos segundos.
search-no-words = No hay ninguna palabra que buscar. Escribe al menos una palabra sin el signo menos.
search-gone = { $filter ->
    [topic] Ya ningún artículo tiene el tema de este botón.
   *[source] Ya ningún artículo tiene la fuente de este botón.
} Vuelve a usar `/search`.

# Buttons follow, at most 80 characters each. $count is the number of articles.
search-nearest = Puedes buscar esto en su lugar:
search-anywhere = Sin las condiciones ({ $count })
search-word = { $word } ({ $count })
search-topic = Tema { $name }
