# The posts of feeds, in the language of the server.

# Above the cards of a digest.
digest = { $stories ->
    [one] **{ $stories } new story**
   *[other] **{ $stories } new stories**
}
digest-with-rest = { $stories ->
    [one] **{ $stories } new story**
   *[other] **{ $stories } new stories**
}, hottest first. { $rest ->
    [one] { $rest } more story waits for the next digest.
   *[other] { $rest } more stories wait for the next digest.
}

# The title of a forum post with several stories, and of a thread where the article is gone. At most 100 characters.
forum-post-title = { $stories ->
    [one] { $stories } new story
   *[other] { $stories } new stories
}
thread-title = Discussion

test-post = **Test** of this feed: this is how its posts look. The test mentions nobody and does not count as posted.
# $title is the title of an article.
test-post-title = Test: { $title }
