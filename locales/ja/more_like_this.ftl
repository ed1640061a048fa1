# "More like this", a command in the menu of a message.

# The name in the menu of a message: 1 to 32 characters.
more-like-this-name = 似た記事を見る

# Above the cards. $title is the title of the article.
more-like-this-heading = 「{ $title }」に似た記事:
# Below the heading. $count is the number of the first cards.
more-like-this-coverage = { $count ->
   *[other] 最初の{ $count }枚のカードは、同じニュースのほかの記事です。
}
# Below the heading, or below more-like-this-nothing-covers.
more-like-this-not-ready = 検索の準備がまだできていないため、似た記事を表示できません。数秒後にもう一度お試しください。

# Instead of cards. $title is the title of the article.
more-like-this-nothing = コレクションには「{ $title }」に似た記事がほかにありません。`/news`で注目度の高い記事を表示できます。
more-like-this-nothing-covers = コレクションには「{ $title }」と同じニュースの記事がほかにありません。
more-like-this-unknown = このメッセージには、コレクションの記事がありません。ボットのカード、またはコレクションの記事へのリンクがあるメッセージで、このコマンドを使ってください。`/search`は言葉から記事を探します。

# A closed menu, at most 150 characters. Its options are the other articles of the message.
menu-more-like-this = メッセージ内のほかの記事に似た記事を見る
