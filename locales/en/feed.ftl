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
feed-option-channel = The channel or the thread that gets the articles
feed-option-feed = The feed
feed-option-topic = Only articles on this topic and the topics below it
feed-option-type = Only articles of this type, as article or video
feed-option-source = Only articles of this provider
feed-option-words = Words or phrases, with commas between: title or excerpt must have one of them
feed-option-without = Words or phrases, with commas between: title and excerpt must have none of them
feed-option-min-quality = The lowest quality of an article
feed-option-min-heat = The lowest heat of an article
feed-option-max-age-days = The highest age of an article in days; 0 for any age
feed-option-mention = A role that each post mentions
feed-option-silent = Posts without a notification
feed-option-max-per-hour = The highest number of posts in an hour (1 to { $posts })
feed-option-quiet-hours = When the feed posts nothing, as 22:00-07:00
feed-option-timezone = The time zone of quiet hours and digests, as Europe/Berlin
feed-option-digest = Posts the hottest articles together: off, hourly, daily 09:00, or weekly monday 09:00
feed-option-thread = Opens a thread for each post
feed-option-crosspost = Publishes each post to the servers that follow the channel
feed-option-backfill = How many of the hottest articles to post at once (0 to { $articles })
feed-option-clear = The setting to take away
# $option is the name of an option.
feed-clear = { $option ->
    [topic] the topic
    [type] the type
    [source] the source
    [words] the words
    [without] the excluded words
    [min_heat] the lowest heat
    [quiet_hours] the quiet hours
   *[mention] the mention
}

# What Discord offers while a moderator types. At most 100 characters, without markup. $feed is a number.
# $about is a channel, and where the feed has them its topic, type and source: "#news · AI · video · Example".
choice-feed = Feed { $feed }: { $about }
choice-feed-paused = Feed { $feed } (paused): { $about }
# A channel whose name the bot does not know.
choice-channel = channel { $channel }
choice-digest-off = off (each article has its own post)
choice-digest-hourly = hourly
choice-digest-daily = daily { $time }
# $day is one of the lines that follow.
choice-digest-weekly = weekly on { $day } at { $time }
# A day of the week, also in pacing-digest-weekly.
weekday = { $day ->
    [monday] Monday
    [tuesday] Tuesday
    [wednesday] Wednesday
    [thursday] Thursday
    [friday] Friday
    [saturday] Saturday
   *[sunday] Sunday
}

# A feed as a moderator may type it. "3" alone works as well.
feed-typed = feed { $feed }

no-feeds = This server has no feeds yet. Make a feed with `/feed add`.
no-such-feed = This server has no feed “{ $typed }”. Choose a feed from the list that Discord shows while you type.
several-feeds = “{ $typed }” has several feeds. Choose one from the list that Discord shows while you type.
no-feeds-without-database = The bot runs without a database, so there are no feeds. The person who runs the bot can set `DATABASE_URL`.

# Why the channel or the role cannot be used.
channel-gone = Discord says that { $channel } does not exist. Choose another channel.
channel-elsewhere = { $channel } is not a channel of this server, or the bot does not know it. Choose a channel of this server.
channel-unknown = The bot could not ask Discord what { $channel } is. Try again in a minute.
channel-wrong-type = { $channel } is not a text channel, an announcement channel, a forum, or a thread. Choose one of these.
role-elsewhere = The role for `mention` is not a role of this server. Choose a role of this server.
roles-unknown = The bot could not ask Discord for the roles of this server. Try again in a minute.

