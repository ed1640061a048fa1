# /settings: what the moderators of a server chose.

# The command as Discord lists it. Each text has at most 100 characters.
settings-description = Onde o bot avisa de problemas e o idioma dos posts dele
settings-option-notices = Um canal em que o bot avisa uma vez de cada feed pausado e de cada post que falhou
settings-option-language = O idioma dos posts do bot neste servidor
settings-option-clear = Uma configuração a retirar
settings-clear-notices = o canal de avisos
settings-clear-language = o idioma; os posts voltam a seguir o do servidor
# The names are the same in all languages, as in the settings of Discord.
language-english = English
language-german = Deutsch
language-french = Français
language-spanish = Español
language-brazilian-portuguese = Português do Brasil
language-japanese = 日本語

settings-without-database = O bot funciona sem banco de dados, por isso não guarda configurações. A pessoa responsável pelo bot pode definir `DATABASE_URL`.
settings-contradiction = Você definiu e retirou a mesma configuração, por isso o bot não mudou nada. Deixe de fora uma das duas opções.
settings-wrong-channel = { $channel } não é um canal de texto nem um canal de anúncios, por isso o bot não mudou nada. Escolha um desses.
settings-lacking = ⚠️ Faltam permissões ao bot em { $channel }: { $permissions }. Ele não mudou nada. Conceda-as (Editar canal, Permissões) e depois use `/settings` de novo.
settings-test-refused = ⚠️ O Discord recusou a mensagem de teste em { $channel }, por isso o bot não mudou nada. Verifique o que o bot pode fazer ali e se o AutoMod ou um castigo o impede.
settings-test-unconfirmed = ⚠️ O Discord não confirmou a mensagem de teste em { $channel }, por isso o bot não mudou nada. Tente de novo em um minuto.

# What a change did.
settings-notices-set = ✅ A partir de agora, o bot avisa de problemas em { $channel }. Ele enviou uma mensagem de teste ali.
settings-notices-cleared = ✅ O bot não avisa mais de problemas em nenhum canal. `/feed list` e `/status` continuam mostrando os problemas.
settings-language-set = ✅ Os posts novos ficam neste idioma: { $language }. As mensagens que já estão lá ficam como estão.
settings-language-cleared = ✅ Os posts novos voltam a seguir o idioma do servidor. As mensagens que já estão lá ficam como estão.

# What is chosen now.
settings-notices = **Avisos de problemas:** { $channel }
settings-notices-none = **Avisos de problemas:** nenhum canal. Escolha um com a opção `notices`.
settings-language = **Idioma dos posts:** { $language }, escolhido com `/settings`
settings-language-of-server = **Idioma dos posts:** { $language }, por causa do idioma deste servidor (Configurações do servidor)

# The test message in the channel.
notice-test = **Mensagem de teste.** Um moderador acabou de escolher este canal com `/settings`. O bot avisa aqui quando um feed deste servidor está pausado, quando um post falha, quando há retiradas à espera de uma decisão e quando um problema desses termina: uma vez de cada, em no máximo 6 mensagens por hora. Esta mensagem em si não avisa de nenhum problema.
