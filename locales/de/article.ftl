# /article, the buttons and menus that open an article, and other buttons and menus of members.

article-description = Zeigt einen Artikel ausführlich, mit ähnlichen Meldungen
article-title-description = Wörter aus dem Titel, in beliebiger Reihenfolge

article-gone = Der Artikel ist nicht mehr in der Sammlung. `/news` zeigt die aktuellen Artikel.
article-unknown = Kein Titel enthält „{ $typed }“. Tippe ein paar Wörter eines Titels und wähle dann einen Artikel aus der Liste.

related = Ähnliche Meldungen
# $page is pager-page.
related-page = Ähnliche Meldungen · { $page }

# The heading of links to the articles of other sources that report the same story.
other-coverage = Andere Berichte zu dieser Meldung

# $person is a mention, which notifies nobody.
shared-by = { $person } teilt einen Artikel:
share-forbidden = Du darfst in diesem Kanal nicht schreiben. Deshalb kannst du hier keinen Artikel teilen.
share-hidden = In diesem Kanal siehst nur du die Antworten einer App, die du deinem Konto hinzugefügt hast. Deshalb kannst du hier keinen Artikel teilen. Die Moderation des Servers kann dir „Externe Apps verwenden“ erlauben oder den Bot zum Server hinzufügen.

# In a menu or on a card, where the title of an article shows nothing.
untitled = Ohne Titel

# Buttons, at most 80 characters.
button-read = Lesen
button-details = Details
button-share = Teilen
# Closed menus, at most 150 characters.
menu-articles = Artikel ausführlich ansehen

component-from-another-version = Dieser Button oder dieses Menü stammt aus einer anderen Version des Bots. Nutze den Befehl noch einmal, zum Beispiel `/news`.
