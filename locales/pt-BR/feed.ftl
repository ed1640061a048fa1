# /feed: the feeds of a server.

# The command as Discord lists it. Each description has at most 100 characters.
feed-description = Canais que recebem os artigos novos
feed-add-description = Cria um feed: um canal que recebe os artigos novos
feed-list-description = Mostra todos os feeds deste servidor, com os problemas primeiro
feed-edit-description = Altera um feed; as opções que você omitir ficam como estão
feed-pause-description = Pausa um feed; os artigos na fila continuam na fila
feed-resume-description = Retoma um feed
feed-remove-description = Remove um feed; as mensagens dele ficam
feed-test-description = Posta um card marcado como teste, sem menção
feed-option-channel = O canal ou o tópico que recebe os artigos
feed-option-feed = O feed
feed-option-topic = Só artigos sobre este assunto e os subassuntos dele
feed-option-type = Só artigos deste tipo, por exemplo article ou video
feed-option-source = Só artigos desta fonte
feed-option-words = Palavras ou expressões separadas por vírgulas: o título ou o trecho precisa ter uma delas
feed-option-without = Palavras ou expressões separadas por vírgulas: título e trecho não podem ter nenhuma delas
feed-option-min-quality = A qualidade mínima de um artigo
feed-option-min-heat = O calor mínimo de um artigo
feed-option-max-age-days = A idade máxima de um artigo em dias; 0 para qualquer idade
feed-option-mention = Um cargo que cada post menciona
feed-option-silent = Posta sem notificação
feed-option-max-per-hour = O número máximo de posts por hora (1 a { $posts })
feed-option-quiet-hours = Quando o feed não posta nada, por exemplo 22:00-07:00
feed-option-timezone = O fuso do horário de silêncio e dos resumos, por exemplo America/Sao_Paulo
feed-option-digest = Posta os artigos juntos: off, hourly, daily 09:00 ou weekly monday 09:00
feed-option-thread = Abre um tópico para cada post
feed-option-crosspost = Publica cada post nos servidores que seguem o canal
feed-option-backfill = Quantos dos artigos mais quentes postar de imediato (0 a { $articles })
feed-option-clear = A configuração a remover
# $option is the name of an option.
feed-clear = { $option ->
    [topic] o assunto
    [type] o tipo
    [source] a fonte
    [words] as palavras
    [without] as palavras excluídas
    [min_heat] o calor mínimo
    [quiet_hours] o horário de silêncio
   *[mention] a menção
}

# What Discord offers while a moderator types. At most 100 characters, without markup. $feed is a number.
# $about is a channel, and where the feed has them its topic, type and source: "#news · AI · video · Example".
choice-feed = Feed { $feed }: { $about }
choice-feed-paused = Feed { $feed } (pausado): { $about }
# A channel whose name the bot does not know.
choice-channel = canal { $channel }
choice-digest-off = desligado (cada artigo tem seu próprio post)
choice-digest-hourly = a cada hora
choice-digest-daily = todo dia às { $time }
# $day is one of the lines that follow.
choice-digest-weekly = toda semana: { $day } às { $time }
# A day of the week, also in pacing-digest-weekly.
weekday = { $day ->
    [monday] segunda-feira
    [tuesday] terça-feira
    [wednesday] quarta-feira
    [thursday] quinta-feira
    [friday] sexta-feira
    [saturday] sábado
   *[sunday] domingo
}

# A feed as a moderator may type it. "3" alone works as well.
feed-typed = feed { $feed }

no-feeds = Este servidor ainda não tem feeds. Crie um feed com `/feed add`.
no-such-feed = Este servidor não tem o feed “{ $typed }”. Escolha um feed da lista que o Discord mostra enquanto você digita.
several-feeds = “{ $typed }” tem vários feeds. Escolha um da lista que o Discord mostra enquanto você digita.
no-feeds-without-database = O bot funciona sem banco de dados, por isso não há feeds. A pessoa responsável pelo bot pode definir `DATABASE_URL`.

