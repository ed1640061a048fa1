# /feed: the feeds of a server.

# The command as Discord lists it. Each description has at most 100 characters.
feed-description = 新しい記事が届くチャンネル
feed-add-description = フィード（新しい記事が届くチャンネル）を作成します
feed-list-description = このサーバーのフィードをすべて表示します。問題のあるものが先です
feed-edit-description = フィードを変更します。省いたオプションはそのままです
feed-pause-description = フィードを一時停止します。投稿待ちの記事は失われません
feed-resume-description = フィードを再開します
feed-remove-description = フィードを削除します。メッセージは残ります
feed-test-description = テストと明記したカードを1枚投稿します。メンションはしません
feed-option-channel = 記事が届くチャンネルまたはスレッド
feed-option-feed = フィード
feed-option-topic = このトピックとその下位トピックの記事だけ
feed-option-type = この種類の記事だけ（例: article、video）
feed-option-source = この配信元の記事だけ
feed-option-words = 単語や語句（カンマ区切り）。タイトルか抜粋にどれか1つを含む記事だけ
feed-option-without = 単語や語句（カンマ区切り）。タイトルにも抜粋にもどれも含まない記事だけ
feed-option-min-quality = 記事の品質の下限
feed-option-min-heat = 記事の注目度の下限
feed-option-max-age-days = 記事の公開からの最大日数。0で制限なし
feed-option-mention = 投稿のたびにメンションするロール
feed-option-silent = 通知なしで投稿します
feed-option-max-per-hour = 1時間の最大投稿数（1～{ $posts }）
feed-option-quiet-hours = フィードが何も投稿しない時間帯（例: 22:00-07:00）
feed-option-timezone = 休止時間帯とダイジェストのタイムゾーン（例: Asia/Tokyo）
feed-option-digest = 記事をまとめて投稿: off、hourly、daily 09:00、weekly monday 09:00
feed-option-thread = 投稿ごとにスレッドを作成します
feed-option-crosspost = チャンネルをフォローしているサーバーに、すべての投稿を公開します
feed-option-backfill = 今すぐ投稿する既存記事の数。注目度の高い順（0～{ $articles }）
feed-option-clear = 解除する設定
# $option is the name of an option.
feed-clear = { $option ->
    [topic] トピック
    [type] 種類
    [source] 配信元
    [words] 単語
    [without] 除外する単語
    [min_heat] 注目度の下限
    [quiet_hours] 休止時間帯
   *[mention] メンション
}

# What Discord offers while a moderator types. At most 100 characters, without markup. $feed is a number.
# $about is a channel, and where the feed has them its topic, type and source: "#news · AI · video · Example".
choice-feed = フィード{ $feed }: { $about }
choice-feed-paused = フィード{ $feed }（一時停止中）: { $about }
# A channel whose name the bot does not know.
choice-channel = チャンネル{ $channel }
choice-digest-off = オフ（記事ごとに投稿）
choice-digest-hourly = 1時間ごと
choice-digest-daily = 毎日{ $time }
# $day is one of the lines that follow.
choice-digest-weekly = 毎週{ $day }{ $time }
# A day of the week, also in pacing-digest-weekly.
weekday = { $day ->
    [monday] 月曜日
    [tuesday] 火曜日
    [wednesday] 水曜日
    [thursday] 木曜日
    [friday] 金曜日
    [saturday] 土曜日
   *[sunday] 日曜日
}

# A feed as a moderator may type it. "3" alone works as well.
feed-typed = フィード{ $feed }

no-feeds = このサーバーにはまだフィードがありません。`/feed add`でフィードを作成してください。
no-such-feed = このサーバーにフィード「{ $typed }」はありません。入力中に表示される一覧からフィードを選んでください。
several-feeds = 「{ $typed }」にはフィードが複数あります。入力中に表示される一覧から選んでください。
no-feeds-without-database = ボットはデータベースなしで動作しているため、フィードはありません。ボットの運営者は`DATABASE_URL`を設定できます。

# Why the channel or the role cannot be used.
channel-gone = Discordによると、{ $channel }は存在しません。別のチャンネルを選んでください。
channel-elsewhere = { $channel }はこのサーバーのチャンネルではないか、ボットが把握していません。このサーバーのチャンネルを選んでください。
channel-unknown = ボットは{ $channel }についてDiscordに確認できませんでした。1分後にもう一度試してください。
channel-wrong-type = { $channel }は、テキストチャンネル、アナウンスチャンネル、フォーラム、スレッドのいずれでもありません。いずれかを選んでください。
role-elsewhere = `mention`のロールは、このサーバーのロールではありません。このサーバーのロールを選んでください。
roles-unknown = ボットはこのサーバーのロールをDiscordに確認できませんでした。1分後にもう一度試してください。

