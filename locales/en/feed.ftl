# /feed: the feeds of a server.

# The command as Discord lists it. Each description has at most 100 characters.
feed-description = Channels that get new articles
feed-add-description = Makes a feed: a channel that gets new articles
feed-list-description = Shows all feeds of this server, troubles first
feed-edit-description = Changes a feed; options that you leave out stay as they are
feed-pause-description = Pauses a feed; due articles stay due
feed-resume-description = Resumes a feed
feed-remove-description = Removes a feed; its messages stay
feed-test-description = Posts one card, marked as a test, without a mention
feed-option-channel = The channel that gets the articles
feed-option-feed = The feed
feed-option-topic = Only articles on this topic and the topics below it
feed-option-topic-edit = Only articles on this topic and the topics below it; none for any topic
feed-option-type = Only articles of this type, as article or video
feed-option-type-edit = Only articles of this type, as article or video; none for any type
feed-option-min-quality = The lowest quality of an article
feed-option-min-heat = The lowest heat of an article
feed-option-max-age-days = The highest age of an article in days; 0 for any age
feed-option-mention = A role that each post mentions
feed-option-max-per-hour = The highest number of posts in an hour (1 to { $posts })
feed-option-quiet-hours = When the feed posts nothing, as 22:00-07:00
feed-option-quiet-hours-edit = When the feed posts nothing, as 22:00-07:00; none to post at any time
feed-option-timezone = The time zone of quiet hours and digests, as Europe/Berlin
feed-option-digest = Posts the hottest articles together: off, hourly, or daily 09:00
feed-option-thread = Opens a thread for each post
feed-option-crosspost = Publishes each post to the servers that follow the channel
feed-option-backfill = How many of the hottest articles to post at once (0 to { $articles })
feed-option-clear = A setting to remove
feed-clear-mention = the mention
feed-clear-min-heat = the lowest heat

# What Discord offers while a moderator types. At most 100 characters, without markup. $feed is a number.
# $about is a channel, and where the feed has them its topic and its type: "#news · AI · video".
choice-feed = Feed { $feed }: { $about }
choice-feed-paused = Feed { $feed } (paused): { $about }
# A channel whose name the bot does not know.
choice-channel = channel { $channel }
choice-any-topic = none (any topic)
choice-any-type = none (any type)
choice-no-quiet-hours = none (posts at any time)
choice-digest-off = off (each article has its own post)
choice-digest-hourly = hourly
choice-digest-daily = daily { $time }

# A feed as a moderator may type it. "3" alone works as well.
feed-typed = feed { $feed }

no-feeds = This server has no feeds yet. Make a feed with `/feed add`.
no-such-feed = This server has no feed “{ $typed }”. Choose a feed from the list that Discord shows while you type.
several-feeds = “{ $typed }” has several feeds. Choose one from the list that Discord shows while you type.

# Why the channel or the role cannot be used.
channel-gone = Discord says that { $channel } does not exist. Choose another channel.
channel-elsewhere = { $channel } is not a channel of this server, or the bot does not know it. Choose a channel of this server.
channel-unknown = The bot could not ask Discord what { $channel } is. Try again in a minute.
channel-wrong-type = { $channel } is not a text channel, an announcement channel, or a forum. Choose one of these.
role-elsewhere = The role for `mention` is not a role of this server. Choose a role of this server.
roles-unknown = The bot could not ask Discord for the roles of this server. Try again in a minute.

# Faults in the options. One alone is the whole answer. Several are a list below the next line.
option-faults = Nothing changed, because of these options:
# $option is topic or type. $nearest is a list of names.
option-name-gone = { $option ->
    [topic] No article has the topic that you chose any more. Choose another topic.
   *[type] No article has the type that you chose any more. Choose another type.
}
option-name-unknown = { $option ->
    [topic] There is no topic “{ $typed }”. Similar topics: { $nearest }.
   *[type] There is no type “{ $typed }”. Similar types: { $nearest }.
}
option-no-names = { $option ->
    [topic] There is no topic “{ $typed }”, because no article has a topic. Leave out `topic`.
   *[type] There is no type “{ $typed }”, because no article has a type. Leave out `type`.
}
# $option is the name of an option, between backticks.
option-number = { $option } cannot be { $given }. Give a whole number from { $min } to { $max }.
option-quiet-hours = “{ $typed }” is not a time for `quiet_hours`. Write the time as 22:00-07:00.
option-quiet-hours-empty = `quiet_hours` cannot begin and end at the same time. Write the time as 22:00-07:00.
option-timezone = There is no time zone “{ $typed }”. Choose one from the list, as Europe/Berlin.
option-digest = “{ $typed }” is not a digest. Write `off`, `hourly`, `daily`, or `daily 18:30`.
option-mention-everyone = The bot never mentions `@everyone`. Choose another role for `mention`.
option-thread-in-forum = { $channel } is a forum, where each post is a thread already. Leave out `thread`.
option-crosspost = { $channel } is not an announcement channel, so its posts cannot be published to other servers. Leave out `crosspost`, or turn the channel into an announcement channel.
option-cleared-and-given = `clear` removes { $option }, but you also give { $option }. Leave out one of them.
option-clear-unknown = `clear` cannot remove “{ $typed }”. Choose a setting from the list.
