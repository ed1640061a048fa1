//! The fate of an article in a feed, in words.

use crate::card::text;
use crate::delivery::desk::{Fate, Verdict};
use crate::delivery::record::{DeliveryDetails, DeliveryState};
use crate::discord::commands::feed::words::{
    NAME_CHARACTERS_MAX, counted, cut_reason, link, relative, waiting,
};
use crate::feed::{Feed, Hold, Rules};
use article_format::{Article, LINK_CHARACTERS_MAX, stable_hash64};

const ID_CHARACTERS_MAX: usize = 80;

/// The article that is asked about, as it is now.
#[derive(Debug, Clone, Copy)]
pub(super) struct Asked<'a> {
    /// Its id's hash.
    pub(super) hash: u64,
    /// `None` where it is not loaded.
    pub(super) loaded: Option<&'a Article>,
    /// Whether members can see it.
    pub(super) is_visible: bool,
}

/// What became of an article, or will, and why.
pub(super) fn in_words(verdict: &Verdict, asked: Asked<'_>) -> String {
    match &verdict.fate {
        Fate::Recorded(details) => told_there(details, verdict, asked),
        Fate::Withheld(details) => format!(
            "{}. It should be taken back, with so many others that `/feed list` asks you",
            told_there(details, verdict, asked)
        ),
        Fate::Kept(details) => {
            format!(
                "{}. It should be taken back, and a moderator had it kept",
                told_there(details, verdict, asked)
            )
        }
        Fate::Due { before, wait } => {
            let place = match before {
                0 => "due, it comes next".to_owned(),
                count => format!("due, after {}", counted(*count, "other", "others")),
            };
            let wait = wait.as_ref().map(|wait| format!("; the feed waits {}", waiting(wait)));
            format!("{place}{}", wait.unwrap_or_default())
        }
        Fate::DueThrough { feed, posts: true } => format!("due through feed **{feed}** of that channel"),
        Fate::DueThrough { feed, posts: false } => format!(
            "it came out before this feed was made, and waits for feed **{feed}** of that channel, which is paused"
        ),
        Fate::Paused => "it would be posted, but the feed is paused; `/feed list` says why".to_owned(),
        Fate::NotBegun => {
            "the feed begins when there are articles, and all of them have been read".to_owned()
        }
        Fate::Held(hold) => format!("held back: {}", held(hold, &verdict.feed.settings.rules, asked.loaded)),
        Fate::ToldBy(id) => {
            format!("another article tells the story there: {}", text::escaped(id, ID_CHARACTERS_MAX))
        }
    }
}

/// What a row says, and by what else than this article and feed.
fn told_there(details: &DeliveryDetails, verdict: &Verdict, asked: Asked<'_>) -> String {
    let feed = &verdict.feed;
    let is_of_another = stable_hash64(&details.article_id) != asked.hash;
    let by_another = is_of_another
        .then(|| format!("told there by {}: ", text::escaped(&details.article_id, ID_CHARACTERS_MAX)));
    let through_another =
        (details.feed != feed.id).then(|| format!("through feed **{}** of that channel: ", details.feed));
    let beside = [by_another, through_another].into_iter().flatten().collect::<String>();
    format!("{beside}{}", recorded(details, feed, asked.is_visible && !is_of_another))
}

