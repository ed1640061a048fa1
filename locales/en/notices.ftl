# Reports of troubles in the channel that moderators chose. $feed is the number of a feed, $channel shows its channel.

# $state is one of the feed-state- texts, with the remedy.
notice-feed = Feed **{ $feed }** in { $channel }: { $state }
notice-withdrawals = ⚠️ Feed **{ $feed }** in { $channel }: { $posts ->
    [one] { $posts } message should be withdrawn. The message waits
   *[other] { $posts } messages should be withdrawn. So many at once wait
} for a moderator’s decision. If the article files went by mistake, restore them first.
# Lines with the problems follow.
notice-problems = ⚠️ { $count ->
    [one] { $count } new problem of article files:
   *[other] { $count } new problems of article files:
}
notice-feed-recovered = ✅ Feed **{ $feed }** in { $channel } is active again.
notice-problems-gone = ✅ { $count ->
    [one] { $count } problem of article files is gone.
   *[other] { $count } problems of article files are gone.
}
# $name is the folder of a source.
notice-source-recovered = ✅ { $name }: the bot can fetch this source again.
notice-source-list-recovered = ✅ **List of sources:** it has no problem any more, and the bot uses it.
notice-rest = … and { $count } more that do not fit here. `/feed list` and `/status` show what is open.

# A button, at most 80 characters.
button-resume = Resume feed { $feed }

# Why the bot cannot report, in `/settings` and `/status`.
notices-channel-gone = ⚠️ **Reports of troubles:** The bot cannot report in { $channel } any more, because the channel does not exist in this server. Choose another channel with `/settings`.
notices-lacking = ⚠️ **Reports of troubles:** The bot cannot report in { $channel }, because it lacks permissions: { $permissions }. Grant them (Edit Channel, Permissions), or choose another channel with `/settings`.
notices-refused = ⚠️ **Reports of troubles:** Discord refused the bot’s last report in { $channel }. Check whether AutoMod, a timeout or a missing permission stops the bot, or choose another channel with `/settings`.
