# /article, the buttons and menus that open an article, and other buttons and menus of members.

article-description = 記事1件を詳しく表示します。関連ニュースも表示します
article-title-description = タイトルに含まれる語（順不同）

article-gone = この記事はもうコレクションにありません。`/news`で現在の記事を確認できます。
article-unknown = タイトルに「{ $typed }」を含む記事はありません。タイトルの語をいくつか入力して、一覧から記事を選んでください。

related = 関連ニュース
# $page is pager-page.
related-page = 関連ニュース · { $page }

# The heading of links to the articles of other sources that report the same story.
other-coverage = このニュースを伝えるほかの記事

# $person is a mention, which notifies nobody.
shared-by = { $person }さんが記事を共有しました:
share-forbidden = このチャンネルではメッセージを送信できないため、記事を共有できません。
share-hidden = このチャンネルでは、アカウントに追加したアプリの返信は自分にしか表示されないため、記事を共有できません。サーバーのモデレーターは「外部のアプリを使用」の許可、またはサーバーへのボットの追加ができます。

# In a menu or on a card, where the title of an article shows nothing.
untitled = 無題

# Buttons, at most 80 characters.
button-read = 読む
button-details = 詳細
button-share = 共有
# Closed menus, at most 150 characters.
menu-articles = 記事を詳しく見る

component-from-another-version = このボタンまたはメニューは、別のバージョンのボットのものです。コマンドをもう一度使ってください（例: `/news`）。
