//! From stories to a feed's message.

use jiff::Timestamp;

use super::record::{PostKey, PostShape};
use super::send::FeedMessage;
use super::snapshot::Snapshot;
use crate::article_key::ArticleKey;
use crate::card::{self, Card, or_untitled, text};
use crate::collection::Position;
use crate::messages::{Language, Words, say};
use article_format::Story;

/// The most characters of a story's title in a menu and of a thread's title (Discord's docs, "Select Option",
/// "Channel").
const TITLE_CHARACTERS_MAX: usize = 100;

/// The cards of stories: one story as a full card, several stories as a list.
fn cards(words: &Words, shape: PostShape, stories: &[Story<'_>]) -> Vec<Card> {
    match stories {
        [story] if shape != PostShape::Digest => vec![card::full(words, story)],
        several => card::list(words, several),
    }
}

/// The message of a post, in this language.
#[must_use]
pub fn message(
    snapshot: &Snapshot,
    language: Language,
    key: PostKey,
    shape: PostShape,
    positions: &[Position],
    now: Timestamp,
) -> FeedMessage {
    let (words, collection) = (Words::of(language), snapshot.collection());
    let stories: Vec<Story<'_>> =
        positions.iter().filter_map(|&position| collection.story(position, now)).collect();
    let title = |title: &str| or_untitled(words, text::plain(title, TITLE_CHARACTERS_MAX));
    let articles = positions.iter().filter_map(|&position| collection.article(position));
    let titles = articles.map(|article| (ArticleKey::from(&article.id), title(&article.title)));
    FeedMessage {
        key,
        language,
        content: String::new(),
        cards: cards(words, shape, &stories),
        stories: titles.collect(),
        mention: None,
        is_silent: false,
        fingerprint: snapshot.fingerprint(positions, now),
    }
}

/// The text above a digest. `rest` is the number of stories that wait for the next digest.
#[must_use]
pub fn digest_heading(language: Language, stories: usize, rest: usize) -> String {
    let words = Words::of(language);
    match rest {
        0 => say!(words, "digest", stories = stories),
        _ => say!(words, "digest-with-rest", stories = stories, rest = rest),
    }
}

/// The title of a forum post.
#[must_use]
pub fn forum_post_title(message: &FeedMessage) -> String {
    match message.stories.as_slice() {
        [(_, title)] => title.clone(),
        several => say!(Words::of(message.language), "forum-post-title", stories = several.len()),
    }
}

/// The title of a thread at a post. `title` is the title of the article, if the article still exists.
#[must_use]
pub fn thread_title(language: Language, title: Option<&str>) -> String {
    let words = Words::of(language);
    let title = title.map(|title| text::plain(title, TITLE_CHARACTERS_MAX));
    title.filter(|title| !title.is_empty()).unwrap_or_else(|| say!(words, "thread-title"))
}

/// Marks a message as a test. Returns the title of a test post in a forum.
pub fn mark_as_test(message: &mut FeedMessage) -> String {
    let words = Words::of(message.language);
    message.content = say!(words, "test-post");
    say!(words, "test-post-title", title = forum_post_title(message))
}

/// Removes pictures and icons, because Discord refused one of them.
pub fn leave_out_pictures(message: &mut FeedMessage) {
    for card in &mut message.cards {
        card.picture = None;
        if let Some(author) = &mut card.author {
            author.icon_url = None;
        }
    }
}

#[cfg(test)]
mod tests;
