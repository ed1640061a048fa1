# Reasons: why a feed is paused, why a post is missing, what a feed waits for, and why the bot did not do what a
# moderator asked for. In all of them, $when is Discord's own text, as "in 3 minutes" or "3 minutes ago".

# How a feed is, in a list. $reason is one of the pause- texts.
feed-state-active = active
feed-state-awaiting-articles = starts when there are articles and the bot has read all of them
feed-state-paused-by-moderator = ⏸️ paused by a moderator. `/feed resume` ends the pause.
feed-state-paused = ⚠️ **paused**: { $reason }
feed-state-paused-by-both = ⚠️ **paused** by a moderator. It also cannot post: { $reason }
feed-state-foreign-channel = ⚠️ **paused**: The channel belongs to another server, so this feed posts nothing. Remove this feed with `/feed remove`.
feed-state-left = The bot left this server { $when }.

# Why a feed is paused.
pause-channel-deleted = The channel was deleted. Remove this feed with `/feed remove`, then add a feed for another channel.
pause-role-deleted = The role that this feed mentions was deleted. Choose another role with `/feed edit`, then use `/feed resume`.
pause-settings-unreadable = The bot cannot read all settings of this feed in its database: { $settings }. Set them with `/feed edit`, then use `/feed resume`.
pause-row-unreadable = The bot cannot read what its database holds about a post in this channel (row { $row }). The operator of the bot can repair the database. `/feed resume` goes on without that post.
pause-channel-unknown = Discord says that the channel does not exist. Remove this feed with `/feed remove`, then add a feed for another channel.
pause-not-in-server = The bot is not in this server. Invite the bot again, then use `/feed resume`.
pause-channel-hidden = The bot cannot see the channel. Grant the bot { $permission } there, then use `/feed resume`.
pause-permissions-missing = The bot lacks permissions in the channel: { $permissions }. Grant them to the bot there, or end the timeout of the bot. Then use `/feed resume`.
pause-posting-forbidden = Discord does not let the bot post in the channel. Grant the bot { $permissions } there, then use `/feed resume`.
pause-changing-forbidden = Discord does not let the bot change its own messages in the channel. Grant the bot { $permissions } there, and end the timeout of the bot if there is one. Then use `/feed resume`.
pause-changing-forum-posts-forbidden = Discord does not let the bot change its own messages in the posts of the forum. Grant the bot { $permissions } in the forum, and end the timeout of the bot if there is one. Then use `/feed resume`.
pause-channel-type-changed = The channel has another type than when this feed was made. Remove this feed with `/feed remove`, then add it again.
pause-no-tag-allowed = This forum requires a tag on every post, and it has no tag that the bot may set. Add a tag that is not for moderators only, or turn off “Require tags”. Then use `/feed resume`.
pause-no-tag-matches = This forum requires a tag on every post, and no tag has the name of a topic of the article. Add tags with the names of your topics, or turn off “Require tags”. Then use `/feed resume`.
pause-thread-locked = The thread is locked, so Discord takes no messages there. Unlock the thread, or grant the bot { $permission } in its channel. Then use `/feed resume`.
pause-unknown = Another version of the bot paused this feed, and this version cannot read the reason. Use `/feed resume` to try again.

# In a list: a setting with the start of what the database holds.
setting-channel-type = channel type “{ $value }”
setting-words = words “{ $value }”
setting-without = excluded words “{ $value }”
setting-max-age = age limit “{ $value }”
setting-posts-per-hour = posts an hour “{ $value }”
setting-quiet-hours = quiet hours “{ $value }”
setting-time-zone = time zone “{ $value }”
setting-digest = digest “{ $value }”
setting-backfill = backfill “{ $value }”
setting-status = status “{ $value }”
setting-time = time “{ $value }”

