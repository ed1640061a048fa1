# Reasons: why a feed is paused, why a post is missing, what a feed waits for, and why the bot did not do what a
# moderator asked for. In all of them, $when is Discord's own text, as "in 3 minutes" or "3 minutes ago".

# How a feed is, in a list. $reason is one of the pause- texts.
feed-state-active = activo
feed-state-awaiting-articles = empieza cuando haya artículos y el bot los haya leído todos
feed-state-paused-by-moderator = ⏸️ pausado por un moderador. `/feed resume` termina la pausa.
feed-state-paused = ⚠️ **en pausa**: { $reason }
feed-state-paused-by-both = ⚠️ **pausado** por un moderador. Además, no puede publicar: { $reason }
feed-state-foreign-channel = ⚠️ **en pausa**: El canal pertenece a otro servidor, así que este feed no publica nada. Elimina este feed con `/feed remove`.
feed-state-left = El bot salió de este servidor { $when }.

# Why a feed is paused.
pause-channel-deleted = Alguien eliminó el canal. Elimina este feed con `/feed remove` y añade un feed para otro canal.
pause-role-deleted = Alguien eliminó el rol que este feed menciona. Elige otro rol con `/feed edit` y después usa `/feed resume`.
pause-settings-unreadable = El bot no puede leer todos los ajustes de este feed en su base de datos: { $settings }. Cámbialos con `/feed edit` y después usa `/feed resume`.
pause-row-unreadable = El bot no puede leer lo que su base de datos guarda sobre una publicación de este canal (fila { $row }). Quien administra el bot puede reparar la base de datos. `/feed resume` continúa sin esa publicación.
pause-channel-unknown = Discord dice que el canal no existe. Elimina este feed con `/feed remove` y añade un feed para otro canal.
pause-not-in-server = El bot no está en este servidor. Vuelve a invitar al bot y después usa `/feed resume`.
pause-channel-hidden = El bot no puede ver el canal. Concédele allí { $permission } y después usa `/feed resume`.
pause-permissions-missing = Al bot le faltan permisos en el canal: { $permissions }. Concédeselos allí o quita el aislamiento temporal al bot. Después usa `/feed resume`.
pause-posting-forbidden = Discord no deja que el bot publique en el canal. Concédele allí { $permissions } y después usa `/feed resume`.
pause-changing-forbidden = Discord no deja que el bot cambie sus propios mensajes en el canal. Concédele allí { $permissions } y, si el bot está en aislamiento temporal, quítaselo. Después usa `/feed resume`.
pause-changing-forum-posts-forbidden = Discord no deja que el bot cambie sus propios mensajes en las publicaciones del foro. Concédele { $permissions } en el foro y, si el bot está en aislamiento temporal, quítaselo. Después usa `/feed resume`.
pause-channel-type-changed = El canal ya no es del mismo tipo que cuando se creó este feed. Elimina este feed con `/feed remove` y vuelve a añadirlo.
pause-no-tag-allowed = Este foro exige una etiqueta en cada publicación y no tiene ninguna que el bot pueda poner. Añade una etiqueta que no sea solo para moderadores o desactiva «Exigir etiquetas». Después usa `/feed resume`.
pause-no-tag-matches = Este foro exige una etiqueta en cada publicación y ninguna etiqueta tiene el nombre de un tema del artículo. Añade etiquetas con los nombres de tus temas o desactiva «Exigir etiquetas». Después usa `/feed resume`.
pause-thread-locked = El hilo está bloqueado, así que Discord no acepta mensajes en él. Desbloquea el hilo o concede al bot { $permission } en su canal. Después usa `/feed resume`.
pause-unknown = Otra versión del bot puso en pausa este feed y esta versión no puede leer el motivo. Usa `/feed resume` para intentarlo de nuevo.

# In a list: a setting with the start of what the database holds.
setting-channel-type = tipo de canal «{ $value }»
setting-words = palabras «{ $value }»
setting-without = palabras excluidas «{ $value }»
setting-max-age = antigüedad máxima «{ $value }»
setting-posts-per-hour = publicaciones por hora «{ $value }»
setting-quiet-hours = horas de silencio «{ $value }»
setting-time-zone = zona horaria «{ $value }»
setting-digest = resumen «{ $value }»
setting-backfill = artículos anteriores «{ $value }»
setting-status = estado «{ $value }»
setting-time = fecha «{ $value }»

