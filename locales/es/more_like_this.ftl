# "More like this", a command in the menu of a message.

# The name in the menu of a message: 1 to 32 characters.
more-like-this-name = Más como esto

# Above the cards. $title is the title of the article.
more-like-this-heading = Más como «{ $title }»:
# Below the heading. $count is the number of the first cards.
more-like-this-coverage = { $count ->
    [one] La primera tarjeta es otra fuente sobre la misma noticia.
   *[other] Las primeras { $count } tarjetas son otras fuentes sobre la misma noticia.
}
# Below the heading, or below more-like-this-nothing-covers.
more-like-this-not-ready = La búsqueda todavía no está lista, así que faltan los artículos parecidos. Vuelve a intentarlo en unos segundos.

# Instead of cards. $title is the title of the article.
more-like-this-nothing = La colección no tiene nada más como «{ $title }». `/news` muestra los artículos más candentes.
more-like-this-nothing-covers = La colección no tiene otras fuentes sobre «{ $title }».
more-like-this-unknown = Este mensaje no contiene ningún artículo de la colección. Usa este comando en una tarjeta del bot o en un mensaje con un enlace a un artículo de la colección. `/search` encuentra artículos por sus palabras.

# A closed menu, at most 150 characters. Its options are the other articles of the message.
menu-more-like-this = Más como otro artículo del mensaje