# Why a post failed, was withdrawn, or may be missing. $refusal is refusal-with-words or refusal-without-words.
delivery-withdrawal-refused = Discord refused to delete or change the message. { $refusal }
delivery-correction-refused = Discord refused a correction of the message. { $refusal }
delivery-file-hid = Its file said that the article was unpublished, removed, or a draft.
delivery-file-gone = Its file was gone.
delivery-message-deleted = Somebody deleted the message in Discord.
delivery-unconfirmed = Discord did not confirm the post, and the bot cannot search for it. { $cause }
delivery-reason-unknown = Another version of the bot saved the reason, and this version cannot read it.

follow-up-threads-forbidden = The bot could not open a thread at the post. Grant the bot { $permission } in the channel for the next posts.
follow-up-crossposts-forbidden = The bot could not publish the post to the channels that follow. Grant the bot { $permission } in the channel for the next posts.
follow-up-thread-deletion-forbidden = The bot could not delete the thread, only its own message in the thread. Grant the bot { $permission } in the forum for the next posts.
follow-up-wrong-channel-type = A channel of this type cannot have the thread or the publication that this feed asks for. Turn them off with `/feed edit`.
follow-up-refused = Discord refused the thread or the publication of the post. { $refusal }

search-history-hidden = The bot lacks permissions in the channel: { $permissions }.
search-too-many-messages = The channel has too many newer messages.
search-forum-post-deleted = Somebody deleted the first message of a forum post of the bot, and it may have been this one.

# $cause is one of the refusal- texts above, $said are Discord's own words.
refusal-with-words = { $cause } Discord's answer: { $said } ({ $details }).
refusal-without-words = { $cause } Discord's answer has no text ({ $details }).
refusal-details = status { $status }, code { $code }
refusal-details-fields = status { $status }, code { $code }, fields { $fields }

refusal-message-gone = The message is gone.
refusal-explicit = Discord regards the content as explicit and does not allow it in this channel.
refusal-automod-text = AutoMod of this server blocks the text. A moderator can change the rules of AutoMod in the server settings.
refusal-automod-title = AutoMod of this server blocks the title. A moderator can change the rules of AutoMod in the server settings.
refusal-harmful-link = Discord regards a link as harmful.
refusal-faulty-content = Discord does not accept a part of the message. Fix the file of the article.
refusal-impossible-message = Discord does not accept a message of this form or size. Please report this fault of the bot.
refusal-thread-archived = The thread is archived, and the bot may not open it again. Grant the bot { $permission } in the forum.
refusal-thread-locked = The thread is locked. Unlock the thread, or grant the bot { $permission } in the forum.
refusal-other = The bot does not know this refusal.

# What a feed waits for.
wait-quiet-hours = The feed waits until its quiet hours end { $when }.
wait-full-hour = The feed has posted as much as its limit for one hour allows. It goes on { $when }.
wait-digest = The next digest comes { $when }.
wait-no-answer = Discord did not answer. The bot tries again { $when }.
wait-outage = Discord has an outage (status { $status }). The bot tries again { $when }.
wait-blocked = Discord refuses every request of the bot. The bot tries again { $when }. The log of the bot says more; ask the person who runs the bot.
wait-too-many-threads = This server has as many open threads as Discord allows. Close or archive some threads. The bot tries again { $when }.
wait-crosspost-limit = Discord lets the bot publish only a few posts an hour from one channel. The bot goes on { $when }.
wait-edit-limit = Discord lets the bot change only a few older messages at a time. The bot goes on { $when }.
wait-limit = Discord asks the bot to wait. The bot goes on { $when }.
# $cause is one of the five lines that follow.
wait-database = { $cause } The bot tries again { $when }. If this stays, tell the person who runs the bot.
database-busy = Another program blocks the database of the bot.
database-unreachable = The bot cannot reach its database server.
database-full = The disk with the database of the bot is full.
database-read-only = The bot may not write to its database.
database-damaged = The database of the bot is damaged.
database-unusable = The bot cannot use its database.