# Faults in the options. One alone is the whole answer. Several are a list below the next line.
option-faults = 次のオプションに問題があるため、何も変更していません:
# $option is topic, source or type. $nearest is a list of names.
option-name-gone = { $option ->
    [topic] 選んだトピックの記事がなくなりました。別のトピックを選んでください。
    [source] 選んだ配信元の記事がなくなりました。別の配信元を選んでください。
   *[type] 選んだ種類の記事がなくなりました。別の種類を選んでください。
}
option-name-unknown = { $option ->
    [topic] トピック「{ $typed }」はありません。近いトピック: { $nearest }。
    [source] 配信元「{ $typed }」はありません。近い配信元: { $nearest }。
   *[type] 種類「{ $typed }」はありません。近い種類: { $nearest }。
}
option-no-names = { $option ->
    [topic] トピックのある記事がないため、トピック「{ $typed }」もありません。`topic`を省いてください。
    [source] 配信元のある記事がないため、配信元「{ $typed }」もありません。`source`を省いてください。
   *[type] 種類のある記事がないため、種類「{ $typed }」もありません。`type`を省いてください。
}
# $option is the name of an option, between backticks.
option-number = { $option }に{ $given }は指定できません。{ $min }から{ $max }までの整数を指定してください。
# The options words and without.
option-words-empty = { $option }に単語がありません。`rust, machine learning`のように、単語や語句をカンマで区切って入力してください。
option-words-no-letters = { $option }の「{ $typed }」には文字も数字もありません。省いてください。
option-words-too-long = { $option }が長すぎます。単語と語句は合わせて{ $characters }文字以内にしてください。
option-words-too-many = { $option }に単語と語句が{ $given }個あります。{ $max }個以内にしてください。
option-quiet-hours = 「{ $typed }」は`quiet_hours`の時間として正しくありません。22:00-07:00のように入力してください。
option-quiet-hours-empty = `quiet_hours`の開始と終了を同じ時刻にはできません。22:00-07:00のように入力してください。
option-timezone = タイムゾーン「{ $typed }」はありません。一覧から選んでください（例: Asia/Tokyo）。
option-digest = 「{ $typed }」はダイジェストの設定として正しくありません。`off`、`hourly`、`daily`、`daily 18:30`、または`weekly monday 09:00`のように入力してください。
option-mention-everyone = ボットは`@everyone`には決してメンションしません。`mention`には別のロールを選んでください。
option-thread-in-forum = { $channel }はフォーラムで、どの投稿もすでにスレッドです。`thread`を省いてください。
option-thread-in-thread = { $channel }はスレッドです。スレッドの中にスレッドは作成できません。`thread`を省いてください。
option-crosspost = { $channel }はアナウンスチャンネルではないため、投稿をほかのサーバーに公開できません。`crosspost`を省くか、チャンネルをアナウンスチャンネルに変更してください。
option-crosspost-in-thread = { $channel }はスレッドのため、投稿をほかのサーバーに公開できません。`crosspost`を省いてください。
option-cleared-and-given = `clear`で{ $option }を解除しながら、{ $option }を指定することはできません。どちらかを省いてください。
option-clear-unknown = `clear`で「{ $typed }」は解除できません。一覧から設定を選んでください。

# What the bot did. $feed is the number of a feed.
feed-added = { $channel }にフィード**{ $feed }**を作成しました。
feed-edited = { $channel }のフィード**{ $feed }**を変更しました。
feed-paused = { $channel }のフィード**{ $feed }**を一時停止しました。投稿待ちの記事は失われず、`/feed resume`で続きから投稿します。
# Follows feed-paused.
feed-paused-while-posting = 送信中の投稿が1件あり、Discordからまだ確認が届いていません。この投稿だけは、この後に表示されることがあります。
# The state of the feed follows on a line of its own.
feed-resumed = { $channel }のフィード**{ $feed }**を再開しました。一時停止中に投稿待ちになった記事を、注目度の高い順に投稿します。
feed-removed = { $channel }のフィード**{ $feed }**を削除しました。メッセージは残ります。このチャンネルに新しいフィードを作成しても、同じニュースは再び投稿されません。
# Discord leaves the full stop out of the link.
feed-tested = { $channel }にフィード**{ $feed }**のテストを投稿しました: { $link } テストは投稿済みには数えません。削除してもかまいません。
feed-edit-empty = 変更する内容がありません。`feed`と`backfill`のほかに、設定を1つ以上指定してください（例: `min_quality`）。

# After feed-added: what the feed posts first.
feed-starts = フィードは新しい記事が届くたびに投稿します。すでにある記事は投稿しません。
feed-starts-with = このチャンネルのフィードがまだ扱っていない、条件に合う記事を、注目度の高い順に{ $articles }件、今から投稿します。新しい記事は、届くたびに投稿します。
feed-starts-later = 記事が届き、ボットがすべて読み終えると、フィードが開始します。その後は新しい記事が届くたびに投稿します。開始時にすでにある記事は投稿しません。
feed-starts-later-with = 記事が届き、ボットがすべて読み終えると、フィードが開始します。まず、このチャンネルのフィードがまだ扱っていない、条件に合う記事を、注目度の高い順に{ $articles }件投稿します。新しい記事は、届くたびに投稿します。
feed-test-hint = `/feed test`で投稿の見た目を確認できます。

