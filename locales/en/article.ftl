# /article, the buttons and menus that open an article, and other buttons and menus of members.

article-description = Shows one article in full, with related stories
article-title-description = Words of the title, in any order

article-gone = The article is not in the collection any more. `/news` shows the current articles.
article-unknown = No title contains “{ $typed }”. Type a few words of a title, then choose an article from the list.

related = Related stories
# $page is pager-page.
related-page = Related stories · { $page }

# The heading of links to the articles of other sources that report the same story.
other-coverage = Other coverage of this story

# $person is a mention, which notifies nobody.
shared-by = { $person } shares an article:
share-forbidden = You may not write messages in this channel, so you cannot share an article here.
share-hidden = In this channel, only you can see the answers of an app that you added to your account, so you cannot share an article here. A moderator of the server can allow you “Use External Apps”, or add the bot to the server.

# In a menu or on a card, where the title of an article shows nothing.
untitled = Untitled

# Buttons, at most 80 characters.
button-read = Read
button-details = Details
button-share = Share
# Closed menus, at most 150 characters.
menu-articles = Open an article in full

component-from-another-version = This button or menu is from another version of the bot. Use the command again, as `/news`.