# A delivery that needs a moderator's decision, in a list.
feed-delivery = ⚠️ “{ $title }” in { $channel }, { $feed }, { $when }: { $state }
feed-delivery-feed = feed **{ $feed }**
feed-delivery-removed-feed = feed **{ $feed }** that was removed
feed-delivery-failed = The post failed.
feed-delivery-not-withdrawn = The post should be withdrawn, but the message is still there.
feed-delivery-unknown = The bot does not know whether the post is in the channel.

# Why the bot did not do what a moderator asked for.
desk-too-many-feeds = This server has { $feeds } feeds, and more are not possible. Remove a feed with `/feed remove`.
desk-no-such-feed = This feed is gone. `/feed list` shows the current feeds.
desk-foreign-channel = The channel of this feed belongs to another server, so the bot posts nothing there. Remove the feed with `/feed remove`.
desk-no-such-delivery = This is settled already. `/feed list` shows what is open.
desk-database = The bot cannot use its database now. Try again in a minute. If this stays, tell the person who runs the bot.
desk-stopping = The bot is stopping. Try again in a minute.
desk-busy = The bot is busy and did not answer within { $seconds } seconds. It may still do this. `/feed list` shows how things stand.

# $cause is one of the test- lines that follow, a pause- text, or a refusal.
test-not-posted = The bot did not post the test. { $cause }
test-no-article = No visible article has a link. Add an article with a link, then use `/reload`.
test-limited = Discord asks the bot to wait. Try again in a minute.
test-not-now = Discord could not take the post. Try again in a minute.
test-wrong-token = Discord refuses the token of the bot. Tell the person who runs the bot.
test-picture = Discord refuses the picture of the article.
test-no-place = Discord took the test, but did not say where the message is.
test-unconfirmed = Discord did not confirm the test. Look for the message in the channel. If it is not there, try again in a minute.
test-deleted = The bot posted the test, but the message is gone.

resend-feed-paused = Feed **{ $feed }** is paused. Use `/feed resume`, then try again.
resend-no-article = No visible article tells this story now: the file is gone, unreadable, or not published. Fix the file and try again, or dismiss the post.

# Permissions, as Discord's clients show them.
permission-view-channel = View Channel
permission-send-messages = Send Messages
permission-embed-links = Embed Links
permission-read-message-history = Read Message History
permission-mention-everyone = Mention @everyone, @here, and All Roles
permission-create-public-threads = Create Public Threads
permission-send-messages-in-threads = Send Messages in Threads
permission-manage-threads = Manage Threads
permission-administrator = Administrator
permission-other = another permission

# What a moderator should know about the channel of a feed.
advice-lacking = ⚠️ The bot lacks permissions in { $channel }: { $permissions }. The feed cannot work until you grant them (Edit Channel, Permissions).
advice-channel-gone = ⚠️ Discord says that { $channel } does not exist, so the feed cannot post there.
advice-unknown = ⚠️ The bot could not ask Discord what it may do in { $channel }. Use `/feed test` to try.
advice-mention = ⚠️ Not everybody may mention { $role }, and the bot lacks { $permission } in { $channel }: posts show the role and notify nobody. Grant the bot this permission, or allow everybody to mention the role.
advice-thread-deletion = Without { $permission } in { $channel } the bot can withdraw only the first message of a post, not the post itself. This permission is optional.
advice-thread-locked = ⚠️ { $channel } is locked, and the bot lacks { $permission } there. The feed cannot post until you unlock the thread or grant this permission.
advice-archived-posts = Without { $permission } in { $channel } the bot cannot correct a post that Discord has archived. This permission is optional.
advice-tags = ⚠️ { $channel } requires a tag on each post. The bot sets the tags that have the name of a topic of the article. An article without such a tag cannot be posted there and pauses the feed.
advice-no-tag = ⚠️ { $channel } requires a tag on each post and has no tag **{ $topic }** that the bot may set. Add this tag, or turn off “Require tags”.