# After feed-edited: what the feed posts of the articles that are already there.
feed-edit-without-backfill = すでにある記事のうち、新しい条件で初めて対象になるものは投稿しません。
feed-edit-backfill = すでにある記事のうち、新しい条件で初めて対象になるものは、注目度の高い順に最大{ $articles }件を投稿します。

# Which articles a feed takes. Each text is an item of a line.
rule-any-topic = すべてのトピック
rule-topic = トピック**{ $topic }**とその下位トピック
rule-type = 種類**{ $kind }**
rule-source = 配信元**{ $source }**
# $words is a list of words with commas between.
rule-words = **{ $words }**のどれかを含む
rule-without = **{ $words }**を含まない
rule-any-quality = 品質の制限なし
rule-quality = 品質{ $min }以上
rule-heat = 注目度{ $min }以上
rule-any-age = 公開日の制限なし
rule-age = 公開から{ $days }日以内

# When and how a feed posts. Each text is an item of a line.
pacing-per-hour = 1時間に最大{ $posts }件
pacing-quiet-hours = 休止時間帯 { $hours }
pacing-digest-hourly = 1時間ごとのダイジェスト
pacing-digest-daily = 毎日{ $time }のダイジェスト
pacing-digest-weekly = 毎週{ $day }{ $time }のダイジェスト
pacing-time-zone = タイムゾーン { $zone }
pacing-thread = 投稿ごとにスレッドを作成
pacing-crosspost = 投稿をほかのサーバーに公開
pacing-silent = 通知なし
pacing-mention = { $role }にメンション

# /feed list. Each text is an item of a line.
feeds-count = **フィード{ $feeds }件**
feeds-paused = ⚠️ 一時停止中{ $feeds }件
posts-due = 投稿待ち{ $posts }件
posts-sent = 投稿済み{ $posts }件
posts-failed = ⚠️ 失敗{ $posts }件
posts-unknown = ⚠️ 不明{ $posts }件
posts-expired = 期限切れ{ $posts }件
posts-withdrawn = 取り下げ済み{ $posts }件
posts-withheld = ⚠️ 取り下げの判断待ち{ $posts }件

# Buttons. At most 80 characters, and a longer text loses its end.
button-resend = 「{ $title }」を再投稿
button-dismiss = 「{ $title }」をこのままにする
button-withdraw = 「{ $title }」を取り下げる
button-withdraw-all = フィード{ $feed }のメッセージ{ $posts }件を取り下げる
button-keep-all = フィード{ $feed }のメッセージ{ $posts }件を残す

# What a button did.
decided-resend = ✅ 「{ $title }」を{ $channel }に投稿します。
decided-dismiss = ✅ 「{ $title }」はこのままにします。
decided-withdraw = ✅ ファイルが今も取り下げを示していれば、「{ $title }」を取り下げます。
decided-withdraw-all = ✅ フィード**{ $feed }**のメッセージ{ $posts }件を取り下げます。
decided-keep-all = ✅ フィード**{ $feed }**のメッセージ{ $posts }件を残します。

# A feed and a post of a feed, on the page of the demo. Each text is an item of a line.
note-feed = フィード**{ $feed }**
post-feed = フィード**{ $feed }**
post-sent = { $when }に投稿
post-corrected = { $when }に訂正
post-thread-due = スレッド作成待ち
post-thread-done = スレッドあり
post-thread-refused = ⚠️ スレッドなし
post-crosspost-due = ほかのサーバーに未公開
post-crosspost-done = ほかのサーバーに公開済み
post-crosspost-refused = ⚠️ ほかのサーバーに公開できず
post-stories-withdrawn = ニュース{ $stories }件中{ $withdrawn }件を取り下げ
post-withheld = ⚠️ 取り下げの判断待ち{ $stories }件
post-withdrawal-refused = ⚠️ 取り下げが必要ですが、Discordが拒否しています

# /feed post, and Resend in /why.
post-not-visible = この名前の表示できる記事がありません。ファイルがないか、読み取れないか、公開されていません。一覧から記事を選んでください。
post-no-link = この記事にはDiscordが受け付けるリンクがないため、投稿できません。ファイルに`webUrl`を追加してください。
post-stands = このニュースはすでにチャンネルにあるか、投稿の途中です。
post-open = このニュースの投稿が失敗したか、結果がわかっていません。先に`/feed list`で決めてください。
feed-post-description = 記事を1件、フィードのチャンネルに今すぐ投稿します
feed-option-article = 記事
feed-posted = ✅ フィード**{ $feed }**が記事を{ $channel }に投稿しました：{ $link }
feed-post-failed = フィード**{ $feed }**の{ $channel }への投稿は成功しませんでした。理由は`/why`で確認でき、`/feed list`にボタンがあります。
feed-post-waits = Discordが受け付け次第、フィード**{ $feed }**が記事を{ $channel }に投稿します。経過は`/why`で確認できます。
button-resend-in = フィード{ $feed }で再投稿
