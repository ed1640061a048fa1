# /status: how the bot is.

status-description = Mostra artigos, feeds, problemas, o último recarregamento e como o bot está

status-articles = **Artigos:** { $articles }. Visíveis para os membros agora: { $visible }. **Assuntos:** { $topics }.

# $troubles is a list of the three lines that follow.
status-troubles = ⚠️ **Feeds:** { $troubles }. `/feed list` mostra os motivos e o que você pode fazer.
status-trouble-paused = { $feeds ->
    [one] { $feeds } feed está pausado
   *[other] { $feeds } feeds estão pausados
}
status-trouble-failed = { $posts ->
    [one] { $posts } post falhou
   *[other] { $posts } posts falharam
}
status-trouble-unknown = { $posts ->
    [one] { $posts } post pode estar ou não no canal
   *[other] { $posts } posts podem estar ou não nos canais
}
status-feeds = **Feeds:** { $feeds } ({ $paused } em pausa). **Posts:** { $due } na fila, { $failed } com falha, { $unknown } sem confirmação.
status-feeds-without-database = **Feeds:** nenhum, porque o bot funciona sem banco de dados.
status-feeds-database = ⚠️ **Feeds:** o bot não consegue ler o banco de dados agora. Tente de novo em um minuto. Se isso persistir, avise a pessoa responsável pelo bot.
status-feeds-stopping = ⚠️ **Feeds:** o bot está sendo desligado. Tente de novo em um minuto.
status-feeds-busy = ⚠️ **Feeds:** o bot está ocupado e não conseguiu informar como estão os feeds. Tente de novo em um minuto.

# $fault is English, as in the log.
status-sources-faults = ⚠️ **Lista de fontes:** { $faults ->
    [one] ela tem { $faults } problema
   *[other] ela tem { $faults } problemas
}, por isso o bot usa a última lista válida. Primeiro problema: { $fault }
status-sources = **Fontes:** { $sources }. Com falha na última coleta: { $failed }.
status-sources-more = … e mais { $count ->
    [one] { $count } fonte.
   *[other] { $count } fontes.
}
# In the lines of sources: $name is the folder of the source, $when is Discord's own text, $reason is English, as in the log.
status-source-new = { $name }: ainda sem coleta.
status-source-good = { $name }: { $files ->
    [0] nenhum artigo
    [one] { $files } artigo
   *[other] { $files } artigos
}. Última coleta: { $when }.
status-source-moved = { $name }: { $files ->
    [0] nenhum artigo
    [one] { $files } artigo
   *[other] { $files } artigos
}. Última coleta: { $when }. O feed da fonte mudou para { $address }. Escreva o novo endereço na lista de fontes.
status-source-failed = ⚠️ { $name }: { $failures ->
    [one] a última coleta falhou
   *[other] as últimas { $failures } coletas falharam
}. Motivo: { $reason }. Último sucesso: { $when }.
status-source-never = ⚠️ { $name }: { $failures ->
    [one] a primeira coleta falhou
   *[other] todas as { $failures } coletas falharam
}. Motivo: { $reason }.
status-source-over = ⚠️ { $name }: o bot não coleta mais esta fonte. Motivo: { $reason }.

# $when is Discord's own text, as "3 minutes ago" or "in 3 minutes"; $changes is changes-none or changes-some.
status-last-reload = **Último recarregamento** ({ $when }, { $milliseconds } ms): { $changes }
# $outcome is reload-failed.
status-last-reload-failed = **Último recarregamento** ({ $when }): { $outcome }
status-last-change = **Última mudança** ({ $when }): { $changes }

status-clock = ⚠️ **Relógio:** O relógio da máquina do bot está { $seconds } segundos { $direction ->
    [ahead] adiantado
   *[behind] atrasado
} em relação ao do Discord. O horário de silêncio, os resumos e a idade dos artigos seguem a hora errada. Peça para quem cuida do bot acertar o relógio.
status-latency = **Latência do gateway:** { $milliseconds } ms.
status-latency-unknown = **Latência do gateway:** ainda não medida.
status-version = **heatwire** { $version }, iniciado { $when }.

# $processes is a list of status-process.
status-processes = **Processos:** { $processes }
status-process = shards { $shards } com { $articles } { $articles ->
    [one] artigo
   *[other] artigos
}{ $delivers ->
    [yes] , que entrega
   *[no] {""}
}
status-collections-differ = ⚠️ **Processos:** Nem todos os processos carregaram os mesmos artigos. Até lá, um arquivo que falta não retira nenhuma postagem. Se isso durar, verifique se todos usam a mesma pasta de artigos.
