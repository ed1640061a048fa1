# "More like this", a command in the menu of a message.

# The name in the menu of a message: 1 to 32 characters.
more-like-this-name = Mais como este

# Above the cards. $title is the title of the article.
more-like-this-heading = Mais como “{ $title }”:
# Below the heading. $count is the number of the first cards.
more-like-this-coverage = { $count ->
    [one] O primeiro cartão é outra fonte sobre a mesma notícia.
   *[other] Os primeiros { $count } cartões são outras fontes sobre a mesma notícia.
}
# Below the heading, or below more-like-this-nothing-covers.
more-like-this-not-ready = A busca ainda não está pronta, então faltam os artigos parecidos. Tente de novo em alguns segundos.

# Instead of cards. $title is the title of the article.
more-like-this-nothing = O acervo não tem mais nada como “{ $title }”. `/news` mostra os artigos mais quentes.
more-like-this-nothing-covers = O acervo não tem outras fontes sobre “{ $title }”.
more-like-this-unknown = Esta mensagem não tem nenhum artigo do acervo. Use este comando em um cartão do bot ou em uma mensagem com um link para um artigo do acervo. `/search` encontra artigos pelas palavras.

# A closed menu, at most 150 characters. Its options are the other articles of the message.
menu-more-like-this = Mais como outro artigo da mensagem