# Faults in the options. One alone is the whole answer. Several are a list below the next line.
option-faults = Nothing changed, because of these options:
# $option is topic, source or type. $nearest is a list of names.
option-name-gone = { $option ->
    [topic] No article has the topic that you chose any more. Choose another topic.
    [source] No article has the source that you chose any more. Choose another source.
   *[type] No article has the type that you chose any more. Choose another type.
}
option-name-unknown = { $option ->
    [topic] There is no topic “{ $typed }”. Similar topics: { $nearest }.
    [source] There is no source “{ $typed }”. Similar sources: { $nearest }.
   *[type] There is no type “{ $typed }”. Similar types: { $nearest }.
}
option-no-names = { $option ->
    [topic] There is no topic “{ $typed }”, because no article has a topic. Leave out `topic`.
    [source] There is no source “{ $typed }”, because no article has a source. Leave out `source`.
   *[type] There is no type “{ $typed }”, because no article has a type. Leave out `type`.
}
# $option is the name of an option, between backticks.
option-number = { $option } cannot be { $given }. Give a whole number from { $min } to { $max }.
# The options words and without.
option-words-empty = { $option } has no words. Write words or phrases with commas between, as `rust, machine learning`.
option-words-no-letters = “{ $typed }” in { $option } has no letters and no digits. Leave it out.
option-words-too-long = { $option } is too long. Give words and phrases of at most { $characters } characters together.
option-words-too-many = { $option } has { $given } words and phrases. Give at most { $max }.
option-quiet-hours = “{ $typed }” is not a time for `quiet_hours`. Write the time as 22:00-07:00.
option-quiet-hours-empty = `quiet_hours` cannot begin and end at the same time. Write the time as 22:00-07:00.
option-timezone = There is no time zone “{ $typed }”. Choose one from the list, as Europe/Berlin.
option-digest = “{ $typed }” is not a digest. Write `off`, `hourly`, `daily`, `daily 18:30`, or `weekly monday 09:00`.
option-mention-everyone = The bot never mentions `@everyone`. Choose another role for `mention`.
option-thread-in-forum = { $channel } is a forum, where each post is a thread already. Leave out `thread`.
option-thread-in-thread = { $channel } is a thread, and a thread has no threads of its own. Leave out `thread`.
option-crosspost = { $channel } is not an announcement channel, so its posts cannot be published to other servers. Leave out `crosspost`, or turn the channel into an announcement channel.
option-crosspost-in-thread = { $channel } is a thread, so its posts cannot be published to other servers. Leave out `crosspost`.
option-cleared-and-given = `clear` removes { $option }, but you also give { $option }. Leave out one of them.
option-clear-unknown = `clear` cannot remove “{ $typed }”. Choose a setting from the list.

# What the bot did. $feed is the number of a feed.
feed-added = The bot made feed **{ $feed }** in { $channel }.
feed-edited = The bot changed feed **{ $feed }** in { $channel }.
feed-paused = The bot paused feed **{ $feed }** in { $channel }. Due articles stay due, and `/feed resume` continues with them.
# Follows feed-paused.
feed-paused-while-posting = A post was under way and Discord has not confirmed it. This one post may still appear.
# The state of the feed follows on a line of its own.
feed-resumed = The bot resumed feed **{ $feed }** in { $channel }. The feed posts what became due during the pause, hottest first.
feed-removed = The bot removed feed **{ $feed }** in { $channel }. Its messages stay, and a new feed in this channel does not post their stories again.
# Discord leaves the full stop out of the link.
feed-tested = The bot posted a test of feed **{ $feed }** in { $channel }: { $link }. The test does not count as a post, and you can delete it.
feed-edit-empty = There is nothing to change. Give at least one setting besides `feed` and `backfill`, as `min_quality`.

# After feed-added: what the feed posts first.
feed-starts = The feed posts new articles as they arrive, but no articles that are already there.
feed-starts-with = { $articles ->
    [one] The feed now posts the hottest matching article that no feed of this channel knows. New articles follow as they arrive.
   *[other] The feed now posts the { $articles } hottest matching articles that no feed of this channel knows. New articles follow as they arrive.
}
feed-starts-later = The feed starts when there are articles and the bot has read all of them. It posts new articles as they arrive after that, but no articles that are already there then.
feed-starts-later-with = { $articles ->
    [one] The feed starts when there are articles and the bot has read all of them. It then posts the hottest matching article that no feed of this channel knows. New articles follow as they arrive.
   *[other] The feed starts when there are articles and the bot has read all of them. It then posts the { $articles } hottest matching articles that no feed of this channel knows. New articles follow as they arrive.
}
feed-test-hint = `/feed test` shows what a post looks like.

# After feed-edited: what the feed posts of the articles that are already there.
feed-edit-without-backfill = The feed does not post articles that are already there and that only the new rules allow.
feed-edit-backfill = { $articles ->
    [one] Of the articles that are already there and that only the new rules allow, the feed posts at most the hottest one.
   *[other] Of the articles that are already there and that only the new rules allow, the feed posts at most the { $articles } hottest.
}

