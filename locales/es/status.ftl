# /status: how the bot is.

status-description = Muestra artículos, feeds, problemas, la última recarga y cómo está el bot

status-articles = **Artículos:** { $articles }. Los miembros pueden ver { $visible } ahora. **Temas:** { $topics }.

# $troubles is a list of the three lines that follow.
status-troubles = ⚠️ **Feeds:** { $troubles }. `/feed list` muestra los motivos y qué puedes hacer.
status-trouble-paused = { $feeds ->
    [one] { $feeds } feed está en pausa
   *[other] { $feeds } feeds están en pausa
}
status-trouble-failed = { $posts ->
    [one] { $posts } publicación falló
   *[other] { $posts } publicaciones fallaron
}
status-trouble-unknown = { $posts ->
    [one] { $posts } publicación puede estar o no en su canal
   *[other] { $posts } publicaciones pueden estar o no en sus canales
}
status-feeds = **Feeds:** { $feeds } ({ $paused } en pausa). **Publicaciones:** { $due ->
    [one] { $due } pendiente
   *[other] { $due } pendientes
}, { $failed ->
    [one] { $failed } fallida
   *[other] { $failed } fallidas
}, { $unknown } sin confirmar.
status-feeds-without-database = **Feeds:** ninguno, porque el bot funciona sin base de datos.
status-feeds-database = ⚠️ **Feeds:** el bot no puede leer su base de datos ahora. Inténtalo de nuevo en un minuto. Si sigue así, avisa a quien gestiona el bot.
status-feeds-stopping = ⚠️ **Feeds:** el bot se está apagando. Inténtalo de nuevo en un minuto.
status-feeds-busy = ⚠️ **Feeds:** el bot está ocupado y no pudo decir cómo están los feeds. Inténtalo de nuevo en un minuto.

# $fault is English, as in the log.
status-sources-faults = ⚠️ **Lista de fuentes:** { $faults ->
    [one] tiene { $faults } problema
   *[other] tiene { $faults } problemas
}, así que el bot usa la última lista correcta. Primer problema: { $fault }
status-sources = **Fuentes:** { $sources }. La última consulta falló en { $failed }.
status-sources-more = … y { $count ->
    [one] { $count } fuente más.
   *[other] { $count } fuentes más.
}
# In the lines of sources: $name is the folder of the source, $when is Discord's own text, $reason is English, as in the log.
status-source-new = { $name }: sin consultar todavía.
status-source-good = { $name }: { $files ->
    [one] { $files } artículo
   *[other] { $files } artículos
}. Última consulta: { $when }.
status-source-moved = { $name }: { $files ->
    [one] { $files } artículo
   *[other] { $files } artículos
}. Última consulta: { $when }. La fuente se mudó a { $address }. Escribe la nueva dirección en la lista de fuentes.
status-source-failed = ⚠️ { $name }: { $failures ->
    [one] falló la última consulta
   *[other] fallaron las últimas { $failures } consultas
}. Motivo: { $reason }. Último éxito: { $when }.
status-source-never = ⚠️ { $name }: { $failures ->
    [one] falló la primera consulta
   *[other] fallaron todas las consultas ({ $failures })
}. Motivo: { $reason }.
status-source-over = ⚠️ { $name }: el bot ya no consulta esta fuente. Motivo: { $reason }.

# $when is Discord's own text, as "3 minutes ago" or "in 3 minutes"; $changes is changes-none or changes-some.
status-last-reload = **Última recarga** ({ $when }, { $milliseconds } ms): { $changes }
# $outcome is reload-failed.
status-last-reload-failed = **Última recarga** ({ $when }): { $outcome }
status-last-change = **Último cambio** ({ $when }): { $changes }

status-clock = ⚠️ **Reloj:** El reloj de la máquina del bot va { $seconds } segundos { $direction ->
    [ahead] adelantado
   *[behind] atrasado
} respecto al de Discord. Las horas de silencio, los resúmenes y la antigüedad de los artículos siguen la hora equivocada. Pide a quien gestiona el bot que ajuste el reloj.
status-latency = **Latencia del gateway:** { $milliseconds } ms.
status-latency-unknown = **Latencia del gateway:** sin medir todavía.
status-version = **heatwire** { $version }, iniciado { $when }.

# $processes is a list of status-process.
status-processes = **Procesos:** { $processes }
status-process = shards { $shards } con { $articles } { $articles ->
    [one] artículo
   *[other] artículos
}{ $delivers ->
    [yes] , que entrega
   *[no] {""}
}
status-collections-differ = ⚠️ **Procesos:** No todos los procesos han cargado los mismos artículos. Hasta entonces, un archivo que falta no retira ninguna publicación. Si esto dura, comprueba que todos usan la misma carpeta de artículos.
