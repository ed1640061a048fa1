# /article, the buttons and menus that open an article, and other buttons and menus of members.

article-description = Mostra um artigo completo, com notícias relacionadas
article-title-description = Palavras do título, em qualquer ordem

article-gone = O artigo não está mais no acervo. `/news` mostra os artigos atuais.
article-unknown = Nenhum título contém “{ $typed }”. Digite algumas palavras de um título e escolha um artigo da lista.

related = Notícias relacionadas
# $page is pager-page.
related-page = Notícias relacionadas · { $page }

# The heading of links to the articles of other sources that report the same story.
other-coverage = A mesma notícia em outras fontes

# $person is a mention, which notifies nobody.
shared-by = { $person } compartilhou um artigo:
share-forbidden = Você não pode enviar mensagens neste canal, então não pode compartilhar um artigo aqui.
share-hidden = Neste canal, só você vê as respostas de um app que você adicionou à sua conta, então não dá para compartilhar artigos aqui. A moderação do servidor pode permitir “Usar apps externos” ou adicionar o bot ao servidor.

# In a menu or on a card, where the title of an article shows nothing.
untitled = Sem título

# Buttons, at most 80 characters.
button-read = Ler
button-details = Detalhes
button-share = Compartilhar
# Closed menus, at most 150 characters.
menu-articles = Abra um artigo completo

component-from-another-version = Este botão ou menu é de outra versão do bot. Use o comando de novo, por exemplo `/news`.
