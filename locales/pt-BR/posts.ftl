# The posts of feeds, in the language of the server.

# Above the cards of a digest.
digest = { $stories ->
    [one] **{ $stories } nova notícia**
   *[other] **{ $stories } novas notícias**
}
digest-with-rest = { $stories ->
    [one] **{ $stories } nova notícia**
   *[other] **{ $stories } novas notícias**
}, as mais quentes primeiro. { $rest ->
    [one] Mais { $rest } notícia fica para o próximo resumo.
   *[other] Mais { $rest } notícias ficam para o próximo resumo.
}

# The title of a forum post with several stories, and of a thread where the article is gone. At most 100 characters.
forum-post-title = { $stories ->
    [one] { $stories } nova notícia
   *[other] { $stories } novas notícias
}
thread-title = Discussão

test-post = **Teste** deste feed: assim ficam os posts dele. O teste não menciona ninguém e não conta como post.
# $title is the title of an article.
test-post-title = Teste: { $title }
