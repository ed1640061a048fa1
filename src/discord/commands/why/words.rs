//! The words of `/why`: the fate of an article in one feed.

use crate::article_key::ArticleKey;
use crate::card::text;
use crate::delivery::desk::Explanation;
use crate::delivery::reason::{DeliveryReason, WithdrawalCause};
use crate::delivery::record::{DeliveryDetails, DeliveryState};
use crate::discord::commands::feed::words::{NAME_CHARACTERS_MAX, PHRASES_SHOWN_MAX, link};
use crate::discord::reasons::{self, relative};
use crate::feed::{Feed, Hold, Rules};
use crate::ids::MessageId;
use crate::messages::{Words, say};
use article_format::{Article, LINK_CHARACTERS_MAX};

const ID_CHARACTERS_MAX: usize = 80;

/// The article of the question.
#[derive(Debug, Clone, Copy)]
pub(super) struct AskedArticle<'a> {
    pub(super) key: ArticleKey,
    /// `None` if the article is not loaded.
    pub(super) loaded: Option<&'a Article>,
    /// Whether members can see the article.
    pub(super) is_visible: bool,
}

/// What happened or will happen to the article, and why: one or several sentences.
pub(super) fn in_words(
    feed: &Feed,
    explanation: &Explanation,
    asked: AskedArticle<'_>,
    words: &Words,
) -> String {
    let sentences = match explanation {
        Explanation::Recorded(details) => recorded(details, feed, asked, words),
        Explanation::Withheld(details) => {
            let mut sentences = recorded(details, feed, asked, words);
            sentences.push(say!(words, "why-withheld"));
            sentences
        }
        Explanation::Kept(details) => {
            let mut sentences = recorded(details, feed, asked, words);
            sentences.push(say!(words, "why-kept"));
            sentences
        }
        Explanation::Due { before, wait } => {
            let place = match before {
                0 => say!(words, "why-due-next"),
                count => say!(words, "why-due-after", count = *count),
            };
            std::iter::once(place).chain(wait.as_ref().map(|wait| reasons::of_wait(wait, words))).collect()
        }
        Explanation::DueThrough { feed, posts: true } => {
            vec![say!(words, "why-due-through", feed = feed.to_string())]
        }
        Explanation::DueThrough { feed, posts: false } => {
            vec![say!(words, "why-due-through-paused", feed = feed.to_string())]
        }
        Explanation::Paused => vec![say!(words, "why-paused")],
        Explanation::NotBegun => vec![say!(words, "why-not-begun")],
        Explanation::Held(hold) => {
            let hold = held(hold, &feed.settings.rules, asked.loaded, words);
            vec![say!(words, "why-held", hold = hold)]
        }
        Explanation::ReportedBy(id) => vec![by_another(id, words)],
    };
    sentences.join(" ")
}

fn by_another(id: &str, words: &Words) -> String {
    say!(words, "why-by-another-article", article = text::escaped(id, ID_CHARACTERS_MAX))
}

/// The sentences for a recorded delivery.
fn recorded(details: &DeliveryDetails, feed: &Feed, asked: AskedArticle<'_>, words: &Words) -> Vec<String> {
    let is_of_another = ArticleKey::of(&details.article_id) != asked.key;
    let mut sentences = Vec::new();
    if is_of_another {
        sentences.push(by_another(&details.article_id, words));
    }
    if details.feed != feed.id {
        sentences.push(say!(words, "why-through-another-feed", feed = details.feed.to_string()));
    }
    sentences.push(state(details, feed, words));
    let reason = details.reason.as_ref();
    sentences.extend(reason.map(|reason| reasons::of_delivery(reason, words)));
    if details.state == DeliveryState::Withdrawn {
        let is_by_file = matches!(
            reason,
            Some(DeliveryReason::Withdrawn(WithdrawalCause::FileHides | WithdrawalCause::FileGone))
        );
        // A message that somebody deleted in Discord says nothing about the file.
        if is_by_file && asked.is_visible && !is_of_another {
            sentences.push(say!(words, "why-withdrawn-visible-again"));
        }
        sentences.push(say!(words, "why-withdrawn-stays"));
    }
    // Only the line of the delivery's own feed mentions the button.
    let is_open = matches!(details.state, DeliveryState::Failed | DeliveryState::Unknown);
    if is_open && details.feed == feed.id {
        sentences.push(match details.is_refused_withdrawal() {
            true => say!(words, "why-can-withdraw"),
            false => say!(words, "why-can-resend"),
        });
    }
    sentences
}