fn recorded(details: &DeliveryDetails, feed: &Feed, is_visible: bool) -> String {
    let since = relative(details.since);
    let place = |message: u64| link(feed.server, details.thread.unwrap_or(details.channel), message);
    let reason = details.reason.as_deref().map(|reason| format!(": {}", cut_reason(reason)));
    let reason = reason.unwrap_or_default();
    // The line of the feed that it is of says so, if that feed is there still.
    let listed = |words: &str| {
        let is_own = details.feed == feed.id;
        if is_own { format!("; `/feed list` can {words}") } else { String::new() }
    };
    match details.state {
        DeliveryState::Baseline => {
            format!("not posted: it was there when the feed began, or when its rules changed, {since}")
        }
        DeliveryState::Sending => format!("being posted since {since}"),
        DeliveryState::Sent => {
            let place = details.message.map(|message| format!(": {}", place(message)));
            // What did not follow: a thread, a publication, a correction.
            let refused = details.reason.as_deref().map(|reason| format!(". {}", cut_reason(reason)));
            format!("sent {since}{}{}", place.unwrap_or_default(), refused.unwrap_or_default())
        }
        DeliveryState::Failed if details.is_refused_withdrawal() => {
            let place = details.message.map(place).unwrap_or_default();
            format!("it stands there: {place}{}{reason}", listed("try again to take it back"))
        }
        DeliveryState::Failed => {
            format!("failed {since}{}{reason}", listed("send it again"))
        }
        DeliveryState::Withdrawn => format!("taken back {since}{}", taken_back(details, is_visible)),
        DeliveryState::Unknown => {
            format!("unknown since {since} whether it was posted{}{reason}", listed("send it again"))
        }
        DeliveryState::Expired => {
            let days = counted(usize::from(feed.settings.rules.max_age_days), "day", "days");
            format!("not posted: it grew older than {days} while it waited, {since}")
        }
    }
}

/// Why it was taken back, as it was then, and what that means now. What the row says of a file is in the present of the day
/// on which it was written.
fn taken_back(details: &DeliveryDetails, is_visible: bool) -> String {
    let reason = details.reason.as_deref().map(cut_reason).unwrap_or_default();
    let then = if let Some(rest) = reason.strip_prefix("its file says that it is ") {
        format!("its file said that it was {rest}")
    } else if let Some(rest) = reason.strip_prefix("its file is ") {
        format!("its file was {rest}")
    } else {
        reason
    };
    // A message that somebody deleted in Discord says nothing of the file.
    let is_over = is_visible && then.starts_with("its file ");
    let over = if is_over { ". That is over, and members see the article again" } else { "" };
    let colon = if then.is_empty() { "" } else { ": " };
    format!("{colon}{then}{over}. What was taken back is not posted again automatically")
}

fn held(hold: &Hold, rules: &Rules, loaded: Option<&Article>) -> String {
    let name = |name: &str| format!("**{}**", text::escaped(name, NAME_CHARACTERS_MAX));
    let topic = || rules.topic.as_deref().map_or_else(|| "its topic".to_owned(), name);
    let days = || counted(usize::from(rules.max_age_days), "day", "days");
    match hold {
        Hold::Unpublished => "its file says that it is not published".to_owned(),
        Hold::Removed => "its file says that it is removed".to_owned(),
        Hold::Draft => "its file says that it is a draft (draft: true)".to_owned(),
        Hold::LinkTooLong => {
            format!("its link is longer than the {LINK_CHARACTERS_MAX} characters that Discord allows")
        }
        Hold::NotAnnounced => {
            "its file says announce: false, so a feed posts it only when a moderator asks for it".to_owned()
        }
        Hold::NotYet(from) => format!("it is dated in the future, {}", relative(*from)),
        Hold::NoLink => "it has no link (webUrl or originalUrl)".to_owned(),
        Hold::UnknownTopic => {
            format!("no article and no topic file names {}, this feed's topic, any more", topic())
        }
        Hold::OtherTopic => format!("it is not on {} or a child of it", topic()),
        Hold::OtherKind => {
            let wanted = rules.kind.as_deref().map_or_else(|| "another type".to_owned(), name);
            match loaded.and_then(|article| article.kind.as_deref()) {
                Some(kind) => format!("it is of type {}, this feed wants {wanted}", name(kind)),
                None => format!("it has no type, this feed wants {wanted}"),
            }
        }
        Hold::Quality { quality: Some(quality), quality_min } => {
            format!("quality {quality}, this feed wants {quality_min}")
        }
        Hold::Quality { quality: None, quality_min } => {
            format!("it has no quality, this feed wants {quality_min}")
        }
        Hold::Heat { heat, heat_min } => format!("heat {heat}, this feed wants {heat_min}"),
        Hold::Undated => format!("it has no date, and this feed wants those of the last {}", days()),
        Hold::TooOld { published_at } => {
            format!(
                "it came out {}, and this feed wants those of the last {}",
                relative(*published_at),
                days()
            )
        }
    }
}