# Which articles a feed takes. Each text is an item of a line.
rule-any-topic = any topic
rule-topic = topic **{ $topic }** and the topics below it
rule-type = type **{ $kind }**
rule-source = source **{ $source }**
# $words is a list of words with commas between.
rule-words = with one of **{ $words }**
rule-without = without **{ $words }**
rule-any-quality = any quality
rule-quality = quality of { $min } or more
rule-heat = heat of { $min } or more
rule-any-age = any age
rule-age = { $days ->
    [one] at most { $days } day old
   *[other] at most { $days } days old
}

# When and how a feed posts. Each text is an item of a line.
pacing-per-hour = { $posts ->
    [one] at most { $posts } post an hour
   *[other] at most { $posts } posts an hour
}
pacing-quiet-hours = quiet hours { $hours }
pacing-digest-hourly = digest every hour
pacing-digest-daily = digest every day at { $time }
pacing-digest-weekly = digest every { $day } at { $time }
pacing-time-zone = time zone { $zone }
pacing-thread = a thread for each post
pacing-crosspost = posts are published
pacing-silent = no notifications
pacing-mention = mentions { $role }

# /feed list. Each text is an item of a line.
feeds-count = { $feeds ->
    [one] **{ $feeds } feed**
   *[other] **{ $feeds } feeds**
}
feeds-paused = ⚠️ { $feeds } paused
posts-due = { $posts } due
posts-sent = { $posts } sent
posts-failed = ⚠️ { $posts } failed
posts-unknown = ⚠️ { $posts } unknown
posts-expired = { $posts } expired
posts-withdrawn = { $posts } withdrawn
posts-withheld = ⚠️ { $posts } to withdraw, if you decide so

# Buttons. At most 80 characters, and a longer text loses its end.
button-resend = Resend “{ $title }”
button-dismiss = Dismiss “{ $title }”
button-withdraw = Withdraw “{ $title }”
button-withdraw-all = { $posts ->
    [one] Withdraw { $posts } message of feed { $feed }
   *[other] Withdraw all { $posts } of feed { $feed }
}
button-keep-all = { $posts ->
    [one] Keep { $posts } message of feed { $feed }
   *[other] Keep all { $posts } of feed { $feed }
}

# What a button did.
decided-resend = ✅ “{ $title }” will be posted in { $channel }.
decided-dismiss = ✅ “{ $title }” stays as it is.
decided-withdraw = ✅ “{ $title }” will be withdrawn, if its file still says so.
decided-withdraw-all = { $posts ->
    [one] ✅ { $posts } message of feed **{ $feed }** will be withdrawn.
   *[other] ✅ { $posts } messages of feed **{ $feed }** will be withdrawn.
}
decided-keep-all = { $posts ->
    [one] ✅ { $posts } message of feed **{ $feed }** stays.
   *[other] ✅ { $posts } messages of feed **{ $feed }** stay.
}

# A feed and a post of a feed, on the page of the demo. Each text is an item of a line.
note-feed = Feed **{ $feed }**
post-feed = feed **{ $feed }**
post-sent = posted { $when }
post-corrected = corrected { $when }
post-thread-due = the thread is due
post-thread-done = with a thread
post-thread-refused = ⚠️ no thread
post-crosspost-due = not yet published
post-crosspost-done = published
post-crosspost-refused = ⚠️ not published
post-stories-withdrawn = { $withdrawn } of { $stories } stories withdrawn
post-withheld = ⚠️ { $stories } to withdraw, if a moderator decides so
post-withdrawal-refused = ⚠️ should be withdrawn, but Discord refuses

# /feed post, and Resend in /why.
post-not-visible = No visible article has this name: the file is missing, unreadable, or not published. Choose an article from the list.
post-no-link = This article has no link that Discord takes, so the bot cannot post it. Add `webUrl` to the file.
post-stands = This story is in the channel already, or its post is under way.
post-open = A post of this story failed, or nobody knows its outcome. Decide about it in `/feed list` first.
feed-post-description = Post one article in a feed's channel now
feed-option-article = The article
feed-posted = ✅ Feed **{ $feed }** posted the article in { $channel }: { $link }
feed-post-failed = The post of feed **{ $feed }** in { $channel } did not succeed. `/why` says why, and `/feed list` has buttons for it.
feed-post-waits = Feed **{ $feed }** posts the article in { $channel } as soon as Discord takes it. `/why` says what happens with it.
button-resend-in = Resend in feed { $feed }
