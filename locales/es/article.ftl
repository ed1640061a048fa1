# /article, the buttons and menus that open an article, and other buttons and menus of members.

article-description = Muestra un artículo completo, con noticias relacionadas
article-title-description = Palabras del título, en cualquier orden

article-gone = El artículo ya no está en la colección. `/news` muestra los artículos actuales.
article-unknown = Ningún título contiene «{ $typed }». Escribe algunas palabras de un título y elige un artículo de la lista.

related = Noticias relacionadas
# $page is pager-page.
related-page = Noticias relacionadas · { $page }

# The heading of links to the articles of other sources that report the same story.
other-coverage = Esta noticia en otras fuentes

# $person is a mention, which notifies nobody.
shared-by = { $person } comparte un artículo:
share-forbidden = No puedes escribir mensajes en este canal, así que no puedes compartir un artículo aquí.
share-hidden = En este canal solo tú ves las respuestas de una aplicación que añadiste a tu cuenta, así que no puedes compartir artículos aquí. Un moderador del servidor puede permitirte «Usar aplicaciones externas» o añadir el bot al servidor.

# In a menu or on a card, where the title of an article shows nothing.
untitled = Sin título

# Buttons, at most 80 characters.
button-read = Leer
button-details = Detalles
button-share = Compartir
# Closed menus, at most 150 characters.
menu-articles = Abrir un artículo completo

component-from-another-version = Este botón o menú es de otra versión del bot. Vuelve a usar el comando, por ejemplo `/news`.
