# /settings: what the moderators of a server chose.

# The command as Discord lists it. Each text has at most 100 characters.
settings-description = Dónde avisa el bot de los problemas y el idioma de sus publicaciones
settings-option-notices = Un canal donde el bot avisa una vez de cada feed en pausa y cada publicación fallida
settings-option-language = El idioma de las publicaciones del bot en este servidor
settings-option-clear = Un ajuste que quitar
settings-clear-notices = el canal de avisos
settings-clear-language = el idioma; las publicaciones siguen otra vez el del servidor
# The names are the same in all languages, as in the settings of Discord.
language-english = English
language-german = Deutsch
language-french = Français
language-spanish = Español
language-brazilian-portuguese = Português do Brasil
language-japanese = 日本語

settings-without-database = El bot funciona sin base de datos, así que no guarda ajustes. Quien gestiona el bot puede configurar `DATABASE_URL`.
settings-contradiction = Pusiste y quitaste el mismo ajuste, así que el bot no cambió nada. Deja fuera una de las dos opciones.
settings-wrong-channel = { $channel } no es un canal de texto ni un canal de anuncios, así que el bot no cambió nada. Elige uno de estos.
settings-lacking = ⚠️ Al bot le faltan permisos en { $channel }: { $permissions }. No cambió nada. Concédeselos (Editar canal, Permisos) y después usa otra vez `/settings`.
settings-test-refused = ⚠️ Discord rechazó el mensaje de prueba en { $channel }, así que el bot no cambió nada. Comprueba qué puede hacer el bot allí y si AutoMod o un aislamiento temporal lo impide.
settings-test-unconfirmed = ⚠️ Discord no confirmó el mensaje de prueba en { $channel }, así que el bot no cambió nada. Inténtalo de nuevo en un minuto.

# What a change did.
settings-notices-set = ✅ A partir de ahora, el bot avisa de los problemas en { $channel }. Allí envió un mensaje de prueba.
settings-notices-cleared = ✅ El bot ya no avisa de los problemas en ningún canal. `/feed list` y `/status` los siguen mostrando.
settings-language-set = ✅ Las publicaciones nuevas están en este idioma: { $language }. Los mensajes que ya están ahí se quedan como están.
settings-language-cleared = ✅ Las publicaciones nuevas siguen otra vez el idioma del servidor. Los mensajes que ya están ahí se quedan como están.

# What is chosen now.
settings-notices = **Avisos de problemas:** { $channel }
settings-notices-none = **Avisos de problemas:** ningún canal. Elige uno con la opción `notices`.
settings-language = **Idioma de las publicaciones:** { $language }, elegido con `/settings`
settings-language-of-server = **Idioma de las publicaciones:** { $language }, por el idioma de este servidor (Ajustes del servidor)

# The test message in the channel.
notice-test = **Mensaje de prueba.** Un moderador acaba de elegir este canal con `/settings`. El bot avisa aquí cuando un feed de este servidor está en pausa, cuando una publicación falla, cuando hay retiradas que esperan una decisión y cuando un problema así termina: una vez de cada cosa, en 6 mensajes por hora como máximo. Este mensaje no avisa de ningún problema.
