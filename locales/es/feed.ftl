# /feed: the feeds of a server.

# The command as Discord lists it. Each description has at most 100 characters.
feed-description = Canales que reciben artículos nuevos
feed-add-description = Crea un feed: un canal que recibe artículos nuevos
feed-list-description = Muestra todos los feeds de este servidor, primero los que tienen problemas
feed-edit-description = Cambia un feed; las opciones que omites quedan como están
feed-pause-description = Pausa un feed; los artículos pendientes no se pierden
feed-resume-description = Reanuda un feed
feed-remove-description = Elimina un feed; sus mensajes se quedan
feed-test-description = Publica una tarjeta marcada como prueba, sin mención
feed-option-channel = El canal o el hilo que recibe los artículos
feed-option-feed = El feed
feed-option-topic = Solo artículos sobre este tema y sus subtemas
feed-option-type = Solo artículos de este tipo, como article o video
feed-option-source = Solo artículos de esta fuente
feed-option-words = Palabras o frases separadas por comas: el título o el extracto debe tener una
feed-option-without = Palabras o frases separadas por comas: ni el título ni el extracto puede tener ninguna
feed-option-min-quality = La calidad mínima de un artículo
feed-option-min-heat = La temperatura mínima de un artículo
feed-option-max-age-days = La antigüedad máxima de un artículo en días; 0 para cualquier antigüedad
feed-option-mention = Un rol que cada publicación menciona
feed-option-silent = Publica sin notificación
feed-option-max-per-hour = El número máximo de publicaciones por hora (de 1 a { $posts })
feed-option-quiet-hours = Cuándo el feed no publica nada, como 22:00-07:00
feed-option-timezone = La zona horaria de las horas de silencio y los resúmenes, como Europe/Berlin
feed-option-digest = Publica juntos los artículos: off, hourly, daily 09:00 o weekly monday 09:00
feed-option-thread = Abre un hilo para cada publicación
feed-option-crosspost = Publica cada mensaje también en los servidores que siguen el canal
feed-option-backfill = Cuántos de los artículos más candentes se publican de inmediato (de 0 a { $articles })
feed-option-clear = El ajuste que quieres quitar
# $option is the name of an option.
feed-clear = { $option ->
    [topic] el tema
    [type] el tipo
    [source] la fuente
    [words] las palabras
    [without] las palabras excluidas
    [min_heat] la temperatura mínima
    [quiet_hours] las horas de silencio
   *[mention] la mención
}

# What Discord offers while a moderator types. At most 100 characters, without markup. $feed is a number.
# $about is a channel, and where the feed has them its topic, type and source: "#news · AI · video · Example".
choice-feed = Feed { $feed }: { $about }
choice-feed-paused = Feed { $feed } (en pausa): { $about }
# A channel whose name the bot does not know.
choice-channel = canal { $channel }
choice-digest-off = off (cada artículo tiene su propia publicación)
choice-digest-hourly = hourly (cada hora)
choice-digest-daily = daily { $time } (cada día)
# $day is one of the lines that follow.
choice-digest-weekly = weekly (cada { $day } a las { $time })
# A day of the week, also in pacing-digest-weekly.
weekday = { $day ->
    [monday] lunes
    [tuesday] martes
    [wednesday] miércoles
    [thursday] jueves
    [friday] viernes
    [saturday] sábado
   *[sunday] domingo
}

# A feed as a moderator may type it. "3" alone works as well.
feed-typed = feed { $feed }

no-feeds = Este servidor aún no tiene feeds. Crea un feed con `/feed add`.
no-such-feed = Este servidor no tiene ningún feed «{ $typed }». Elige un feed de la lista que Discord muestra mientras escribes.
several-feeds = «{ $typed }» tiene varios feeds. Elige uno de la lista que Discord muestra mientras escribes.
no-feeds-without-database = El bot funciona sin base de datos, así que no hay feeds. Quien gestiona el bot puede configurar `DATABASE_URL`.

