# Who may use what is for moderators.

moderators-no-server = Solo los moderadores de un servidor pueden usar esto. No funciona en mensajes directos.
moderators-only = Solo los moderadores pueden usar esto. Necesitas el permiso «Gestionar servidor». Un administrador también puede permitirte este comando en Ajustes del servidor, Integraciones.
moderators-unknown = El bot no pudo preguntar a Discord quién puede usar este comando aquí, así que ahora solo pueden usarlo los miembros con «Gestionar servidor». Inténtalo de nuevo en un minuto.
moderators-busy = El bot está ocupado con otros comandos. Inténtalo de nuevo en un minuto.

# /reload and problems of files, where OPERATOR_GUILD_IDS leaves the server out.
operators-only = Los archivos de artículos son de quien gestiona el bot. Solo los moderadores de sus servidores pueden volver a leerlos y ver sus problemas. Si falta un artículo o tiene un error, avisa a quien gestiona el bot.

server-without-bot = El bot no está en este servidor, así que no tiene moderadores aquí. Primero, alguien con el permiso «Gestionar servidor» debe añadir el bot al servidor.
server-unknown = El bot no pudo preguntar a Discord si está en este servidor. Inténtalo de nuevo en un minuto.

command-from-another-version = Este comando es de otra versión del bot. Recarga Discord para ver los comandos actuales.
