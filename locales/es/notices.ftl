# Reports of troubles in the channel that moderators chose. $feed is the number of a feed, $channel shows its channel.

# $state is one of the feed-state- texts, with the remedy.
notice-feed = Feed **{ $feed }** en { $channel }: { $state }
notice-withdrawals = ⚠️ Feed **{ $feed }** en { $channel }: { $posts ->
    [one] { $posts } mensaje debería retirarse. Espera
   *[other] { $posts } mensajes deberían retirarse. Tantos a la vez esperan
} la decisión de un moderador. Si faltan archivos de artículos por error, restáuralos primero.
# Lines with the problems follow.
notice-problems = ⚠️ { $count ->
    [one] { $count } problema nuevo en archivos de artículos:
   *[other] { $count } problemas nuevos en archivos de artículos:
}
notice-feed-recovered = ✅ El feed **{ $feed }** en { $channel } está activo otra vez.
notice-problems-gone = ✅ { $count ->
    [one] { $count } problema de archivos de artículos ya no está.
   *[other] { $count } problemas de archivos de artículos ya no están.
}
# $name is the folder of a source.
notice-source-recovered = ✅ { $name }: el bot puede consultar esta fuente otra vez.
notice-source-list-recovered = ✅ **Lista de fuentes:** ya no tiene ningún problema y el bot la usa.
notice-rest = … y { $count } más que no caben aquí. `/feed list` y `/status` muestran lo que queda pendiente.

# A button, at most 80 characters.
button-resume = Reanudar el feed { $feed }

# Why the bot cannot report, in `/settings` and `/status`.
notices-channel-gone = ⚠️ **Avisos de problemas:** El bot ya no puede avisar en { $channel }, porque el canal no existe en este servidor. Elige otro canal con `/settings`.
notices-lacking = ⚠️ **Avisos de problemas:** El bot no puede avisar en { $channel }, porque le faltan permisos: { $permissions }. Concédeselos (Editar canal, Permisos) o elige otro canal con `/settings`.
notices-refused = ⚠️ **Avisos de problemas:** Discord rechazó el último aviso del bot en { $channel }. Comprueba si AutoMod, un aislamiento temporal o un permiso que falta lo impide, o elige otro canal con `/settings`.