# Why the channel or the role cannot be used.
channel-gone = O Discord diz que { $channel } não existe. Escolha outro canal.
channel-elsewhere = { $channel } não é um canal deste servidor, ou o bot não o conhece. Escolha um canal deste servidor.
channel-unknown = O bot não conseguiu perguntar ao Discord o que é { $channel }. Tente de novo em um minuto.
channel-wrong-type = { $channel } não é um canal de texto, um canal de anúncios, um fórum nem um tópico. Escolha um desses.
role-elsewhere = O cargo em `mention` não é um cargo deste servidor. Escolha um cargo deste servidor.
roles-unknown = O bot não conseguiu pedir ao Discord os cargos deste servidor. Tente de novo em um minuto.

# Faults in the options. One alone is the whole answer. Several are a list below the next line.
option-faults = Nada mudou, por causa destas opções:
# $option is topic, source or type. $nearest is a list of names.
option-name-gone = { $option ->
    [topic] Nenhum artigo tem mais o assunto que você escolheu. Escolha outro assunto.
    [source] Nenhum artigo tem mais a fonte que você escolheu. Escolha outra fonte.
   *[type] Nenhum artigo tem mais o tipo que você escolheu. Escolha outro tipo.
}
option-name-unknown = { $option ->
    [topic] Não existe o assunto “{ $typed }”. Assuntos parecidos: { $nearest }.
    [source] Não existe a fonte “{ $typed }”. Fontes parecidas: { $nearest }.
   *[type] Não existe o tipo “{ $typed }”. Tipos parecidos: { $nearest }.
}
option-no-names = { $option ->
    [topic] Não existe o assunto “{ $typed }”, porque nenhum artigo tem assunto. Deixe `topic` de fora.
    [source] Não existe a fonte “{ $typed }”, porque nenhum artigo tem fonte. Deixe `source` de fora.
   *[type] Não existe o tipo “{ $typed }”, porque nenhum artigo tem tipo. Deixe `type` de fora.
}
# $option is the name of an option, between backticks.
option-number = { $option } não pode ser { $given }. Informe um número inteiro de { $min } a { $max }.
# The options words and without.
option-words-empty = { $option } não tem palavras. Escreva palavras ou expressões separadas por vírgulas, por exemplo `rust, machine learning`.
option-words-no-letters = “{ $typed }” em { $option } não tem letras nem números. Deixe isso de fora.
option-words-too-long = { $option } é longo demais. Informe palavras e expressões com no máximo { $characters } caracteres no total.
option-words-too-many = { $option } tem { $given } palavras e expressões. Informe no máximo { $max }.
option-quiet-hours = “{ $typed }” não é um horário válido para `quiet_hours`. Escreva o horário como 22:00-07:00.
option-quiet-hours-empty = `quiet_hours` não pode começar e terminar na mesma hora. Escreva o horário como 22:00-07:00.
option-timezone = Não existe o fuso horário “{ $typed }”. Escolha um da lista, por exemplo America/Sao_Paulo.
option-digest = “{ $typed }” não é um resumo. Escreva `off`, `hourly`, `daily`, `daily 18:30` ou `weekly monday 09:00`.
option-mention-everyone = O bot nunca menciona `@everyone`. Escolha outro cargo para `mention`.
option-thread-in-forum = { $channel } é um fórum, onde cada post já é um tópico. Deixe `thread` de fora.
option-thread-in-thread = { $channel } é um tópico, e um tópico não tem tópicos próprios. Deixe `thread` de fora.
option-crosspost = { $channel } não é um canal de anúncios, por isso os posts dele não podem ser publicados em outros servidores. Deixe `crosspost` de fora ou transforme o canal em um canal de anúncios.
option-crosspost-in-thread = { $channel } é um tópico, por isso os posts dele não podem ser publicados em outros servidores. Deixe `crosspost` de fora.
option-cleared-and-given = `clear` remove { $option }, mas você também informou { $option }. Deixe um dos dois de fora.
option-clear-unknown = `clear` não pode remover “{ $typed }”. Escolha uma configuração da lista.

