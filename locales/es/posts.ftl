# The posts of feeds, in the language of the server.

# Above the cards of a digest.
digest = { $stories ->
    [one] **{ $stories } noticia nueva**
   *[other] **{ $stories } noticias nuevas**
}
digest-with-rest = { $stories ->
    [one] **{ $stories } noticia nueva**
   *[other] **{ $stories } noticias nuevas**
}, lo más candente primero. { $rest ->
    [one] { $rest } noticia más espera al próximo resumen.
   *[other] { $rest } noticias más esperan al próximo resumen.
}

# The title of a forum post with several stories, and of a thread where the article is gone. At most 100 characters.
forum-post-title = { $stories ->
    [one] { $stories } noticia nueva
   *[other] { $stories } noticias nuevas
}
thread-title = Conversación

test-post = **Prueba** de este feed: así se ven sus publicaciones. La prueba no menciona a nadie y no cuenta como publicación.
# $title is the title of an article.
test-post-title = Prueba: { $title }
