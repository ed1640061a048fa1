# Reports of troubles in the channel that moderators chose. $feed is the number of a feed, $channel shows its channel.

# $state is one of the feed-state- texts, with the remedy.
notice-feed = { $channel }のフィード**{ $feed }**: { $state }
notice-withdrawals = ⚠️ { $channel }のフィード**{ $feed }**: メッセージ{ $posts }件が取り下げの対象です。一度に多いため、モデレーターの判断を待っています。記事ファイルが誤って消えた場合は、先に復元してください。
# Lines with the problems follow.
notice-problems = ⚠️ 記事ファイルの新しい問題{ $count }件:
notice-feed-recovered = ✅ { $channel }のフィード**{ $feed }**が再び有効になりました。
notice-problems-gone = ✅ 記事ファイルの問題{ $count }件が解消しました。
# $name is the folder of a source.
notice-source-recovered = ✅ { $name }: この配信元から再び取得できるようになりました。
notice-source-list-recovered = ✅ **配信元リスト:** 問題がなくなり、ボットはこのリストを使っています。
notice-rest = …ほか{ $count }件はここに収まりません。未解決のものは`/feed list`と`/status`で確認できます。

# A button, at most 80 characters.
button-resume = フィード{ $feed }を再開

# Why the bot cannot report, in `/settings` and `/status`.
notices-channel-gone = ⚠️ **問題のお知らせ:** { $channel }がこのサーバーに存在しないため、問題を知らせることができません。`/settings`で別のチャンネルを選んでください。
notices-lacking = ⚠️ **問題のお知らせ:** ボットに次の権限がないため、{ $channel }で問題を知らせることができません: { $permissions }。付与するか（「チャンネルの編集」→「権限」）、`/settings`で別のチャンネルを選んでください。
notices-refused = ⚠️ **問題のお知らせ:** { $channel }での前回のお知らせをDiscordが拒否しました。AutoMod、タイムアウト、権限の不足が妨げていないかを確認するか、`/settings`で別のチャンネルを選んでください。
