# The posts of feeds, in the language of the server.

# Above the cards of a digest.
digest = { $stories ->
    [one] **{ $stories } neue Meldung**
   *[other] **{ $stories } neue Meldungen**
}
digest-with-rest = { $stories ->
    [one] **{ $stories } neue Meldung**
   *[other] **{ $stories } neue Meldungen**
}, heißeste zuerst. { $rest ->
    [one] { $rest } weitere Meldung wartet auf den nächsten Sammelbeitrag.
   *[other] { $rest } weitere Meldungen warten auf den nächsten Sammelbeitrag.
}

# The title of a forum post with several stories, and of a thread where the article is gone. At most 100 characters.
forum-post-title = { $stories ->
    [one] { $stories } neue Meldung
   *[other] { $stories } neue Meldungen
}
thread-title = Diskussion

test-post = **Test** dieses Feeds: So sehen seine Beiträge aus. Der Test erwähnt niemanden und zählt nicht als gepostet.
# $title is the title of an article.
test-post-title = Test: { $title }
