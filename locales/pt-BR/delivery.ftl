# Reasons: why a feed is paused, why a post is missing, what a feed waits for, and why the bot did not do what a
# moderator asked for. In all of them, $when is Discord's own text, as "in 3 minutes" or "3 minutes ago".

# How a feed is, in a list. $reason is one of the pause- texts.
feed-state-active = ativo
feed-state-awaiting-articles = começa quando houver artigos e o bot tiver lido todos
feed-state-paused-by-moderator = ⏸️ pausado por um moderador. `/feed resume` encerra a pausa.
feed-state-paused = ⚠️ **pausado**: { $reason }
feed-state-paused-by-both = ⚠️ **pausado** por um moderador. Além disso, ele não consegue postar: { $reason }
feed-state-foreign-channel = ⚠️ **pausado**: O canal é de outro servidor, por isso este feed não posta nada. Remova este feed com `/feed remove`.
feed-state-left = O bot saiu deste servidor { $when }.

# Why a feed is paused.
pause-channel-deleted = O canal foi excluído. Remova este feed com `/feed remove` e adicione um feed em outro canal.
pause-role-deleted = O cargo que este feed menciona foi excluído. Escolha outro cargo com `/feed edit` e depois use `/feed resume`.
pause-settings-unreadable = O bot não consegue ler todas as configurações deste feed no banco de dados: { $settings }. Defina-as com `/feed edit` e depois use `/feed resume`.
pause-row-unreadable = O bot não consegue ler o que o banco de dados guarda sobre uma publicação deste canal (linha { $row }). Quem opera o bot pode reparar o banco de dados. `/feed resume` continua sem essa publicação.
pause-channel-unknown = O Discord diz que o canal não existe. Remova este feed com `/feed remove` e adicione um feed em outro canal.
pause-not-in-server = O bot não está neste servidor. Convide o bot de novo e depois use `/feed resume`.
pause-channel-hidden = O bot não consegue ver o canal. Conceda ao bot a permissão { $permission } nesse canal e depois use `/feed resume`.
pause-permissions-missing = Faltam permissões ao bot no canal: { $permissions }. Conceda-as ao bot nesse canal ou remova o castigo do bot. Depois use `/feed resume`.
pause-posting-forbidden = O Discord não deixa o bot postar no canal. Conceda ao bot as permissões { $permissions } nesse canal e depois use `/feed resume`.
pause-changing-forbidden = O Discord não deixa o bot alterar as próprias mensagens no canal. Conceda ao bot as permissões { $permissions } nesse canal. Se o bot estiver de castigo, remova o castigo. Depois use `/feed resume`.
pause-changing-forum-posts-forbidden = O Discord não deixa o bot alterar as próprias mensagens nos posts do fórum. Conceda ao bot as permissões { $permissions } no fórum. Se o bot estiver de castigo, remova o castigo. Depois use `/feed resume`.
pause-channel-type-changed = O tipo do canal mudou desde que este feed foi criado. Remova este feed com `/feed remove` e adicione-o de novo.
pause-no-tag-allowed = Este fórum exige uma tag em cada post e não tem nenhuma tag que o bot possa usar. Adicione uma tag que não seja só para moderadores ou desative “Exigir tags”. Depois use `/feed resume`.
pause-no-tag-matches = Este fórum exige uma tag em cada post, e nenhuma tag tem o nome de um assunto do artigo. Adicione tags com os nomes dos seus assuntos ou desative “Exigir tags”. Depois use `/feed resume`.
pause-thread-locked = O tópico está trancado, por isso o Discord não aceita mensagens nele. Destranque o tópico ou conceda ao bot a permissão { $permission } no canal dele. Depois use `/feed resume`.
pause-unknown = Outra versão do bot pausou este feed, e esta versão não consegue ler o motivo. Use `/feed resume` para tentar de novo.

# In a list: a setting with the start of what the database holds.
setting-channel-type = tipo de canal “{ $value }”
setting-words = palavras “{ $value }”
setting-without = palavras excluídas “{ $value }”
setting-max-age = idade máxima “{ $value }”
setting-posts-per-hour = posts por hora “{ $value }”
setting-quiet-hours = horário de silêncio “{ $value }”
setting-time-zone = fuso horário “{ $value }”
setting-digest = resumo “{ $value }”
setting-backfill = postagem retroativa “{ $value }”
setting-status = status “{ $value }”
setting-time = data “{ $value }”

