# Reasons: why a feed is paused, why a post is missing, what a feed waits for, and why the bot did not do what a
# moderator asked for. In all of them, $when is Discord's own text, as "in 3 minutes" or "3 minutes ago".

# How a feed is, in a list. $reason is one of the pause- texts.
feed-state-active = 稼働中
feed-state-awaiting-articles = 記事が届き、ボットがすべて読み終えると開始します
feed-state-paused-by-moderator = ⏸️ モデレーターが一時停止しました。`/feed resume`で再開できます。
feed-state-paused = ⚠️ **一時停止中**: { $reason }
feed-state-paused-by-both = ⚠️ モデレーターにより**一時停止中**です。また、次の理由で投稿もできません: { $reason }
feed-state-foreign-channel = ⚠️ **一時停止中**: チャンネルが別のサーバーのものであるため、このフィードは何も投稿しません。`/feed remove`でこのフィードを削除してください。
feed-state-left = ボットは{ $when }にこのサーバーから退出しました。

# Why a feed is paused.
pause-channel-deleted = チャンネルが削除されました。`/feed remove`でこのフィードを削除し、別のチャンネルにフィードを追加してください。
pause-role-deleted = このフィードがメンションするロールが削除されました。`/feed edit`で別のロールを選び、`/feed resume`を使ってください。
pause-settings-unreadable = データベースにあるこのフィードの設定の一部を読み取れません: { $settings }。`/feed edit`で設定し直し、`/feed resume`を使ってください。
pause-row-unreadable = このチャンネルの投稿についてデータベースにある内容を読み取れません（行{ $row }）。ボットの運用者はデータベースを修復できます。`/feed resume`を使うと、その投稿なしで続けます。
pause-channel-unknown = Discordによると、このチャンネルは存在しません。`/feed remove`でこのフィードを削除し、別のチャンネルにフィードを追加してください。
pause-not-in-server = ボットがこのサーバーにいません。ボットをもう一度招待し、`/feed resume`を使ってください。
pause-channel-hidden = ボットがチャンネルを見られません。そのチャンネルでボットに{ $permission }の権限を付与し、`/feed resume`を使ってください。
pause-permissions-missing = チャンネルで、ボットに次の権限がありません: { $permissions }。権限を付与するか、ボットのタイムアウトを解除してください。その後、`/feed resume`を使ってください。
pause-posting-forbidden = Discordが、このチャンネルへのボットの投稿を許可していません。チャンネルでボットに{ $permissions }の権限を付与し、`/feed resume`を使ってください。
pause-changing-forbidden = Discordが、このチャンネルでボットが自分のメッセージを変更することを許可していません。チャンネルでボットに{ $permissions }の権限を付与してください。ボットがタイムアウト中なら解除してください。その後、`/feed resume`を使ってください。
pause-changing-forum-posts-forbidden = Discordが、フォーラムの投稿でボットが自分のメッセージを変更することを許可していません。フォーラムでボットに{ $permissions }の権限を付与してください。ボットがタイムアウト中なら解除してください。その後、`/feed resume`を使ってください。
pause-channel-type-changed = チャンネルの種類が、このフィードの作成時から変わりました。`/feed remove`でこのフィードを削除し、もう一度追加してください。
pause-no-tag-allowed = このフォーラムでは投稿にタグが必須ですが、ボットが付けられるタグがありません。モデレーター限定ではないタグを追加するか、「タグを必須にする」をオフにしてください。その後、`/feed resume`を使ってください。
pause-no-tag-matches = このフォーラムでは投稿にタグが必須ですが、記事のトピックと同じ名前のタグがありません。トピック名のタグを追加するか、「タグを必須にする」をオフにしてください。その後、`/feed resume`を使ってください。
pause-thread-locked = スレッドがロックされているため、メッセージを投稿できません。ロックを解除するか、親チャンネルでボットに{ $permission }の権限を付与してください。その後、`/feed resume`を使ってください。
pause-unknown = 別のバージョンのボットがこのフィードを一時停止しました。このバージョンでは理由を読み取れません。`/feed resume`でもう一度試してください。

# In a list: a setting with the start of what the database holds.
setting-channel-type = チャンネルの種類「{ $value }」
setting-words = 単語「{ $value }」
setting-without = 除外する単語「{ $value }」
setting-max-age = 記事の最大日数「{ $value }」
setting-posts-per-hour = 1時間の投稿数「{ $value }」
setting-quiet-hours = 休止時間帯「{ $value }」
setting-time-zone = タイムゾーン「{ $value }」
setting-digest = ダイジェスト「{ $value }」
setting-backfill = 既存記事の投稿「{ $value }」
setting-status = 状態「{ $value }」
setting-time = 日時「{ $value }」

