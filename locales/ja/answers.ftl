# What several answers share.

# The last line of a list that is too long for one message.
list-cut = （ほか{ $lines }行は、このメッセージに収まりません。）

pager-previous = 前へ
pager-next = 次へ
# An item of a line, as "hottest first · 83 articles · page 2 of 17".
pager-page = { $page }/{ $pages }ページ
# A line of its own.
pager-page-line = { $page }/{ $pages }ページ

cards-not-allowed = このチャンネルではボットに「埋め込みリンク」の権限がないため、タイトルだけを表示しています。モデレーターが権限を付与すると、カードも表示されます。

# One person, or all members of a server together, used up a budget.
person-over-budget = 短い時間にボットを使いすぎたため、今回は何も実行しませんでした。{ $seconds }秒後にもう一度試してください。
server-over-budget = このサーバーのメンバーが短い時間にボットを使いすぎたため、今回は何も実行しませんでした。{ $seconds }秒後にもう一度試してください。