# Why a post failed, was withdrawn, or may be missing. $refusal is refusal-with-words or refusal-without-words.
delivery-withdrawal-refused = O Discord se recusou a excluir ou alterar a mensagem. { $refusal }
delivery-correction-refused = O Discord recusou uma correção da mensagem. { $refusal }
delivery-file-hid = O arquivo dizia que o artigo não estava publicado, tinha sido removido ou era um rascunho.
delivery-file-gone = O arquivo não existia mais.
delivery-message-deleted = Alguém excluiu a mensagem no Discord.
delivery-unconfirmed = O Discord não confirmou o post, e o bot não consegue procurá-lo. { $cause }
delivery-reason-unknown = Outra versão do bot salvou o motivo, e esta versão não consegue lê-lo.

follow-up-threads-forbidden = O bot não conseguiu abrir um tópico no post. Para os próximos posts, conceda ao bot a permissão { $permission } no canal.
follow-up-crossposts-forbidden = O bot não conseguiu publicar o post nos canais seguidores. Para os próximos posts, conceda ao bot a permissão { $permission } no canal.
follow-up-thread-deletion-forbidden = O bot não conseguiu excluir o tópico, só a própria mensagem nele. Para os próximos posts, conceda ao bot a permissão { $permission } no fórum.
follow-up-wrong-channel-type = Um canal deste tipo não pode ter o tópico ou a publicação que este feed pede. Desative-os com `/feed edit`.
follow-up-refused = O Discord recusou o tópico ou a publicação do post. { $refusal }

search-history-hidden = Faltam permissões ao bot no canal: { $permissions }.
search-too-many-messages = O canal tem mensagens mais novas demais.
search-forum-post-deleted = Alguém excluiu a primeira mensagem de um post do bot no fórum, e pode ter sido esta.

# $cause is one of the refusal- texts above, $said are Discord's own words.
refusal-with-words = { $cause } Resposta do Discord: { $said } ({ $details }).
refusal-without-words = { $cause } A resposta do Discord não tem texto ({ $details }).
refusal-details = status { $status }, código { $code }
refusal-details-fields = status { $status }, código { $code }, campos { $fields }

refusal-message-gone = A mensagem não existe mais.
refusal-explicit = O Discord considera o conteúdo explícito e não o permite neste canal.
refusal-automod-text = O AutoMod deste servidor bloqueia o texto. Um moderador pode mudar as regras do AutoMod nas configurações do servidor.
refusal-automod-title = O AutoMod deste servidor bloqueia o título. Um moderador pode mudar as regras do AutoMod nas configurações do servidor.
refusal-harmful-link = O Discord considera um link nocivo.
refusal-faulty-content = O Discord não aceita uma parte da mensagem. Corrija o arquivo do artigo.
refusal-impossible-message = O Discord não aceita uma mensagem com este formato ou tamanho. Por favor, relate este erro do bot.
refusal-thread-archived = O tópico está arquivado, e o bot não pode reabri-lo. Conceda ao bot a permissão { $permission } no fórum.
refusal-thread-locked = O tópico está trancado. Destranque o tópico ou conceda ao bot a permissão { $permission } no fórum.
refusal-other = O bot não conhece esta recusa.

# What a feed waits for.
wait-quiet-hours = O feed espera até o fim do horário de silêncio, { $when }.
wait-full-hour = O feed atingiu o limite de posts por hora. Ele continua { $when }.
wait-digest = O próximo resumo sai { $when }.
wait-no-answer = O Discord não respondeu. O bot tenta de novo { $when }.
wait-outage = O Discord está fora do ar (status { $status }). O bot tenta de novo { $when }.
wait-blocked = O Discord recusa todas as solicitações do bot. O bot tenta de novo { $when }. O log do bot traz mais detalhes. Fale com a pessoa responsável pelo bot.
wait-too-many-threads = Este servidor já tem o máximo de tópicos abertos que o Discord permite. Feche ou arquive alguns tópicos. O bot tenta de novo { $when }.
wait-crosspost-limit = O Discord só deixa o bot publicar alguns posts por hora de um mesmo canal. O bot continua { $when }.
wait-edit-limit = O Discord só deixa o bot alterar algumas mensagens antigas por vez. O bot continua { $when }.
wait-limit = O Discord pede que o bot espere. O bot continua { $when }.
# $cause is one of the five lines that follow.
wait-database = { $cause } O bot tenta de novo { $when }. Se isso persistir, avise a pessoa responsável pelo bot.
database-busy = Outro programa bloqueia o banco de dados do bot.
database-unreachable = O bot não alcança o servidor do banco de dados.
database-full = O disco com o banco de dados do bot está cheio.
database-read-only = O bot não pode gravar no banco de dados.
database-damaged = O banco de dados do bot está danificado.
database-unusable = O bot não consegue usar o banco de dados.

