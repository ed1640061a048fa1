# The posts of feeds, in the language of the server.

# Above the cards of a digest.
digest = **新着ニュース{ $stories }件**
digest-with-rest = **新着ニュース{ $stories }件**（注目度の高い順）。残り{ $rest }件は次のダイジェストで投稿します。

# The title of a forum post with several stories, and of a thread where the article is gone. At most 100 characters.
forum-post-title = 新着ニュース{ $stories }件
thread-title = ディスカッション

test-post = このフィードの**テスト**です。投稿はこのように表示されます。テストは誰にもメンションせず、投稿済みには数えません。
# $title is the title of an article.
test-post-title = テスト: { $title }
