# Who may use what is for moderators.

moderators-no-server = これを使えるのはサーバーのモデレーターだけです。ダイレクトメッセージでは使えません。
moderators-only = これを使えるのはモデレーターだけです。「サーバー管理」の権限が必要です。管理者が「サーバー設定」→「連携サービス」で、このコマンドの使用を許可することもできます。
moderators-unknown = このコマンドを誰が使えるか、ボットはDiscordに確認できませんでした。今は「サーバー管理」の権限を持つメンバーだけが使えます。1分後にもう一度試してください。
moderators-busy = ボットはほかのコマンドを処理中です。1分後にもう一度試してください。

# /reload and problems of files, where OPERATOR_GUILD_IDS leaves the server out.
operators-only = 記事ファイルはボットの運営者が管理しています。再読み込みと問題の確認ができるのは、運営者のサーバーのモデレーターだけです。記事が見つからない、または誤っている場合は、ボットの運営者に連絡してください。

server-without-bot = このサーバーにはボットが参加していないため、モデレーターとして使える人がいません。まず、「サーバー管理」の権限を持つ人が、ボットをサーバーに追加してください。
server-unknown = ボットがこのサーバーにいるかどうか、Discordに確認できませんでした。1分後にもう一度試してください。

command-from-another-version = このコマンドは、別のバージョンのボットのものです。Discordを再読み込みすると、現在のコマンドが表示されます。