# Why the channel or the role cannot be used.
channel-gone = Discord dice que { $channel } no existe. Elige otro canal.
channel-elsewhere = { $channel } no es un canal de este servidor o el bot no lo conoce. Elige un canal de este servidor.
channel-unknown = El bot no pudo preguntar a Discord qué es { $channel }. Inténtalo de nuevo en un minuto.
channel-wrong-type = { $channel } no es un canal de texto, un canal de anuncios, un foro ni un hilo. Elige uno de estos.
role-elsewhere = El rol para `mention` no es un rol de este servidor. Elige un rol de este servidor.
roles-unknown = El bot no pudo pedir a Discord los roles de este servidor. Inténtalo de nuevo en un minuto.

# Faults in the options. One alone is the whole answer. Several are a list below the next line.
option-faults = No cambió nada, debido a estas opciones:
# $option is topic, source or type. $nearest is a list of names.
option-name-gone = { $option ->
    [topic] Ya ningún artículo tiene el tema que elegiste. Elige otro tema.
    [source] Ya ningún artículo tiene la fuente que elegiste. Elige otra fuente.
   *[type] Ya ningún artículo tiene el tipo que elegiste. Elige otro tipo.
}
option-name-unknown = { $option ->
    [topic] No hay ningún tema «{ $typed }». Temas parecidos: { $nearest }.
    [source] No hay ninguna fuente «{ $typed }». Fuentes parecidas: { $nearest }.
   *[type] No hay ningún tipo «{ $typed }». Tipos parecidos: { $nearest }.
}
option-no-names = { $option ->
    [topic] No hay ningún tema «{ $typed }», porque ningún artículo tiene tema. Omite `topic`.
    [source] No hay ninguna fuente «{ $typed }», porque ningún artículo tiene fuente. Omite `source`.
   *[type] No hay ningún tipo «{ $typed }», porque ningún artículo tiene tipo. Omite `type`.
}
# $option is the name of an option, between backticks.
option-number = { $option } no puede ser { $given }. Escribe un número entero de { $min } a { $max }.
# The options words and without.
option-words-empty = { $option } no tiene palabras. Escribe palabras o frases separadas por comas, como `rust, machine learning`.
option-words-no-letters = «{ $typed }» en { $option } no tiene letras ni cifras. Quítalo.
option-words-too-long = { $option } es demasiado largo. Da palabras y frases de hasta { $characters } caracteres en total.
option-words-too-many = { $option } tiene { $given } palabras y frases. Da { $max } como máximo.
option-quiet-hours = «{ $typed }» no es un horario para `quiet_hours`. Escribe el horario como 22:00-07:00.
option-quiet-hours-empty = `quiet_hours` no puede empezar y terminar a la misma hora. Escribe el horario como 22:00-07:00.
option-timezone = No hay ninguna zona horaria «{ $typed }». Elige una de la lista, como Europe/Berlin.
option-digest = «{ $typed }» no es un resumen. Escribe `off`, `hourly`, `daily`, `daily 18:30` o `weekly monday 09:00`.
option-mention-everyone = El bot nunca menciona `@everyone`. Elige otro rol para `mention`.
option-thread-in-forum = { $channel } es un foro, donde cada publicación ya es un hilo. Omite `thread`.
option-thread-in-thread = { $channel } es un hilo, y un hilo no tiene hilos propios. Omite `thread`.
option-crosspost = { $channel } no es un canal de anuncios, así que sus mensajes no se pueden publicar en otros servidores. Omite `crosspost` o convierte el canal en un canal de anuncios.
option-crosspost-in-thread = { $channel } es un hilo, así que sus mensajes no se pueden publicar en otros servidores. Omite `crosspost`.
option-cleared-and-given = `clear` quita { $option }, pero también das un valor a { $option }. Omite una de las dos cosas.
option-clear-unknown = `clear` no puede quitar «{ $typed }». Elige un ajuste de la lista.