# Why a post failed, was withdrawn, or may be missing. $refusal is refusal-with-words or refusal-without-words.
delivery-withdrawal-refused = Discordがメッセージの削除または変更を拒否しました。{ $refusal }
delivery-correction-refused = Discordがメッセージの訂正を拒否しました。{ $refusal }
delivery-file-hid = 記事のファイルが、非公開、削除済み、または下書きになっていました。
delivery-file-gone = 記事のファイルがなくなっていました。
delivery-message-deleted = 誰かがDiscordでメッセージを削除しました。
delivery-unconfirmed = Discordから投稿の確認が届かず、ボットも投稿を検索できません。{ $cause }
delivery-reason-unknown = 別のバージョンのボットが理由を保存しました。このバージョンでは読み取れません。

follow-up-threads-forbidden = ボットは投稿にスレッドを作成できませんでした。次の投稿に備えて、チャンネルでボットに{ $permission }の権限を付与してください。
follow-up-crossposts-forbidden = ボットは、このチャンネルをフォローしているチャンネルに投稿を公開できませんでした。次の投稿に備えて、このチャンネルでボットに{ $permission }の権限を付与してください。
follow-up-thread-deletion-forbidden = ボットはスレッド内の自分のメッセージだけを削除し、スレッド自体は削除できませんでした。次の投稿に備えて、フォーラムでボットに{ $permission }の権限を付与してください。
follow-up-wrong-channel-type = この種類のチャンネルでは、このフィードが求めるスレッドの作成や公開ができません。`/feed edit`でオフにしてください。
follow-up-refused = Discordが投稿のスレッド作成または公開を拒否しました。{ $refusal }

search-history-hidden = チャンネルで、ボットに次の権限がありません: { $permissions }。
search-too-many-messages = チャンネルに、それより新しいメッセージが多すぎます。
search-forum-post-deleted = 誰かがボットのフォーラム投稿の最初のメッセージを削除しました。それがこの投稿だったかもしれません。

# $cause is one of the refusal- texts above, $said are Discord's own words.
refusal-with-words = { $cause }Discordの応答: { $said }（{ $details }）。
refusal-without-words = { $cause }Discordの応答に文章はありません（{ $details }）。
refusal-details = ステータス{ $status }、コード{ $code }
refusal-details-fields = ステータス{ $status }、コード{ $code }、フィールド: { $fields }

refusal-message-gone = メッセージがなくなっています。
refusal-explicit = Discordが内容を露骨なものと判断し、このチャンネルでは許可していません。
refusal-automod-text = このサーバーのAutoModが本文をブロックしています。モデレーターは、サーバー設定でAutoModのルールを変更できます。
refusal-automod-title = このサーバーのAutoModがタイトルをブロックしています。モデレーターは、サーバー設定でAutoModのルールを変更できます。
refusal-harmful-link = Discordがリンクを有害と判断しています。
refusal-faulty-content = Discordがメッセージの一部を受け付けません。記事のファイルを修正してください。
refusal-impossible-message = Discordがこの形式またはサイズのメッセージを受け付けません。ボットの不具合ですので、ご報告ください。
refusal-thread-archived = スレッドはアーカイブされていて、ボットには再開する権限がありません。フォーラムでボットに{ $permission }の権限を付与してください。
refusal-thread-locked = スレッドがロックされています。ロックを解除するか、フォーラムでボットに{ $permission }の権限を付与してください。
refusal-other = ボットにとって未知の理由で拒否されました。

# What a feed waits for.
wait-quiet-hours = フィードは休止時間帯です。{ $when }に終わるまで待機します。
wait-full-hour = フィードは1時間の上限まで投稿しました。{ $when }に再開します。
wait-digest = 次のダイジェストは{ $when }に投稿されます。
wait-no-answer = Discordから応答がありませんでした。ボットは{ $when }に再試行します。
wait-outage = Discordで障害が起きています（ステータス{ $status }）。ボットは{ $when }に再試行します。
wait-blocked = Discordがボットのリクエストをすべて拒否しています。ボットは{ $when }に再試行します。詳細はボットのログにあります。ボットの運営者にお問い合わせください。
wait-too-many-threads = このサーバーのアクティブなスレッドが、Discordの上限に達しています。スレッドをいくつか閉じるか、アーカイブしてください。ボットは{ $when }に再試行します。
wait-crosspost-limit = Discordでは、1つのチャンネルから公開できる投稿数が1時間に数件までです。ボットは{ $when }に再開します。
wait-edit-limit = Discordでは、古いメッセージを一度に数件しか変更できません。ボットは{ $when }に再開します。
wait-limit = Discordがボットに待機を求めています。ボットは{ $when }に再開します。
# $cause is one of the five lines that follow.
wait-database = { $cause }ボットは{ $when }に再試行します。この状態が続く場合は、ボットの運営者に連絡してください。
database-busy = 別のプログラムがボットのデータベースをブロックしています。
database-unreachable = ボットがデータベースサーバーに接続できません。
database-full = ボットのデータベースがあるディスクがいっぱいです。
database-read-only = ボットがデータベースに書き込めません。
database-damaged = ボットのデータベースが破損しています。
database-unusable = ボットがデータベースを使えません。