# A delivery that needs a moderator's decision, in a list.
feed-delivery = ⚠️ “{ $title }” em { $channel }, { $feed }, { $when }: { $state }
feed-delivery-feed = feed **{ $feed }**
feed-delivery-removed-feed = feed **{ $feed }** (removido)
feed-delivery-failed = O post falhou.
feed-delivery-not-withdrawn = O post deveria ser retirado, mas a mensagem ainda está lá.
feed-delivery-unknown = O bot não sabe se o post está no canal.

# Why the bot did not do what a moderator asked for.
desk-too-many-feeds = Este servidor já tem { $feeds } feeds, que é o máximo. Remova um feed com `/feed remove`.
desk-no-such-feed = Este feed não existe mais. `/feed list` mostra os feeds atuais.
desk-foreign-channel = O canal deste feed é de outro servidor, por isso o bot não posta nada lá. Remova o feed com `/feed remove`.
desk-no-such-delivery = Isto já foi resolvido. `/feed list` mostra o que está em aberto.
desk-database = O bot não consegue usar o banco de dados agora. Tente de novo em um minuto. Se isso persistir, avise a pessoa responsável pelo bot.
desk-stopping = O bot está sendo desligado. Tente de novo em um minuto.
desk-busy = O bot está ocupado e não respondeu em { $seconds } segundos. Talvez ele ainda faça isso. `/feed list` mostra a situação.

# $cause is one of the test- lines that follow, a pause- text, or a refusal.
test-not-posted = O bot não postou o teste. { $cause }
test-no-article = Nenhum artigo visível tem um link. Adicione um artigo com link e depois use `/reload`.
test-limited = O Discord pede que o bot espere. Tente de novo em um minuto.
test-not-now = O Discord não conseguiu receber o post. Tente de novo em um minuto.
test-wrong-token = O Discord recusa o token do bot. Avise a pessoa responsável pelo bot.
test-picture = O Discord recusa a imagem do artigo.
test-no-place = O Discord recebeu o teste, mas não disse onde a mensagem está.
test-unconfirmed = O Discord não confirmou o teste. Procure a mensagem no canal. Se ela não estiver lá, tente de novo em um minuto.
test-deleted = O bot postou o teste, mas a mensagem não existe mais.

resend-feed-paused = O feed **{ $feed }** está pausado. Use `/feed resume` e tente de novo.
resend-no-article = Nenhum artigo visível traz esta notícia agora: o arquivo não existe mais, está ilegível ou não está publicado. Corrija o arquivo e tente de novo, ou dispense o post.

# Permissions, as Discord's clients show them.
permission-view-channel = Ver canal
permission-send-messages = Enviar mensagens
permission-embed-links = Inserir links
permission-read-message-history = Ver histórico de mensagens
permission-mention-everyone = Mencionar @everyone, @here e todos os cargos
permission-create-public-threads = Criar tópicos públicos
permission-send-messages-in-threads = Enviar mensagens em tópicos
permission-manage-threads = Gerenciar tópicos
permission-administrator = Administrador
permission-other = outra permissão

# What a moderator should know about the channel of a feed.
advice-lacking = ⚠️ Faltam permissões ao bot em { $channel }: { $permissions }. O feed só vai funcionar quando você as conceder (Editar canal, Permissões).
advice-channel-gone = ⚠️ O Discord diz que { $channel } não existe, por isso o feed não pode postar lá.
advice-unknown = ⚠️ O bot não conseguiu perguntar ao Discord o que pode fazer em { $channel }. Use `/feed test` para testar.
advice-mention = ⚠️ Nem todos podem mencionar { $role }, e o bot não tem a permissão { $permission } em { $channel }: os posts mostram o cargo e não notificam ninguém. Conceda esta permissão ao bot ou permita que todos mencionem o cargo.
advice-thread-deletion = Sem a permissão { $permission } em { $channel }, o bot só pode retirar a primeira mensagem de um post, não o post inteiro. Esta permissão é opcional.
advice-thread-locked = ⚠️ { $channel } está trancado, e o bot não tem a permissão { $permission } nele. O feed não pode postar até você destrancar o tópico ou conceder essa permissão.
advice-archived-posts = Sem a permissão { $permission } em { $channel }, o bot não pode corrigir um post que o Discord arquivou. Esta permissão é opcional.
advice-tags = ⚠️ { $channel } exige uma tag em cada post. O bot usa as tags que têm o nome de um assunto do artigo. Um artigo sem uma tag assim não pode ser postado lá e pausa o feed.
advice-no-tag = ⚠️ { $channel } exige uma tag em cada post e não tem uma tag **{ $topic }** que o bot possa usar. Adicione esta tag ou desative “Exigir tags”.
