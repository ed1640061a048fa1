# /reload, and what a load changed.

reload-description = Reads the article files again and shows what changed

reload-too-soon = The bot has just read the files for this server. Try again in { $seconds ->
    [one] { $seconds } second
   *[other] { $seconds } seconds
}. `/status` shows what changed.
reload-stopping = The bot is stopping, so it did not read the files. Try again in a minute.

# $changes is changes-none or changes-some.
reload-done = The bot read the article files in { $milliseconds } ms. { $changes } { $articles ->
    [one] There is { $articles } article now.
   *[other] There are { $articles } articles now.
}

# $cause is English, as in the log.
reload-failed = ⚠️ The bot could not read the articles folder: { $cause }. It still shows the articles that it read before ({ $articles ->
    [one] { $articles } article
   *[other] { $articles } articles
}). Ask the person who runs the bot to restore the folder.
reload-incomplete = ⚠️ The bot could not read all files. It still shows what it read from the others before. The list of problems names the cause.
reload-last-good = If a file was good before, the bot still shows its last good version. Fix the file to show the new version.

changes-none = Nothing changed.
# $changes is a list of the lines that follow.
changes-some = Changes: { $changes }.
changes-articles-added = { $count ->
    [one] { $count } article added
   *[other] { $count } articles added
}
changes-articles-changed = { $count ->
    [one] { $count } article changed
   *[other] { $count } articles changed
}
changes-articles-removed = { $count ->
    [one] { $count } article removed
   *[other] { $count } articles removed
}
changes-topic-files-added = { $count ->
    [one] { $count } topic file added
   *[other] { $count } topic files added
}
changes-topic-files-changed = { $count ->
    [one] { $count } topic file changed
   *[other] { $count } topic files changed
}
changes-topic-files-removed = { $count ->
    [one] { $count } topic file removed
   *[other] { $count } topic files removed
}
changes-files-fixed = { $count ->
    [one] { $count } file fixed
   *[other] { $count } files fixed
}
changes-problems-new = { $count ->
    [one] { $count } new problem
   *[other] { $count } new problems
}
changes-problems-gone = { $count ->
    [one] { $count } problem gone
   *[other] { $count } problems gone
}

# $names is a list of names.
names-articles-added = • Articles added: { $names }
names-articles-changed = • Articles changed: { $names }
names-articles-removed = • Articles removed: { $names }
names-topic-files-added = • Topic files added: { $names }
names-topic-files-changed = • Topic files changed: { $names }
names-topic-files-removed = • Topic files removed: { $names }
names-files-fixed = • Files fixed: { $names }

# In a list of names: a changed file with the keys that changed, and how many names the list leaves out.
names-with-keys = { $name } ({ $keys })
names-left-out = { $count } more
