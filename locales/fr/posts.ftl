# The posts of feeds, in the language of the server.

# Above the cards of a digest.
digest = { $stories ->
    [one] **{ $stories } nouvelle actu**
   *[other] **{ $stories } nouvelles actus**
}
digest-with-rest = { $stories ->
    [one] **{ $stories } nouvelle actu**, la plus chaude
   *[other] **{ $stories } nouvelles actus**, les plus chaudes d’abord
}. { $rest ->
    [one] { $rest } autre actu attend le prochain récap.
   *[other] { $rest } autres actus attendent le prochain récap.
}

# The title of a forum post with several stories, and of a thread where the article is gone. At most 100 characters.
forum-post-title = { $stories ->
    [one] { $stories } nouvelle actu
   *[other] { $stories } nouvelles actus
}
thread-title = Discussion

test-post = **Test** de ce flux : voici à quoi ressemblent ses posts. Le test ne mentionne personne et ne compte pas comme un post.
# $title is the title of an article.
test-post-title = Test : { $title }