# Why a post failed, was withdrawn, or may be missing. $refusal is refusal-with-words or refusal-without-words.
delivery-withdrawal-refused = Discord no dejó eliminar ni cambiar el mensaje. { $refusal }
delivery-correction-refused = Discord rechazó una corrección del mensaje. { $refusal }
delivery-file-hid = Su archivo decía que el artículo no estaba publicado, estaba eliminado o era un borrador.
delivery-file-gone = Su archivo ya no existía.
delivery-message-deleted = Alguien eliminó el mensaje en Discord.
delivery-unconfirmed = Discord no confirmó la publicación y el bot no puede buscarla. { $cause }
delivery-reason-unknown = Otra versión del bot guardó el motivo y esta versión no puede leerlo.

follow-up-threads-forbidden = El bot no pudo abrir un hilo en la publicación. Concédele { $permission } en el canal para las próximas publicaciones.
follow-up-crossposts-forbidden = El bot no pudo publicar el mensaje en los canales que siguen a este. Concédele { $permission } en el canal para las próximas publicaciones.
follow-up-thread-deletion-forbidden = El bot no pudo eliminar el hilo, solo su propio mensaje en el hilo. Concédele { $permission } en el foro para las próximas publicaciones.
follow-up-wrong-channel-type = Un canal de este tipo no admite el hilo o la publicación en otros servidores que pide este feed. Desactívalos con `/feed edit`.
follow-up-refused = Discord rechazó el hilo o la publicación en otros servidores. { $refusal }

search-history-hidden = Al bot le faltan permisos en el canal: { $permissions }.
search-too-many-messages = El canal tiene demasiados mensajes más recientes.
search-forum-post-deleted = Alguien eliminó el primer mensaje de una publicación del bot en el foro, y puede que fuera este.

# $cause is one of the refusal- texts above, $said are Discord's own words.
refusal-with-words = { $cause } Respuesta de Discord: { $said } ({ $details }).
refusal-without-words = { $cause } La respuesta de Discord no tiene texto ({ $details }).
refusal-details = estado { $status }, código { $code }
refusal-details-fields = estado { $status }, código { $code }, campos { $fields }

refusal-message-gone = El mensaje ya no existe.
refusal-explicit = Discord considera que el contenido es explícito y no lo permite en este canal.
refusal-automod-text = El AutoMod de este servidor bloquea el texto. Un moderador puede cambiar las reglas de AutoMod en los ajustes del servidor.
refusal-automod-title = El AutoMod de este servidor bloquea el título. Un moderador puede cambiar las reglas de AutoMod en los ajustes del servidor.
refusal-harmful-link = Discord considera que un enlace es dañino.
refusal-faulty-content = Discord no acepta una parte del mensaje. Corrige el archivo del artículo.
refusal-impossible-message = Discord no acepta un mensaje de esta forma o tamaño. Avisa de este fallo del bot, por favor.
refusal-thread-archived = El hilo está archivado y el bot no puede volver a abrirlo. Concédele { $permission } en el foro.
refusal-thread-locked = El hilo está bloqueado. Desbloquéalo o concede al bot { $permission } en el foro.
refusal-other = El bot no conoce este motivo de rechazo.

# What a feed waits for.
wait-quiet-hours = El feed espera hasta que terminen sus horas de silencio, { $when }.
wait-full-hour = El feed ya publicó todo lo que permite su límite por hora. Continúa { $when }.
wait-digest = El próximo resumen llega { $when }.
wait-no-answer = Discord no respondió. El bot lo intenta de nuevo { $when }.
wait-outage = Discord está caído (estado { $status }). El bot lo intenta de nuevo { $when }.
wait-blocked = Discord rechaza todas las solicitudes del bot. El bot lo intenta de nuevo { $when }. El registro del bot dice más; pregunta a quien gestiona el bot.
wait-too-many-threads = Este servidor tiene todos los hilos abiertos que Discord permite. Cierra o archiva algunos hilos. El bot lo intenta de nuevo { $when }.
wait-crosspost-limit = Discord solo deja que el bot publique en otros servidores unos pocos mensajes por hora desde un canal. El bot continúa { $when }.
wait-edit-limit = Discord solo deja que el bot cambie unos pocos mensajes antiguos a la vez. El bot continúa { $when }.
wait-limit = Discord le pide al bot que espere. El bot continúa { $when }.
# $cause is one of the five lines that follow.
wait-database = { $cause } El bot lo intenta de nuevo { $when }. Si sigue así, avisa a quien gestiona el bot.
database-busy = Otro programa bloquea la base de datos del bot.
database-unreachable = El bot no puede conectarse a su servidor de base de datos.
database-full = El disco con la base de datos del bot está lleno.
database-read-only = El bot no puede escribir en su base de datos.
database-damaged = La base de datos del bot está dañada.
database-unusable = El bot no puede usar su base de datos.

