//! From stories to a feed's message.

use jiff::Timestamp;

use super::record::{PostKey, PostShape};
use super::send::FeedMessage;
use super::snapshot::Snapshot;
use crate::card::{self, Card, Fingerprint, text};
use article_format::Story;

/// A story's title in a menu, at most (Discord's docs, "Select Option").
const MENU_TITLE_CHARACTERS_MAX: usize = 100;

/// The cards of stories: one in full size, several as a list.
fn cards(snapshot: &Snapshot, shape: PostShape, stories: &[usize], now: Timestamp) -> Vec<Card> {
    let told: Vec<Story<'_>> =
        stories.iter().filter_map(|&position| snapshot.collection().story(position, now)).collect();
    match told.as_slice() {
        [story] if shape != PostShape::Digest => vec![card::full(story)],
        several => card::list(several),
    }
}

/// What a message that shows these stories looks like: [`FeedMessage::fingerprint`] of it.
#[must_use]
pub fn fingerprint(snapshot: &Snapshot, shape: PostShape, stories: &[usize], now: Timestamp) -> Fingerprint {
    let articles = stories.iter().filter_map(|&position| snapshot.collection().article(position));
    Fingerprint::of(&cards(snapshot, shape, stories, now), articles.map(|article| article.id.hash64()))
}

/// The same for one story alone. Which other articles cover the story is as of the first question for it.
#[must_use]
pub fn fingerprint_of_one(snapshot: &Snapshot, position: usize, now: Timestamp) -> Fingerprint {
    snapshot.fingerprint_or(position, || fingerprint(snapshot, PostShape::Single, &[position], now))
}

/// The message that shows stories.
#[must_use]
pub fn message(
    snapshot: &Snapshot,
    key: PostKey,
    shape: PostShape,
    stories: &[usize],
    now: Timestamp,
) -> FeedMessage {
    let collection = snapshot.collection();
    let articles = stories.iter().filter_map(|&position| collection.article(position));
    let told =
        articles.map(|article| (article.id.hash64(), text::plain(&article.title, MENU_TITLE_CHARACTERS_MAX)));
    FeedMessage {
        key,
        content: String::new(),
        cards: cards(snapshot, shape, stories, now),
        stories: told.collect(),
        mention: None,
    }
}

/// What stands above a digest.
#[must_use]
pub fn digest_heading(count: usize, rest: usize) -> String {
    let stories = if count == 1 { "**1 new story**".to_owned() } else { format!("**{count} new stories**") };
    match rest {
        0 => stories,
        1 => format!("{stories}, hottest first; 1 more waits for the next digest"),
        rest => format!("{stories}, hottest first; {rest} more wait for the next digest"),
    }
}

/// Leaves the pictures out, because Discord refused one.
pub fn leave_out_pictures(message: &mut FeedMessage) {
    for card in &mut message.cards {
        card.picture = None;
        if let Some(author) = &mut card.author {
            author.icon_url = None;
        }
    }
}