# What the bot did. $feed is the number of a feed.
feed-added = O bot criou o feed **{ $feed }** em { $channel }.
feed-edited = O bot alterou o feed **{ $feed }** em { $channel }.
feed-paused = O bot pausou o feed **{ $feed }** em { $channel }. Os artigos na fila continuam na fila, e `/feed resume` segue com eles.
# Follows feed-paused.
feed-paused-while-posting = Uma postagem estava em andamento e o Discord ainda não a confirmou. Essa postagem ainda pode aparecer.
# The state of the feed follows on a line of its own.
feed-resumed = O bot retomou o feed **{ $feed }** em { $channel }. O feed posta o que entrou na fila durante a pausa, com os artigos mais quentes primeiro.
feed-removed = O bot removeu o feed **{ $feed }** em { $channel }. As mensagens dele ficam, e um novo feed neste canal não posta as mesmas notícias de novo.
# Discord leaves the full stop out of the link.
feed-tested = O bot postou um teste do feed **{ $feed }** em { $channel }: { $link }. O teste não conta como post, e você pode excluí-lo.
feed-edit-empty = Não há nada a alterar. Informe pelo menos uma configuração além de `feed` e `backfill`, por exemplo `min_quality`.

# After feed-added: what the feed posts first.
feed-starts = O feed posta os artigos novos assim que chegam, mas nenhum dos que já existem.
feed-starts-with = { $articles ->
    [one] O feed posta agora o artigo mais quente que combina com as regras e que nenhum feed deste canal conhece. Depois, os artigos novos saem assim que chegam.
   *[other] O feed posta agora os { $articles } artigos mais quentes que combinam com as regras e que nenhum feed deste canal conhece. Depois, os artigos novos saem assim que chegam.
}
feed-starts-later = O feed começa quando houver artigos e o bot tiver lido todos. A partir daí, ele posta os artigos novos assim que chegam, mas nenhum dos que já existirem.
feed-starts-later-with = { $articles ->
    [one] O feed começa quando houver artigos e o bot tiver lido todos. Então ele posta o artigo mais quente que combina com as regras e que nenhum feed deste canal conhece. Depois, os artigos novos saem assim que chegam.
   *[other] O feed começa quando houver artigos e o bot tiver lido todos. Então ele posta os { $articles } artigos mais quentes que combinam com as regras e que nenhum feed deste canal conhece. Depois, os artigos novos saem assim que chegam.
}
feed-test-hint = `/feed test` mostra como fica um post.

# After feed-edited: what the feed posts of the articles that are already there.
feed-edit-without-backfill = O feed não posta artigos que já existem e que só as novas regras permitem.
feed-edit-backfill = { $articles ->
    [one] Dos artigos que já existem e que só as novas regras permitem, o feed posta no máximo o mais quente.
   *[other] Dos artigos que já existem e que só as novas regras permitem, o feed posta no máximo os { $articles } mais quentes.
}

# Which articles a feed takes. Each text is an item of a line.
rule-any-topic = qualquer assunto
rule-topic = assunto **{ $topic }** e seus subassuntos
rule-type = tipo **{ $kind }**
rule-source = fonte **{ $source }**
# $words is a list of words with commas between.
rule-words = com uma de **{ $words }**
rule-without = sem **{ $words }**
rule-any-quality = qualquer qualidade
rule-quality = qualidade a partir de { $min }
rule-heat = calor a partir de { $min }
rule-any-age = qualquer idade
rule-age = { $days ->
    [one] no máximo { $days } dia de idade
   *[other] no máximo { $days } dias de idade
}

# When and how a feed posts. Each text is an item of a line.
pacing-per-hour = { $posts ->
    [one] no máximo { $posts } post por hora
   *[other] no máximo { $posts } posts por hora
}
pacing-quiet-hours = horário de silêncio { $hours }
pacing-digest-hourly = resumo a cada hora
pacing-digest-daily = resumo todo dia às { $time }
pacing-digest-weekly = resumo semanal: { $day } às { $time }
pacing-time-zone = fuso horário { $zone }
pacing-thread = um tópico para cada post
pacing-crosspost = posts são publicados
pacing-silent = sem notificações
pacing-mention = menciona { $role }

