# /settings: what the moderators of a server chose.

# The command as Discord lists it. Each text has at most 100 characters.
settings-description = Where the bot reports troubles, and the language of its posts
settings-option-notices = A channel where the bot reports paused feeds and failed posts, each once
settings-option-language = The language of the bot’s posts in this server
settings-option-clear = A setting to take away
settings-clear-notices = the channel for reports
settings-clear-language = the language; posts follow the server’s again
# The names are the same in all languages, as in the settings of Discord.
language-english = English
language-german = Deutsch
language-french = Français
language-spanish = Español
language-brazilian-portuguese = Português do Brasil
language-japanese = 日本語

settings-without-database = The bot runs without a database, so it keeps no settings. The person who runs the bot can set `DATABASE_URL`.
settings-contradiction = You set and cleared the same setting, so the bot changed nothing. Leave one of the two options out.
settings-wrong-channel = { $channel } is neither a text channel nor an announcement channel, so the bot changed nothing. Choose one of these.
settings-lacking = ⚠️ The bot lacks permissions in { $channel }: { $permissions }. It changed nothing. Grant them (Edit Channel, Permissions), then use `/settings` again.
settings-test-refused = ⚠️ Discord refused the test message in { $channel }, so the bot changed nothing. Check what the bot may do there, and whether AutoMod or a timeout stops it.
settings-test-unconfirmed = ⚠️ Discord did not confirm the test message in { $channel }, so the bot changed nothing. Try again in a minute.

# What a change did.
settings-notices-set = ✅ The bot reports troubles in { $channel } from now on. It sent a test message there.
settings-notices-cleared = ✅ The bot reports troubles in no channel any more. `/feed list` and `/status` still show them.
settings-language-set = ✅ New posts are in this language: { $language }. Messages that are already there stay as they are.
settings-language-cleared = ✅ New posts follow the language of the server again. Messages that are already there stay as they are.

# What is chosen now.
settings-notices = **Reports of troubles:** { $channel }
settings-notices-none = **Reports of troubles:** no channel. Choose one with the option `notices`.
settings-language = **Language of posts:** { $language }, chosen with `/settings`
settings-language-of-server = **Language of posts:** { $language }, because of the language of this server (Server Settings)

# The test message in the channel.
notice-test = **Test message.** A moderator has just chosen this channel with `/settings`. The bot reports here when a feed of this server is paused, when a post fails, when withdrawals wait for a decision, and when such a trouble is over: each once, in at most 6 messages an hour. This message itself reports no trouble.
