# /why: what happened to an article in each feed of a server. In all texts, $when is Discord's own text, as "3 minutes ago".

why-description = Shows why an article was posted in each feed, or was not
why-article-description = Words of the title, in any order, or the path without .md

why-title = **{ $title }**
why-title-gone = **{ $title }** is not among the articles any more.
# $verdict is one or several of the sentences below.
why-verdict = • Feed **{ $feed }** in { $channel }: { $verdict }

# The other articles of the story, a line each. $reason is one of the lines that follow.
why-story = This article tells the same story as { $count ->
    [one] { $count } other article
   *[other] { $count } other articles
}:
why-story-article = • **{ $title }** ({ $source }). { $reason }
why-story-further = • and { $count } more
joined-by-address = Both have the same address.
joined-by-equal-title = Different providers published the same title within { $days } days.
joined-by-near-title = Different providers published nearly the same title within { $days } days: { $shared } of { $all } words are in both titles{ $supported ->
    [0] .
   *[other] , and { $supported } more are in the excerpt of the other article.
}
joined-by-first = Both tell the story of **{ $title }**.
joined-by-others = Other articles of this story connect the two.

why-article-gone = This article is not in the collection any more, and no feed of this server had it.
why-no-article = No title contains “{ $typed }”, and no feed of this server had an article with this path. Type a few words of a title, then choose an article from the list.

why-baseline = Not posted. The article was already there when the feed started, or when the rules of the feed changed, { $when }.
why-sending = The bot started to post it { $when } and waits for the answer of Discord.
# Discord leaves the full stop out of the link.
why-sent = Posted { $when }: { $link }.
why-sent-somewhere = Posted { $when }.
why-failed = The post failed { $when }.
why-not-withdrawn = The post should be withdrawn, but the message is still there: { $link }.
why-withdrawn = Withdrawn { $when }.
why-withdrawn-visible-again = Members can see the article again.
why-withdrawn-stays = The bot does not post a withdrawn article again automatically.
why-unknown = The bot tried to post it { $when } and does not know whether the post is in the channel.
why-expired = Not posted. The article became older than { $days ->
    [one] { $days } day
   *[other] { $days } days
} while it waited, { $when }.
why-can-resend = `/feed list` has a button that sends it again.
why-can-withdraw = `/feed list` has a button that tries again to withdraw it.
why-withheld = The post should be withdrawn together with many others, so `/feed list` asks you to decide.
why-kept = The post should be withdrawn, but a moderator decided to keep it.

# These sentences stand before the sentences on a post.
why-by-another-article = The article { $article } tells the same story there.
why-through-another-feed = Feed **{ $feed }** of this channel took it.

why-due-next = Due. It comes next.
why-due-after = Due, after { $count ->
    [one] { $count } other article
   *[other] { $count } other articles
}.
why-due-through = Due. Feed **{ $feed }** of this channel posts it.
why-due-through-paused = Not posted by this feed, because the article came out before this feed was made. Feed **{ $feed }** of this channel has to post it, and that feed is paused.
why-paused = Due, but the feed is paused. `/feed list` shows the reason.
why-not-begun = The feed has not started. It starts when there are articles and the bot has read all of them.

# $hold is one of the lines that follow.
why-held = Held back. { $hold }
hold-unpublished = The file says that the article is not published.
hold-removed = The file says that the article is removed.
hold-draft = The file says that the article is a draft (`draft: true`).
hold-not-yet = The date of the article is in the future, { $when }.
hold-no-link = The article has no link (`webUrl` or `originalUrl`).
hold-link-too-long = The link of the article is longer than the { $characters } characters that Discord allows.
hold-not-announced = The file says `announce: false`, so the feed posts the article only when a moderator asks for it.
hold-unknown-topic = No article and no topic file has the topic { $topic } of this feed any more.
hold-other-topic = The article is not about { $topic } or a topic below it.
hold-other-type = The article has the type { $kind }, and this feed takes only the type { $wanted }.
hold-no-type = The article has no type, and this feed takes only the type { $wanted }.
hold-other-source = The article is from { $source }, and this feed takes only articles from { $wanted }.
hold-no-source = The article has no source, and this feed takes only articles from { $wanted }.
hold-no-word = Neither the title nor the excerpt has one of the words of this feed: **{ $words }**.
hold-excluded-word = The title or the excerpt has { $word }, and this feed leaves out such articles.
hold-quality = The quality of the article is { $quality }, and this feed takes only a quality of { $min } or more.
hold-no-quality = The article has no quality, and this feed takes only a quality of { $min } or more.
hold-heat = The heat of the article is { $heat }, and this feed takes only a heat of { $min } or more.
hold-undated = The article has no date, and this feed takes only articles of the last { $days ->
    [one] { $days } day
   *[other] { $days } days
}.
hold-too-old = The article came out { $when }, and this feed takes only articles of the last { $days ->
    [one] { $days } day
   *[other] { $days } days
}.