# /feed list. Each text is an item of a line.
feeds-count = { $feeds ->
    [one] **{ $feeds } feed**
   *[other] **{ $feeds } feeds**
}
feeds-paused = ⚠️ { $feeds ->
    [one] { $feeds } pausado
   *[other] { $feeds } pausados
}
posts-due = { $posts } na fila
posts-sent = { $posts ->
    [0] nenhum postado
    [one] { $posts } postado
   *[other] { $posts } postados
}
posts-failed = ⚠️ { $posts } com falha
posts-unknown = ⚠️ { $posts } sem confirmação
posts-expired = { $posts ->
    [one] { $posts } expirado
   *[other] { $posts } expirados
}
posts-withdrawn = { $posts ->
    [one] { $posts } retirado
   *[other] { $posts } retirados
}
posts-withheld = ⚠️ { $posts } a retirar, se você decidir assim

# Buttons. At most 80 characters, and a longer text loses its end.
button-resend = Reenviar “{ $title }”
button-dismiss = Dispensar “{ $title }”
button-withdraw = Retirar “{ $title }”
button-withdraw-all = Retirar mensagens do feed { $feed } ({ $posts })
button-keep-all = Manter mensagens do feed { $feed } ({ $posts })

# What a button did.
decided-resend = ✅ “{ $title }” será postado em { $channel }.
decided-dismiss = ✅ “{ $title }” fica como está.
decided-withdraw = ✅ “{ $title }” será retirado, se o arquivo ainda pedir isso.
decided-withdraw-all = { $posts ->
    [one] ✅ { $posts } mensagem do feed **{ $feed }** será retirada.
   *[other] ✅ { $posts } mensagens do feed **{ $feed }** serão retiradas.
}
decided-keep-all = { $posts ->
    [one] ✅ { $posts } mensagem do feed **{ $feed }** fica.
   *[other] ✅ { $posts } mensagens do feed **{ $feed }** ficam.
}

# A feed and a post of a feed, on the page of the demo. Each text is an item of a line.
note-feed = Feed **{ $feed }**
post-feed = feed **{ $feed }**
post-sent = postado { $when }
post-corrected = corrigido { $when }
post-thread-due = falta abrir o tópico
post-thread-done = com um tópico
post-thread-refused = ⚠️ sem tópico
post-crosspost-due = ainda não publicado
post-crosspost-done = publicado
post-crosspost-refused = ⚠️ não publicado
post-stories-withdrawn = { $stories ->
    [one] { $withdrawn } de { $stories } notícia retirada
   *[other] { $withdrawn } de { $stories } notícias retiradas
}
post-withheld = ⚠️ { $stories } a retirar, se um moderador decidir assim
post-withdrawal-refused = ⚠️ deveria ser retirado, mas o Discord recusa

# /feed post, and Resend in /why.
post-not-visible = Nenhum artigo visível tem esse nome: o arquivo não existe, não pode ser lido ou não está publicado. Escolha um artigo da lista.
post-no-link = Este artigo não tem um link que o Discord aceite, então o bot não pode postá-lo. Adicione `webUrl` ao arquivo.
post-stands = Esta notícia já está no canal, ou a postagem dela está em andamento.
post-open = Uma postagem desta notícia falhou, ou não se sabe o resultado. Decida sobre ela primeiro em `/feed list`.
feed-post-description = Postar um artigo agora no canal de um feed
feed-option-article = O artigo
feed-posted = ✅ O feed **{ $feed }** postou o artigo em { $channel }: { $link }
feed-post-failed = A postagem do feed **{ $feed }** em { $channel } não deu certo. `/why` diz o motivo, e `/feed list` tem botões para decidir.
feed-post-waits = O feed **{ $feed }** posta o artigo em { $channel } assim que o Discord aceitar. `/why` diz o que acontece com ele.
button-resend-in = Reenviar no feed { $feed }
