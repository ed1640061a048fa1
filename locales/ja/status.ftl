# /status: how the bot is.

status-description = 記事、フィード、問題、前回の再読み込み、ボットの状態を表示します

status-articles = **記事:** { $articles }件（現在メンバーに表示されるのは{ $visible }件）。**トピック:** { $topics }件。

# $troubles is a list of the three lines that follow.
status-troubles = ⚠️ **フィード:** { $troubles }。`/feed list`で理由と対処方法を確認できます。
status-trouble-paused = 一時停止中のフィード{ $feeds }件
status-trouble-failed = 失敗した投稿{ $posts }件
status-trouble-unknown = チャンネルにあるか不明な投稿{ $posts }件
status-feeds = **フィード:** { $feeds }件（一時停止中{ $paused }件）。**投稿:** 投稿待ち{ $due }件、失敗{ $failed }件、不明{ $unknown }件。
status-feeds-without-database = **フィード:** なし。ボットはデータベースなしで動作しています。
status-feeds-database = ⚠️ **フィード:** ボットは今、データベースを読み取れません。1分後にもう一度試してください。この状態が続く場合は、ボットの運営者に連絡してください。
status-feeds-stopping = ⚠️ **フィード:** ボットは停止処理中です。1分後にもう一度試してください。
status-feeds-busy = ⚠️ **フィード:** ボットが混み合っていて、フィードの状態を確認できませんでした。1分後にもう一度試してください。

# $fault is English, as in the log.
status-sources-faults = ⚠️ **配信元リスト:** 問題が{ $faults }件あるため、ボットは最後の正常なリストを使っています。最初の問題: { $fault }
status-sources = **配信元:** { $sources }件。前回の取得に失敗したのは{ $failed }件です。
status-sources-more = …ほか{ $count }件の配信元。
# In the lines of sources: $name is the folder of the source, $when is Discord's own text, $reason is English, as in the log.
status-source-new = { $name }: まだ取得していません。
status-source-good = { $name }: 記事{ $files }件。前回の取得: { $when }。
status-source-moved = { $name }: 記事{ $files }件。前回の取得: { $when }。フィードのアドレスが変わりました。配信元リストに新しいアドレスを書いてください: { $address }
status-source-failed = ⚠️ { $name }: 直近{ $failures }回の取得に失敗しました。理由: { $reason }。最後の成功: { $when }。
status-source-never = ⚠️ { $name }: 取得に一度も成功していません（失敗{ $failures }回）。理由: { $reason }。
status-source-over = ⚠️ { $name }: ボットはこの配信元からの取得をやめました。理由: { $reason }。

# $when is Discord's own text, as "3 minutes ago" or "in 3 minutes"; $changes is changes-none or changes-some.
status-last-reload = **前回の再読み込み**（{ $when }、{ $milliseconds }ミリ秒）: { $changes }
# $outcome is reload-failed.
status-last-reload-failed = **前回の再読み込み**（{ $when }）: { $outcome }
status-last-change = **前回の変更**（{ $when }）: { $changes }

status-clock = ⚠️ **時計:** ボットが動いているコンピューターの時計は、Discordより{ $seconds }秒{ $direction ->
    [ahead] 進んでいます
   *[behind] 遅れています
}。休止時間帯、ダイジェスト、記事の古さの判定がずれます。ボットの運営者に時計を合わせるよう依頼してください。
status-latency = **ゲートウェイの遅延:** { $milliseconds }ミリ秒。
status-latency-unknown = **ゲートウェイの遅延:** まだ測定していません。
status-version = **heatwire** { $version }、{ $when }に起動。

# $processes is a list of status-process.
status-processes = **プロセス:** { $processes }
status-process = シャード{ $shards }（記事{ $articles }件{ $delivers ->
    [yes] 、配信中
   *[no] {""}
}）
status-collections-differ = ⚠️ **プロセス:** すべてのプロセスが同じ記事を読み込んでいるわけではありません。そろうまでは、ファイルがなくなっても投稿は取り下げられません。続く場合は、すべてのプロセスが同じ記事フォルダーを使っているか確認してください。