fn state(details: &DeliveryDetails, feed: &Feed, words: &Words) -> String {
    let when = relative(details.since);
    let place = |message: MessageId| link(feed.guild, details.thread.unwrap_or(details.channel), message);
    match (details.state, details.message) {
        (DeliveryState::Baseline, _) => say!(words, "why-baseline", when = when),
        (DeliveryState::Sending, _) => say!(words, "why-sending", when = when),
        (DeliveryState::Sent, Some(message)) => {
            say!(words, "why-sent", when = when, link = place(message))
        }
        (DeliveryState::Sent, None) => say!(words, "why-sent-somewhere", when = when),
        (DeliveryState::Failed, Some(message)) => say!(words, "why-not-withdrawn", link = place(message)),
        (DeliveryState::Failed, None) => say!(words, "why-failed", when = when),
        (DeliveryState::Withdrawn, _) => say!(words, "why-withdrawn", when = when),
        (DeliveryState::Unknown, _) => say!(words, "why-unknown", when = when),
        (DeliveryState::Expired, _) => {
            say!(words, "why-expired", days = feed.settings.rules.max_age_days, when = when)
        }
    }
}

fn held(hold: &Hold, rules: &Rules, loaded: Option<&Article>, words: &Words) -> String {
    let name = |name: &str| format!("**{}**", text::escaped(name, NAME_CHARACTERS_MAX));
    let wanted = |wanted: &Option<Box<str>>| wanted.as_deref().map(name).unwrap_or_default();
    let days = rules.max_age_days;
    match hold {
        Hold::Unpublished => say!(words, "hold-unpublished"),
        Hold::Removed => say!(words, "hold-removed"),
        Hold::Draft => say!(words, "hold-draft"),
        Hold::LinkTooLong => say!(words, "hold-link-too-long", characters = LINK_CHARACTERS_MAX),
        Hold::NotAnnounced => say!(words, "hold-not-announced"),
        Hold::NotYet(from) => say!(words, "hold-not-yet", when = relative(*from)),
        Hold::NoLink => say!(words, "hold-no-link"),
        Hold::UnknownTopic => say!(words, "hold-unknown-topic", topic = wanted(&rules.topic)),
        Hold::OtherTopic => say!(words, "hold-other-topic", topic = wanted(&rules.topic)),
        Hold::OtherKind => {
            let wanted = wanted(&rules.kind);
            match loaded.and_then(|article| article.kind.as_deref()) {
                Some(kind) => say!(words, "hold-other-type", kind = name(kind), wanted = wanted),
                None => say!(words, "hold-no-type", wanted = wanted),
            }
        }
        Hold::OtherSource => {
            let wanted = wanted(&rules.source);
            match loaded.and_then(|article| article.provider.as_deref()) {
                Some(source) => {
                    say!(words, "hold-other-source", source = name(&source.name), wanted = wanted)
                }
                None => say!(words, "hold-no-source", wanted = wanted),
            }
        }
        Hold::NoWord => {
            say!(words, "hold-no-word", words = text::escaped(&rules.words.to_string(), PHRASES_SHOWN_MAX))
        }
        Hold::ExcludedWord(word) => say!(words, "hold-excluded-word", word = name(word)),
        Hold::Quality { quality: Some(quality), quality_min } => {
            say!(words, "hold-quality", quality = *quality, min = *quality_min)
        }
        Hold::Quality { quality: None, quality_min } => say!(words, "hold-no-quality", min = *quality_min),
        Hold::Heat { heat, heat_min } => say!(words, "hold-heat", heat = *heat, min = *heat_min),
        Hold::Undated => say!(words, "hold-undated", days = days),
        Hold::TooOld { published_at } => {
            say!(words, "hold-too-old", when = relative(*published_at), days = days)
        }
    }
}
