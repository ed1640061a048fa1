# /news and /topics.

news-description = 記事を注目度の高い順に表示します
news-topic-description = 記事のトピック（例: AI）。似た名前でも見つかります
news-type-description = 記事の種類（例: article、video）
news-source-description = 記事の配信元
news-since-description = いつからの記事か
news-sort-description = 記事の並び順
# A choice of an option. $value is the same in all languages, $meaning is one of the lines that follow.
news-choice = { $value }（{ $meaning }）

since-today = 過去24時間
since-week = 過去7日間
since-month = 過去30日間
since-year = 過去365日間
sort-heat = 注目度の高い順
sort-trending = 急上昇順
sort-newest = 新しい順
sort-quality = 品質の高い順

# Above the cards: "**AI** · type **video** · the last 7 days · hottest first · 83 articles · page 2 of 17".
news-type = 種類: { $name }
news-source = 配信元: { $name }
count-articles = 記事{ $count }件

# $name is what the bot shows for $typed.
news-similar = { $filter ->
    [topic] トピック「{ $typed }」はありません。最も近いトピックは{ $name }です。
    [type] 種類「{ $typed }」はありません。最も近い種類は{ $name }です。
   *[source] 配信元「{ $typed }」はありません。最も近い配信元は{ $name }です。
}
news-alias = 「{ $typed }」は{ $name }の別名です。
news-prefix = 「{ $typed }」は{ $name }の名前の一部です。

news-last-page = 一覧が短くなりました。これが最後のページです。

news-empty = コレクションには、表示できる記事がまだありません。
# $conditions as above: "**AI** · the last 7 days".
news-nothing = 見つかりませんでした: { $conditions }。
news-see-topics = `/topics`ですべてのトピックを確認できます。
news-wider = 条件を減らすと、次の記事があります:
# Buttons, at most 80 characters. $count is the number of articles.
news-any-time = すべての期間（{ $count }）
news-any = { $filter ->
    [topic] すべてのトピック（{ $count }）
    [type] すべての種類（{ $count }）
   *[source] すべての配信元（{ $count }）
}
news-all-of = { $name }のすべて（{ $count }）

news-gone = { $filter ->
    [topic] このボタンのトピックの記事はなくなりました。
    [type] このボタンの種類の記事はなくなりました。
   *[source] このボタンの配信元の記事はなくなりました。
}もう一度`/news`を使ってください。
# Buttons with the names follow.
news-unknown = { $filter ->
    [topic] トピック「{ $typed }」はありません。近いトピック:
    [type] 種類「{ $typed }」はありません。近い種類:
   *[source] 配信元「{ $typed }」はありません。近い配信元:
}
news-no-names = { $filter ->
    [topic] トピックのある記事がないため、トピック「{ $typed }」もありません。
    [type] 種類のある記事がないため、種類「{ $typed }」もありません。
   *[source] 配信元のある記事がないため、配信元「{ $typed }」もありません。
}

topics-description = すべてのトピックを、それぞれ最も注目度の高い記事とともに表示します
topics-none = トピックのある記事はまだありません。
topics = トピック
count-topics = トピック{ $count }件
# A closed menu, at most 150 characters.
menu-topics = トピックの記事を表示
