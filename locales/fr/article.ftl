# /article, the buttons and menus that open an article, and other buttons and menus of members.

article-description = Affiche un article en entier, avec les actus liées
article-title-description = Des mots du titre, dans n’importe quel ordre

article-gone = L’article n’est plus dans la collection. `/news` affiche les articles actuels.
article-unknown = Aucun titre ne contient « { $typed } ». Tape quelques mots d’un titre, puis choisis un article dans la liste.

related = Actus liées
# $page is pager-page.
related-page = Actus liées · { $page }

# The heading of links to the articles of other sources that report the same story.
other-coverage = Cette actu dans d’autres sources

# $person is a mention, which notifies nobody.
shared-by = { $person } partage un article :
share-forbidden = Tu n’as pas le droit d’écrire dans ce salon, donc tu ne peux pas y partager d’article.
share-hidden = Dans ce salon, toi seul vois les réponses d’une application que tu as ajoutée à ton compte, donc tu ne peux pas partager d’article ici. La modération du serveur peut t’autoriser « Utiliser des applications externes » ou ajouter le bot au serveur.

# In a menu or on a card, where the title of an article shows nothing.
untitled = Sans titre

# Buttons, at most 80 characters.
button-read = Lire
button-details = Détails
button-share = Partager
# Closed menus, at most 150 characters.
menu-articles = Ouvrir un article en entier

component-from-another-version = Ce bouton ou ce menu vient d’une autre version du bot. Utilise à nouveau la commande, par exemple `/news`.
