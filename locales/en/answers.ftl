# What several answers share.

# The last line of a list that is too long for one message.
list-cut = { $lines ->
    [one] ({ $lines } more line does not fit into this message.)
   *[other] ({ $lines } more lines do not fit into this message.)
}

pager-previous = Previous
pager-next = Next
# An item of a line, as "hottest first · 83 articles · page 2 of 17".
pager-page = page { $page } of { $pages }
# A line of its own.
pager-page-line = Page { $page } of { $pages }

cards-not-allowed = The bot lacks the permission Embed Links in this channel, so it shows only titles. A moderator can grant the permission.

# One person, or all members of a server together, used up a budget.
person-over-budget = You used the bot too often in a short time, so it did nothing now. Try again in { $seconds ->
    [one] { $seconds } second
   *[other] { $seconds } seconds
}.
server-over-budget = The members of this server used the bot too often in a short time, so it did nothing now. Try again in { $seconds ->
    [one] { $seconds } second
   *[other] { $seconds } seconds
}.