# A delivery that needs a moderator's decision, in a list.
feed-delivery = ⚠️ 「{ $title }」（{ $channel }、{ $feed }、{ $when }）: { $state }
feed-delivery-feed = フィード**{ $feed }**
feed-delivery-removed-feed = 削除されたフィード**{ $feed }**
feed-delivery-failed = 投稿に失敗しました。
feed-delivery-not-withdrawn = 投稿を取り下げる必要がありますが、メッセージがまだ残っています。
feed-delivery-unknown = 投稿がチャンネルにあるかどうか、ボットにはわかりません。

# Why the bot did not do what a moderator asked for.
desk-too-many-feeds = このサーバーにはすでにフィードが{ $feeds }件あり、これ以上は作成できません。`/feed remove`でフィードを削除してください。
desk-no-such-feed = このフィードはもうありません。`/feed list`で現在のフィードを確認できます。
desk-foreign-channel = このフィードのチャンネルは別のサーバーのものであるため、ボットはそこに何も投稿しません。`/feed remove`でフィードを削除してください。
desk-no-such-delivery = これはすでに対応済みです。`/feed list`で未対応のものを確認できます。
desk-database = ボットは今、データベースを使えません。1分後にもう一度試してください。この状態が続く場合は、ボットの運営者に連絡してください。
desk-stopping = ボットは停止処理中です。1分後にもう一度試してください。
desk-busy = ボットが混み合っていて、{ $seconds }秒以内に応答しませんでした。この操作はこのあと実行される場合があります。`/feed list`で現在の状態を確認できます。

# $cause is one of the test- lines that follow, a pause- text, or a refusal.
test-not-posted = ボットはテストを投稿しませんでした。{ $cause }
test-no-article = 表示できる記事に、リンクのあるものがありません。リンクのある記事を追加し、`/reload`を使ってください。
test-limited = Discordがボットに待機を求めています。1分後にもう一度試してください。
test-not-now = Discordが投稿を受け付けられませんでした。1分後にもう一度試してください。
test-wrong-token = Discordがボットのトークンを拒否しています。ボットの運営者に連絡してください。
test-picture = Discordが記事の画像を拒否しています。
test-no-place = Discordはテストを受け付けましたが、メッセージの場所を返しませんでした。
test-unconfirmed = Discordからテストの確認が届きませんでした。チャンネルでメッセージを探してください。なければ、1分後にもう一度試してください。
test-deleted = ボットはテストを投稿しましたが、メッセージがなくなっています。

resend-feed-paused = フィード**{ $feed }**は一時停止中です。`/feed resume`を使ってから、もう一度試してください。
resend-no-article = このニュースを伝える、表示できる記事が今はありません。ファイルがないか、読み取れないか、公開されていません。ファイルを修正してもう一度試すか、「このままにする」を選んでください。

# Permissions, as Discord's clients show them.
permission-view-channel = 「チャンネルを見る」
permission-send-messages = 「メッセージを送信」
permission-embed-links = 「埋め込みリンク」
permission-read-message-history = 「メッセージ履歴を読む」
permission-mention-everyone = 「@everyone、@here、全てのロールにメンション」
permission-create-public-threads = 「公開スレッドの作成」
permission-send-messages-in-threads = 「スレッドでメッセージを送信」
permission-manage-threads = 「スレッドの管理」
permission-administrator = 「管理者」
permission-other = その他の権限

# What a moderator should know about the channel of a feed.
advice-lacking = ⚠️ { $channel }で、ボットに次の権限がありません: { $permissions }。付与するまで、フィードは動作しません（「チャンネルの編集」→「権限」）。
advice-channel-gone = ⚠️ Discordによると{ $channel }は存在しないため、フィードはそこに投稿できません。
advice-unknown = ⚠️ ボットは{ $channel }での自分の権限をDiscordに確認できませんでした。`/feed test`で試してください。
advice-mention = ⚠️ { $role }へのメンションは全員には許可されておらず、ボットには{ $channel }で{ $permission }の権限がありません。投稿にロールは表示されますが、誰にも通知されません。ボットにこの権限を付与するか、ロールへのメンションを全員に許可してください。
advice-thread-deletion = { $channel }で{ $permission }の権限がない場合、ボットが取り下げられるのは投稿の最初のメッセージだけで、投稿自体は残ります。この権限は任意です。
advice-thread-locked = ⚠️ { $channel }はロックされていて、ボットに{ $permission }の権限がありません。ロックを解除するか、この権限を付与するまで、フィードは投稿できません。
advice-archived-posts = { $channel }で{ $permission }の権限がない場合、ボットはDiscordがアーカイブした投稿を訂正できません。この権限は任意です。
advice-tags = ⚠️ { $channel }では、すべての投稿にタグが必須です。ボットは、記事のトピックと同じ名前のタグを付けます。そのようなタグがない記事は投稿できず、フィードが一時停止します。
advice-no-tag = ⚠️ { $channel }では、すべての投稿にタグが必須ですが、ボットが付けられるタグ**{ $topic }**がありません。このタグを追加するか、「タグを必須にする」をオフにしてください。
