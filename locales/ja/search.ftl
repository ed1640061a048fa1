# /search. Options and buttons that /news has too are in news.ftl.

search-description = 記事を語句で検索し、一致度の高い順に表示します
search-words-description = 探す語句。"フレーズ"や-除外語も使えます。打ち間違いがあっても見つかります

# A part of the line above the cards: "“rust names” · **AI** · 12 articles · page 1 of 3".
search-words = 「{ $typed }」
search-some-words = すべての語を含む記事はありません。次の記事は、半分以上の語を含みます。

search-not-ready = 検索の準備がまだできていません。数秒後にもう一度試してください。
search-no-words = 検索する語がありません。マイナス記号の付かない語を1つ以上入力してください。
search-gone = { $filter ->
    [topic] このボタンのトピックの記事はなくなりました。
   *[source] このボタンの配信元の記事はなくなりました。
}もう一度`/search`を使ってください。

# Buttons follow, at most 80 characters each. $count is the number of articles.
search-nearest = 代わりに次のものを検索できます:
search-anywhere = 条件なしで検索（{ $count }）
search-word = { $word }（{ $count }）
search-topic = トピック: { $name }
