# /reload, and what a load changed.

reload-description = 記事ファイルを再読み込みし、変更点を表示します

reload-too-soon = このサーバーでは、ファイルを読み込んだばかりです。{ $seconds }秒後にもう一度試してください。`/status`で変更点を確認できます。
reload-stopping = ボットは停止処理中のため、ファイルを読み込みませんでした。1分後にもう一度試してください。

# $changes is changes-none or changes-some.
reload-done = 記事ファイルを{ $milliseconds }ミリ秒で読み込みました。{ $changes }現在の記事は{ $articles }件です。

# $cause is English, as in the log.
reload-failed = ⚠️ 記事フォルダーを読み込めませんでした: { $cause }。以前に読み込んだ記事（{ $articles }件）を引き続き表示します。ボットの運営者に、フォルダーの復旧を依頼してください。
reload-incomplete = ⚠️ 一部のファイルを読み込めませんでした。それらについては、以前に読み込んだ内容を引き続き表示します。原因は問題の一覧にあります。
reload-last-good = 以前は正常だったファイルについては、最後の正常な内容を引き続き表示します。新しい内容を表示するには、ファイルを修正してください。

changes-none = 変更はありませんでした。
# $changes is a list of the lines that follow.
changes-some = 変更点: { $changes }。
changes-articles-added = 記事の追加{ $count }件
changes-articles-changed = 記事の変更{ $count }件
changes-articles-removed = 記事の削除{ $count }件
changes-topic-files-added = トピックファイルの追加{ $count }件
changes-topic-files-changed = トピックファイルの変更{ $count }件
changes-topic-files-removed = トピックファイルの削除{ $count }件
changes-files-fixed = ファイルの修正{ $count }件
changes-problems-new = 新しい問題{ $count }件
changes-problems-gone = 解消した問題{ $count }件

# $names is a list of names.
names-articles-added = • 追加された記事: { $names }
names-articles-changed = • 変更された記事: { $names }
names-articles-removed = • 削除された記事: { $names }
names-topic-files-added = • 追加されたトピックファイル: { $names }
names-topic-files-changed = • 変更されたトピックファイル: { $names }
names-topic-files-removed = • 削除されたトピックファイル: { $names }
names-files-fixed = • 修正されたファイル: { $names }

# In a list of names: a changed file with the keys that changed, and how many names the list leaves out.
names-with-keys = { $name }（{ $keys }）
names-left-out = ほか{ $count }