# What the bot did. $feed is the number of a feed.
feed-added = El bot creó el feed **{ $feed }** en { $channel }.
feed-edited = El bot cambió el feed **{ $feed }** en { $channel }.
feed-paused = El bot puso en pausa el feed **{ $feed }** en { $channel }. Los artículos pendientes no se pierden, y `/feed resume` continúa con ellos.
# Follows feed-paused.
feed-paused-while-posting = Una publicación estaba en curso y Discord aún no la confirmó. Esa publicación todavía puede aparecer.
# The state of the feed follows on a line of its own.
feed-resumed = El bot reanudó el feed **{ $feed }** en { $channel }. El feed publica lo que quedó pendiente durante la pausa, lo más candente primero.
feed-removed = El bot eliminó el feed **{ $feed }** en { $channel }. Sus mensajes se quedan, y un feed nuevo en este canal no vuelve a publicar sus noticias.
# Discord leaves the full stop out of the link.
feed-tested = El bot publicó una prueba del feed **{ $feed }** en { $channel }: { $link }. La prueba no cuenta como publicación y puedes eliminarla.
feed-edit-empty = No hay nada que cambiar. Indica al menos un ajuste además de `feed` y `backfill`, como `min_quality`.

# After feed-added: what the feed posts first.
feed-starts = El feed publica los artículos nuevos según llegan, pero no los que ya están.
feed-starts-with = { $articles ->
    [one] El feed publica ahora el artículo más candente que cumple sus reglas y que ningún feed de este canal conoce. Después publica los artículos nuevos según llegan.
   *[other] El feed publica ahora los { $articles } artículos más candentes que cumplen sus reglas y que ningún feed de este canal conoce. Después publica los artículos nuevos según llegan.
}
feed-starts-later = El feed empieza cuando haya artículos y el bot los haya leído todos. A partir de entonces publica los artículos nuevos según llegan, pero no los que ya estén.
feed-starts-later-with = { $articles ->
    [one] El feed empieza cuando haya artículos y el bot los haya leído todos. Entonces publica el artículo más candente que cumple sus reglas y que ningún feed de este canal conoce. Después publica los artículos nuevos según llegan.
   *[other] El feed empieza cuando haya artículos y el bot los haya leído todos. Entonces publica los { $articles } artículos más candentes que cumplen sus reglas y que ningún feed de este canal conoce. Después publica los artículos nuevos según llegan.
}
feed-test-hint = `/feed test` muestra cómo se ve una publicación.

# After feed-edited: what the feed posts of the articles that are already there.
feed-edit-without-backfill = El feed no publica los artículos que ya están y que solo permiten las reglas nuevas.
feed-edit-backfill = { $articles ->
    [one] De los artículos que ya están y que solo permiten las reglas nuevas, el feed publica como máximo el más candente.
   *[other] De los artículos que ya están y que solo permiten las reglas nuevas, el feed publica como máximo los { $articles } más candentes.
}

# Which articles a feed takes. Each text is an item of a line.
rule-any-topic = cualquier tema
rule-topic = tema **{ $topic }** y sus subtemas
rule-type = tipo **{ $kind }**
rule-source = fuente **{ $source }**
# $words is a list of words with commas between.
rule-words = con alguna de **{ $words }**
rule-without = sin **{ $words }**
rule-any-quality = cualquier calidad
rule-quality = calidad de { $min } o más
rule-heat = temperatura de { $min } o más
rule-any-age = cualquier antigüedad
rule-age = { $days ->
    [one] hasta { $days } día de antigüedad
   *[other] hasta { $days } días de antigüedad
}

# When and how a feed posts. Each text is an item of a line.
pacing-per-hour = { $posts ->
    [one] como máximo { $posts } publicación por hora
   *[other] como máximo { $posts } publicaciones por hora
}
pacing-quiet-hours = horas de silencio { $hours }
pacing-digest-hourly = resumen cada hora
pacing-digest-daily = resumen cada día a las { $time }
pacing-digest-weekly = resumen cada { $day } a las { $time }
pacing-time-zone = zona horaria { $zone }
pacing-thread = un hilo para cada publicación
pacing-crosspost = publica también en otros servidores
pacing-silent = sin notificaciones
pacing-mention = menciona { $role }

