# Reports of troubles in the channel that moderators chose. $feed is the number of a feed, $channel shows its channel.

# $state is one of the feed-state- texts, with the remedy.
notice-feed = Feed **{ $feed }** em { $channel }: { $state }
notice-withdrawals = ⚠️ Feed **{ $feed }** em { $channel }: { $posts ->
    [one] { $posts } mensagem deveria ser retirada. Ela espera
   *[other] { $posts } mensagens deveriam ser retiradas. Tantas de uma vez esperam
} a decisão de um moderador. Se arquivos de artigos sumiram por engano, restaure-os primeiro.
# Lines with the problems follow.
notice-problems = ⚠️ { $count ->
    [one] { $count } problema novo em arquivos de artigos:
   *[other] { $count } problemas novos em arquivos de artigos:
}
notice-feed-recovered = ✅ O feed **{ $feed }** em { $channel } está ativo de novo.
notice-problems-gone = ✅ { $count ->
    [one] { $count } problema de arquivos de artigos foi resolvido.
   *[other] { $count } problemas de arquivos de artigos foram resolvidos.
}
# $name is the folder of a source.
notice-source-recovered = ✅ { $name }: o bot consegue coletar esta fonte de novo.
notice-source-list-recovered = ✅ **Lista de fontes:** ela não tem mais nenhum problema, e o bot a usa.
notice-rest = … e mais { $count } que não cabem aqui. `/feed list` e `/status` mostram o que está pendente.

# A button, at most 80 characters.
button-resume = Retomar o feed { $feed }

# Why the bot cannot report, in `/settings` and `/status`.
notices-channel-gone = ⚠️ **Avisos de problemas:** O bot não consegue mais avisar em { $channel }, porque o canal não existe neste servidor. Escolha outro canal com `/settings`.
notices-lacking = ⚠️ **Avisos de problemas:** O bot não consegue avisar em { $channel }, porque lhe faltam permissões: { $permissions }. Conceda-as (Editar canal, Permissões) ou escolha outro canal com `/settings`.
notices-refused = ⚠️ **Avisos de problemas:** O Discord recusou o último aviso do bot em { $channel }. Verifique se o AutoMod, um castigo ou uma permissão que falta impede o bot, ou escolha outro canal com `/settings`.