# A delivery that needs a moderator's decision, in a list.
feed-delivery = ⚠️ «{ $title }» en { $channel }, { $feed }, { $when }: { $state }
feed-delivery-feed = feed **{ $feed }**
feed-delivery-removed-feed = feed **{ $feed }**, ya eliminado
feed-delivery-failed = La publicación falló.
feed-delivery-not-withdrawn = La publicación debería retirarse, pero el mensaje sigue ahí.
feed-delivery-unknown = El bot no sabe si la publicación está en el canal.

# Why the bot did not do what a moderator asked for.
desk-too-many-feeds = Este servidor tiene { $feeds } feeds y no puede tener más. Elimina un feed con `/feed remove`.
desk-no-such-feed = Este feed ya no existe. `/feed list` muestra los feeds actuales.
desk-foreign-channel = El canal de este feed pertenece a otro servidor, así que el bot no publica nada allí. Elimina el feed con `/feed remove`.
desk-no-such-delivery = Esto ya está resuelto. `/feed list` muestra lo que queda por decidir.
desk-database = El bot no puede usar su base de datos ahora. Inténtalo de nuevo en un minuto. Si sigue así, avisa a quien gestiona el bot.
desk-stopping = El bot se está apagando. Inténtalo de nuevo en un minuto.
desk-busy = El bot está ocupado y no respondió en { $seconds } segundos. Puede que aún lo haga. `/feed list` muestra cómo está todo.

# $cause is one of the test- lines that follow, a pause- text, or a refusal.
test-not-posted = El bot no publicó la prueba. { $cause }
test-no-article = Ningún artículo visible tiene un enlace. Añade un artículo con un enlace y después usa `/reload`.
test-limited = Discord le pide al bot que espere. Inténtalo de nuevo en un minuto.
test-not-now = Discord no pudo aceptar la publicación. Inténtalo de nuevo en un minuto.
test-wrong-token = Discord rechaza el token del bot. Avisa a quien gestiona el bot.
test-picture = Discord rechaza la imagen del artículo.
test-no-place = Discord aceptó la prueba, pero no dijo dónde está el mensaje.
test-unconfirmed = Discord no confirmó la prueba. Busca el mensaje en el canal. Si no está, inténtalo de nuevo en un minuto.
test-deleted = El bot publicó la prueba, pero el mensaje ya no existe.

resend-feed-paused = El feed **{ $feed }** está en pausa. Usa `/feed resume` e inténtalo de nuevo.
resend-no-article = Ningún artículo visible trata esta noticia ahora: el archivo ya no existe, no se puede leer o no está publicado. Corrige el archivo e inténtalo de nuevo, o ignora la publicación.

# Permissions, as Discord's clients show them.
permission-view-channel = Ver canal
permission-send-messages = Enviar mensajes
permission-embed-links = Insertar enlaces
permission-read-message-history = Leer el historial de mensajes
permission-mention-everyone = Mencionar @everyone, @here y todos los roles
permission-create-public-threads = Crear hilos públicos
permission-send-messages-in-threads = Enviar mensajes en hilos
permission-manage-threads = Gestionar hilos
permission-administrator = Administrador
permission-other = otro permiso

# What a moderator should know about the channel of a feed.
advice-lacking = ⚠️ Al bot le faltan permisos en { $channel }: { $permissions }. El feed no puede funcionar hasta que se los concedas (Editar canal, Permisos).
advice-channel-gone = ⚠️ Discord dice que { $channel } no existe, así que el feed no puede publicar allí.
advice-unknown = ⚠️ El bot no pudo preguntar a Discord qué puede hacer en { $channel }. Usa `/feed test` para probarlo.
advice-mention = ⚠️ No todos pueden mencionar { $role } y al bot le falta { $permission } en { $channel }: las publicaciones muestran el rol y no notifican a nadie. Concede al bot este permiso o deja que todos mencionen el rol.
advice-thread-deletion = Sin { $permission } en { $channel }, el bot solo puede retirar el primer mensaje de una publicación, no la publicación entera. Este permiso es opcional.
advice-thread-locked = ⚠️ { $channel } está bloqueado y al bot le falta { $permission } ahí. El feed no puede publicar hasta que desbloquees el hilo o concedas este permiso.
advice-archived-posts = Sin { $permission } en { $channel }, el bot no puede corregir una publicación que Discord archivó. Este permiso es opcional.
advice-tags = ⚠️ { $channel } exige una etiqueta en cada publicación. El bot pone las etiquetas que tienen el nombre de un tema del artículo. Un artículo sin una etiqueta así no se puede publicar allí y pone el feed en pausa.
advice-no-tag = ⚠️ { $channel } exige una etiqueta en cada publicación y no tiene una etiqueta **{ $topic }** que el bot pueda poner. Añade esta etiqueta o desactiva «Exigir etiquetas».
