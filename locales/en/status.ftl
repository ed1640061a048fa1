# /status: how the bot is.

status-description = Shows articles, feeds, problems, the last reload, and how the bot is

status-articles = **Articles:** { $articles }. Members can see { $visible } now. **Topics:** { $topics }.

# $troubles is a list of the three lines that follow.
status-troubles = ⚠️ **Feeds:** { $troubles }. `/feed list` shows the reasons and what you can do.
status-trouble-paused = { $feeds ->
    [one] { $feeds } feed is paused
   *[other] { $feeds } feeds are paused
}
status-trouble-failed = { $posts ->
    [one] { $posts } post failed
   *[other] { $posts } posts failed
}
status-trouble-unknown = { $posts ->
    [one] { $posts } post may or may not be in its channel
   *[other] { $posts } posts may or may not be in their channels
}
status-feeds = **Feeds:** { $feeds } ({ $paused } paused). **Posts:** { $due } due, { $failed } failed, { $unknown } unknown.
status-feeds-without-database = **Feeds:** none, because the bot runs without a database.
status-feeds-database = ⚠️ **Feeds:** the bot cannot read its database now. Try again in a minute. If this stays, tell the person who runs the bot.
status-feeds-stopping = ⚠️ **Feeds:** the bot is stopping. Try again in a minute.
status-feeds-busy = ⚠️ **Feeds:** the bot is busy and could not tell how the feeds are. Try again in a minute.

# $fault is English, as in the log.
status-sources-faults = ⚠️ **List of sources:** { $faults ->
    [one] it has { $faults } problem
   *[other] it has { $faults } problems
}, so the bot uses the last good list. First problem: { $fault }
status-sources = **Sources:** { $sources }. The last fetch failed for { $failed }.
status-sources-more = … and { $count ->
    [one] { $count } more source.
   *[other] { $count } more sources.
}
# In the lines of sources: $name is the folder of the source, $when is Discord's own text, $reason is English, as in the log.
status-source-new = { $name }: not fetched yet.
status-source-good = { $name }: { $files ->
    [one] { $files } article
   *[other] { $files } articles
}. Last fetch: { $when }.
status-source-moved = { $name }: { $files ->
    [one] { $files } article
   *[other] { $files } articles
}. Last fetch: { $when }. The feed moved to { $address }. Write the new address into the list of sources.
status-source-failed = ⚠️ { $name }: { $failures ->
    [one] the last fetch failed
   *[other] the last { $failures } fetches failed
}. Reason: { $reason }. Last success: { $when }.
status-source-never = ⚠️ { $name }: { $failures ->
    [one] the first fetch failed
   *[other] all { $failures } fetches failed
}. Reason: { $reason }.
status-source-over = ⚠️ { $name }: the bot no longer fetches this source. Reason: { $reason }.

# $when is Discord's own text, as "3 minutes ago" or "in 3 minutes"; $changes is changes-none or changes-some.
status-last-reload = **Last reload** ({ $when }, { $milliseconds } ms): { $changes }
# $outcome is reload-failed.
status-last-reload-failed = **Last reload** ({ $when }): { $outcome }
status-last-change = **Last change** ({ $when }): { $changes }

status-clock = ⚠️ **Clock:** The clock of the bot's machine is { $seconds } seconds { $direction ->
    [ahead] ahead of
   *[behind] behind
} Discord's. Quiet hours, digests and the ages of articles follow the wrong time. Ask the person who runs the bot to set the clock.
status-latency = **Gateway latency:** { $milliseconds } ms.
status-latency-unknown = **Gateway latency:** not measured yet.
status-version = **heatwire** { $version }, started { $when }.

# $processes is a list of status-process.
status-processes = **Processes:** { $processes }
status-process = shards { $shards } with { $articles } { $articles ->
    [one] article
   *[other] articles
}{ $delivers ->
    [yes] , which delivers
   *[no] {""}
}
status-collections-differ = ⚠️ **Processes:** Not all processes have loaded the same articles. Until they have, a missing file withdraws no post. If this lasts, check that all processes use the same folder of articles.
