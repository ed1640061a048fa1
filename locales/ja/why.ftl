# /why: what happened to an article in each feed of a server. In all texts, $when is Discord's own text, as "3 minutes ago".

why-description = 各フィードで記事が投稿された理由、または投稿されなかった理由を表示します
why-article-description = タイトルに含まれる語（順不同）、または.mdを除いたパス

why-title = **{ $title }**
why-title-gone = **{ $title }**はもうコレクションにありません。
# $verdict is one or several of the sentences below.
why-verdict = • { $channel }のフィード**{ $feed }**: { $verdict }

# The other articles of the story, a line each. $reason is one of the lines that follow.
why-story = この記事と同じニュースを伝える記事が、ほかに{ $count }件あります:
why-story-article = • **{ $title }**（{ $source }）。{ $reason }
why-story-further = • ほか{ $count }件
joined-by-address = アドレスが同じです。
joined-by-equal-title = 別々の配信元が、{ $days }日以内に同じタイトルで公開しました。
joined-by-near-title = 別々の配信元が、{ $days }日以内にほぼ同じタイトルで公開しました。{ $all }語のうち{ $shared }語が両方のタイトルにあります{ $supported ->
    [0] 。
   *[other] 。さらに{ $supported }語が、もう一方の記事の抜粋にあります。
}
joined-by-first = どちらも**{ $title }**のニュースを伝えています。
joined-by-others = このニュースのほかの記事が、2つをつないでいます。

why-article-gone = この記事はもうコレクションになく、このサーバーのどのフィードでも扱われませんでした。
why-no-article = タイトルに「{ $typed }」を含む記事はなく、このパスの記事を扱ったフィードもこのサーバーにはありません。タイトルの語をいくつか入力して、一覧から記事を選んでください。

why-baseline = 投稿していません。フィードの開始時、またはフィードの条件の変更時（{ $when }）に、この記事はすでにありました。
why-sending = ボットは{ $when }に投稿を始め、Discordの応答を待っています。
# Discord leaves the full stop out of the link.
why-sent = { $when }に投稿しました: { $link }
why-sent-somewhere = { $when }に投稿しました。
why-failed = { $when }に投稿に失敗しました。
why-not-withdrawn = 投稿を取り下げる必要がありますが、メッセージがまだ残っています: { $link }
why-withdrawn = { $when }に取り下げました。
why-withdrawn-visible-again = 記事は再びメンバーに表示されています。
why-withdrawn-stays = 取り下げた記事を、ボットが自動で再投稿することはありません。
why-unknown = ボットは{ $when }に投稿を試みました。投稿がチャンネルにあるかどうかはわかりません。
why-expired = 投稿していません。待っている間に、記事の公開から{ $days }日を過ぎました（{ $when }）。
why-can-resend = `/feed list`のボタンで再投稿できます。
why-can-withdraw = `/feed list`のボタンで、もう一度取り下げを試せます。
why-withheld = この投稿は、ほかの多くの投稿と一緒に取り下げの対象になりました。`/feed list`で、取り下げるかどうかを決めてください。
why-kept = 投稿を取り下げる必要がありましたが、モデレーターが残すことにしました。

# These sentences stand before the sentences on a post.
why-by-another-article = このチャンネルでは、記事{ $article }が同じニュースを伝えています。
why-through-another-feed = このチャンネルのフィード**{ $feed }**が扱いました。

why-due-next = 投稿待ちです。次に投稿されます。
why-due-after = 投稿待ちです。ほかの{ $count }件の記事のあとに投稿されます。
why-due-through = 投稿待ちです。このチャンネルのフィード**{ $feed }**が投稿します。
why-due-through-paused = このフィードの作成前に公開された記事のため、このフィードは投稿しません。投稿するのはこのチャンネルのフィード**{ $feed }**ですが、一時停止中です。
why-paused = 投稿待ちですが、フィードが一時停止中です。`/feed list`で理由を確認できます。
why-not-begun = フィードはまだ開始していません。記事が届き、ボットがすべて読み終えると開始します。

# $hold is one of the lines that follow.
why-held = 保留中です。{ $hold }
hold-unpublished = ファイルで、記事が非公開になっています。
hold-removed = ファイルで、記事が削除済みになっています。
hold-draft = ファイルで、記事が下書きになっています（`draft: true`）。
hold-not-yet = 記事の日付が未来です（{ $when }）。
hold-no-link = 記事にリンクがありません（`webUrl`または`originalUrl`）。
hold-link-too-long = 記事のリンクが、Discordの上限の{ $characters }文字を超えています。
hold-not-announced = ファイルに`announce: false`とあるため、フィードはモデレーターが求めたときだけ記事を投稿します。
hold-unknown-topic = このフィードのトピック{ $topic }が、どの記事にもトピックファイルにもなくなりました。
hold-other-topic = 記事のトピックが、{ $topic }でもその下位トピックでもありません。
hold-other-type = 記事の種類は{ $kind }ですが、このフィードの対象は種類{ $wanted }だけです。
hold-no-type = 記事に種類がありません。このフィードの対象は種類{ $wanted }だけです。
hold-other-source = 記事の配信元は{ $source }ですが、このフィードの対象は{ $wanted }の記事だけです。
hold-no-source = 記事に配信元がありません。このフィードの対象は{ $wanted }の記事だけです。
hold-no-word = タイトルにも抜粋にも、このフィードの単語がありません: **{ $words }**。
hold-excluded-word = タイトルか抜粋に{ $word }があります。このフィードはそのような記事を除外します。
hold-quality = 記事の品質は{ $quality }ですが、このフィードの対象は品質{ $min }以上だけです。
hold-no-quality = 記事に品質がありません。このフィードの対象は品質{ $min }以上だけです。
hold-heat = 記事の注目度は{ $heat }ですが、このフィードの対象は注目度{ $min }以上だけです。
hold-undated = 記事に日付がありません。このフィードの対象は過去{ $days }日間の記事だけです。
hold-too-old = 記事は{ $when }に公開されました。このフィードの対象は過去{ $days }日間の記事だけです。