# /feed list. Each text is an item of a line.
feeds-count = { $feeds ->
    [one] **{ $feeds } feed**
   *[other] **{ $feeds } feeds**
}
feeds-paused = ⚠️ { $feeds } en pausa
posts-due = { $posts ->
    [one] { $posts } pendiente
   *[other] { $posts } pendientes
}
posts-sent = { $posts ->
    [one] { $posts } enviada
   *[other] { $posts } enviadas
}
posts-failed = ⚠️ { $posts ->
    [one] { $posts } fallida
   *[other] { $posts } fallidas
}
posts-unknown = ⚠️ { $posts } sin confirmar
posts-expired = { $posts ->
    [one] { $posts } caducada
   *[other] { $posts } caducadas
}
posts-withdrawn = { $posts ->
    [one] { $posts } retirada
   *[other] { $posts } retiradas
}
posts-withheld = ⚠️ { $posts } por retirar, si tú lo decides

# Buttons. At most 80 characters, and a longer text loses its end.
button-resend = Publicar de nuevo «{ $title }»
button-dismiss = Ignorar «{ $title }»
button-withdraw = Retirar «{ $title }»
button-withdraw-all = Retirar mensajes del feed { $feed } ({ $posts })
button-keep-all = Conservar mensajes del feed { $feed } ({ $posts })

# What a button did.
decided-resend = ✅ «{ $title }» se publicará en { $channel }.
decided-dismiss = ✅ «{ $title }» se queda como está.
decided-withdraw = ✅ «{ $title }» se retirará, si su archivo lo sigue indicando.
decided-withdraw-all = { $posts ->
    [one] ✅ Se retirará { $posts } mensaje del feed **{ $feed }**.
   *[other] ✅ Se retirarán { $posts } mensajes del feed **{ $feed }**.
}
decided-keep-all = { $posts ->
    [one] ✅ Se conserva { $posts } mensaje del feed **{ $feed }**.
   *[other] ✅ Se conservan { $posts } mensajes del feed **{ $feed }**.
}

# A feed and a post of a feed, on the page of the demo. Each text is an item of a line.
note-feed = Feed **{ $feed }**
post-feed = feed **{ $feed }**
post-sent = publicado { $when }
post-corrected = corregido { $when }
post-thread-due = el hilo está pendiente
post-thread-done = con un hilo
post-thread-refused = ⚠️ sin hilo
post-crosspost-due = aún no publicado en otros servidores
post-crosspost-done = publicado en otros servidores
post-crosspost-refused = ⚠️ no publicado en otros servidores
post-stories-withdrawn = noticias retiradas: { $withdrawn } de { $stories }
post-withheld = ⚠️ { $stories } por retirar, si un moderador lo decide
post-withdrawal-refused = ⚠️ debería retirarse, pero Discord lo rechaza

# /feed post, and Resend in /why.
post-not-visible = Ningún artículo visible tiene este nombre: el archivo falta, no se puede leer o no está publicado. Elige un artículo de la lista.
post-no-link = Este artículo no tiene un enlace que Discord acepte, así que el bot no puede publicarlo. Añade `webUrl` al archivo.
post-stands = Esta noticia ya está en el canal, o su publicación está en curso.
post-open = Una publicación de esta noticia falló, o no se sabe cómo terminó. Decide primero sobre ella en `/feed list`.
feed-post-description = Publicar ahora un artículo en el canal de un feed
feed-option-article = El artículo
feed-posted = ✅ El feed **{ $feed }** publicó el artículo en { $channel }: { $link }
feed-post-failed = La publicación del feed **{ $feed }** en { $channel } no salió bien. `/why` dice por qué, y `/feed list` tiene botones para decidir.
feed-post-waits = El feed **{ $feed }** publica el artículo en { $channel } en cuanto Discord lo acepte. `/why` dice qué pasa con él.
button-resend-in = Reenviar en el feed { $feed }
