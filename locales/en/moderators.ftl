# Who may use what is for moderators.

moderators-no-server = Only moderators of a server can use this. It does not work in direct messages.
moderators-only = Only moderators can use this. You need the permission Manage Server. An administrator can also allow you this command under Server Settings, Integrations.
moderators-unknown = The bot could not ask Discord who may use this command here, so only members with Manage Server can use it now. Try again in a minute.
moderators-busy = The bot is busy with other commands. Try again in a minute.

# /reload and problems of files, where OPERATOR_GUILD_IDS leaves the server out.
operators-only = The article files belong to the operator of the bot. Only moderators of the operator’s servers can read them again and see their problems. Ask the person who runs the bot if an article is missing or wrong.

server-without-bot = The bot is not in this server, so it has no moderators here. Somebody with the permission Manage Server must add the bot to the server first.
server-unknown = The bot could not ask Discord whether it is in this server. Try again in a minute.

command-from-another-version = This command is from another version of the bot. Reload Discord to see the current commands.
