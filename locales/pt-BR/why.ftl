# /why: what happened to an article in each feed of a server. In all texts, $when is Discord's own text, as "3 minutes ago".

why-description = Mostra por que um artigo foi postado ou não em cada feed
why-article-description = Palavras do título, em qualquer ordem, ou o caminho sem .md

why-title = **{ $title }**
why-title-gone = **{ $title }** não está mais entre os artigos.
# $verdict is one or several of the sentences below.
why-verdict = • Feed **{ $feed }** em { $channel }: { $verdict }

# The other articles of the story, a line each. $reason is one of the lines that follow.
why-story = Este artigo traz a mesma notícia que { $count ->
    [one] outro artigo
   *[other] { $count } outros artigos
}:
why-story-article = • **{ $title }** ({ $source }). { $reason }
why-story-further = • e mais { $count }
joined-by-address = Os dois têm o mesmo endereço.
joined-by-equal-title = Fontes diferentes publicaram o mesmo título em um intervalo de { $days } dias.
joined-by-near-title = Fontes diferentes publicaram quase o mesmo título em um intervalo de { $days } dias: { $shared } de { $all } palavras estão nos dois títulos{ $supported ->
    [0] .
    [one] , e mais { $supported } está no trecho do outro artigo.
   *[other] , e mais { $supported } estão no trecho do outro artigo.
}
joined-by-first = Os dois trazem a notícia de **{ $title }**.
joined-by-others = Outros artigos desta notícia ligam os dois.

why-article-gone = Este artigo não está mais no acervo, e nenhum feed deste servidor o recebeu.
why-no-article = Nenhum título contém “{ $typed }”, e nenhum feed deste servidor recebeu um artigo com este caminho. Digite algumas palavras de um título e escolha um artigo da lista.

why-baseline = Não postado. O artigo já existia quando o feed começou ou quando as regras do feed mudaram, { $when }.
why-sending = O bot começou a postá-lo { $when } e espera a resposta do Discord.
# Discord leaves the full stop out of the link.
why-sent = Postado { $when }: { $link }.
why-sent-somewhere = Postado { $when }.
why-failed = O post falhou { $when }.
why-not-withdrawn = O post deveria ser retirado, mas a mensagem ainda está lá: { $link }.
why-withdrawn = Retirado { $when }.
why-withdrawn-visible-again = Os membros podem ver o artigo de novo.
why-withdrawn-stays = O bot não posta um artigo retirado de novo por conta própria.
why-unknown = O bot tentou postá-lo { $when } e não sabe se o post está no canal.
why-expired = Não postado. O artigo passou de { $days ->
    [one] { $days } dia
   *[other] { $days } dias
} de idade enquanto esperava, { $when }.
why-can-resend = `/feed list` tem um botão para reenviá-lo.
why-can-withdraw = `/feed list` tem um botão para tentar retirá-lo de novo.
why-withheld = O post deveria ser retirado junto com muitos outros, por isso `/feed list` pede que você decida.
why-kept = O post deveria ser retirado, mas um moderador decidiu mantê-lo.

# These sentences stand before the sentences on a post.
why-by-another-article = O artigo { $article } traz a mesma notícia lá.
why-through-another-feed = O feed **{ $feed }** deste canal ficou com ele.

why-due-next = Na fila. É o próximo.
why-due-after = Na fila, depois de { $count ->
    [one] outro artigo
   *[other] { $count } outros artigos
}.
why-due-through = Na fila. O feed **{ $feed }** deste canal vai postá-lo.
why-due-through-paused = Não postado por este feed, porque o artigo saiu antes de este feed ser criado. Quem deve postá-lo é o feed **{ $feed }** deste canal, que está pausado.
why-paused = Na fila, mas o feed está pausado. `/feed list` mostra o motivo.
why-not-begun = O feed ainda não começou. Ele começa quando houver artigos e o bot tiver lido todos.

# $hold is one of the lines that follow.
why-held = Retido. { $hold }
hold-unpublished = O arquivo diz que o artigo não está publicado.
hold-removed = O arquivo diz que o artigo foi removido.
hold-draft = O arquivo diz que o artigo é um rascunho (`draft: true`).
hold-not-yet = A data do artigo está no futuro, { $when }.
hold-no-link = O artigo não tem link (`webUrl` ou `originalUrl`).
hold-link-too-long = O link do artigo passa dos { $characters } caracteres que o Discord permite.
hold-not-announced = O arquivo diz `announce: false`, por isso o feed só posta o artigo quando um moderador pede.
hold-unknown-topic = Nenhum artigo e nenhum arquivo de assunto tem mais o assunto { $topic } deste feed.
hold-other-topic = O artigo não é sobre { $topic } nem sobre um subassunto dele.
hold-other-type = O artigo é do tipo { $kind }, e este feed só aceita o tipo { $wanted }.
hold-no-type = O artigo não tem tipo, e este feed só aceita o tipo { $wanted }.
hold-other-source = O artigo é de { $source }, e este feed só aceita artigos de { $wanted }.
hold-no-source = O artigo não tem fonte, e este feed só aceita artigos de { $wanted }.
hold-no-word = Nem o título nem o trecho tem uma das palavras deste feed: **{ $words }**.
hold-excluded-word = O título ou o trecho tem { $word }, e este feed deixa esses artigos de fora.
hold-quality = A qualidade do artigo é { $quality }, e este feed só aceita qualidade a partir de { $min }.
hold-no-quality = O artigo não tem qualidade, e este feed só aceita qualidade a partir de { $min }.
hold-heat = O calor do artigo é { $heat }, e este feed só aceita calor a partir de { $min }.
hold-undated = O artigo não tem data, e este feed só aceita artigos { $days ->
    [one] do último dia
   *[other] dos últimos { $days } dias
}.
hold-too-old = O artigo saiu { $when }, e este feed só aceita artigos { $days ->
    [one] do último dia
   *[other] dos últimos { $days } dias
}.
