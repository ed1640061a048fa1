# /settings: what the moderators of a server chose.

# The command as Discord lists it. Each text has at most 100 characters.
settings-description = ボットが問題を知らせるチャンネルと、投稿の言語
settings-option-notices = フィードの一時停止や投稿の失敗を、ボットが1回ずつ知らせるチャンネル
settings-option-language = このサーバーでのボットの投稿の言語
settings-option-clear = 取り消す設定
settings-clear-notices = お知らせのチャンネル
settings-clear-language = 言語（投稿は再びサーバーの言語になります）
# The names are the same in all languages, as in the settings of Discord.
language-english = English
language-german = Deutsch
language-french = Français
language-spanish = Español
language-brazilian-portuguese = Português do Brasil
language-japanese = 日本語

settings-without-database = ボットはデータベースなしで動作しているため、設定を保存できません。ボットの運営者は`DATABASE_URL`を設定できます。
settings-contradiction = 同じ設定を指定すると同時に取り消したため、何も変更しませんでした。どちらかのオプションを省いてください。
settings-wrong-channel = { $channel }は、テキストチャンネルでもアナウンスチャンネルでもないため、何も変更しませんでした。いずれかを選んでください。
settings-lacking = ⚠️ { $channel }で、ボットに次の権限がありません: { $permissions }。何も変更しませんでした。付与してから（「チャンネルの編集」→「権限」）、もう一度`/settings`を使ってください。
settings-test-refused = ⚠️ Discordが{ $channel }でのテストメッセージを拒否したため、何も変更しませんでした。そこでのボットの権限と、AutoModやタイムアウトが妨げていないかを確認してください。
settings-test-unconfirmed = ⚠️ Discordが{ $channel }でのテストメッセージを確認しなかったため、何も変更しませんでした。1分後にもう一度試してください。

# What a change did.
settings-notices-set = ✅ 今後、ボットは{ $channel }で問題を知らせます。テストメッセージを送信しました。
settings-notices-cleared = ✅ ボットはチャンネルで問題を知らせなくなりました。問題は引き続き`/feed list`と`/status`で確認できます。
settings-language-set = ✅ 新しい投稿の言語: { $language }。すでにあるメッセージはそのままです。
settings-language-cleared = ✅ 新しい投稿は再びサーバーの言語になります。すでにあるメッセージはそのままです。

# What is chosen now.
settings-notices = **問題のお知らせ:** { $channel }
settings-notices-none = **問題のお知らせ:** チャンネルなし。`notices`オプションで選べます。
settings-language = **投稿の言語:** { $language }（`/settings`で選択）
settings-language-of-server = **投稿の言語:** { $language }（このサーバーの言語による。サーバー設定で変更できます）

# The test message in the channel.
notice-test = **テストメッセージ。** モデレーターが`/settings`でこのチャンネルを選びました。このサーバーのフィードが一時停止したとき、投稿に失敗したとき、取り下げが判断を待っているとき、そしてそうした問題が解消したとき、ボットがここで1回ずつ知らせます（1時間に最大6件のメッセージ）。このメッセージ自体は、問題のお知らせではありません。
