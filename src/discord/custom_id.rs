//! The state that travels in buttons and menus, so that they work after a restart.
//!
//! Discord gives a `custom_id` 100 characters and wants each to be unique in its message. Names and
//! ids are longer than that, so they travel as 64-bit hashes; one that is unknown later is gone.

use std::fmt;

use crate::delivery::record::DeliveryId;
use crate::feed::FeedId;
use crate::query::{Query, Since, Sort, Wanted};
use article_format::{hash_to_text, parse_hash};

/// What a button or menu stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CustomId {
    /// A page of `/news`. Every [`Wanted`] in it is a hash.
    News {
        /// Whose answer it is: a user's id.
        asker: u64,
        /// What was asked.
        query: Query,
        /// From 0.
        page: usize,
        /// Tells buttons of one message apart that lead to the same page.
        slot: usize,
    },
    /// The menu that opens an article; its value is a [`hash_to_text`].
    OpenArticle,
    /// A page of `/topics`.
    Topics {
        /// Whose answer it is: a user's id.
        asker: u64,
        /// From 0.
        page: usize,
    },
    /// The menu that shows a topic's news; its value is a [`hash_to_text`].
    OpenTopic,
    /// A page of an article's related stories.
    Related {
        /// Whose answer it is: a user's id.
        asker: u64,
        /// The article's id, hashed.
        article: u64,
        /// From 0.
        page: usize,
    },
    /// The button of a feed's card that opens its article, for whoever presses it.
    FeedCard {
        /// [`crate::delivery::record::PostKey`]: the message is found by it.
        key: u64,
        /// The article's id, hashed.
        article: u64,
    },
    /// The menu of a feed's digest that opens an article; its value is a [`hash_to_text`].
    FeedDigest {
        /// As of [`CustomId::FeedCard`].
        key: u64,
    },
    /// The button that lists problems, in a message of its own.
    ShowProblems,
    /// A page of the list of problems.
    Problems {
        /// From 0.
        page: usize,
    },
    /// A page of `/feed list`.
    FeedList {
        /// From 0.
        page: usize,
    },
    /// What is to become of a delivery that is unknown or failed.
    Delivery {
        /// Which.
        delivery: DeliveryId,
        /// Whether it is posted after all, or left as it is and shown no more.
        is_resent: bool,
        /// The page of `/feed list` that the button stands on.
        page: usize,
    },
    /// What is to become of a feed's withdrawals that wait for a word.
    Withdrawals {
        /// Which feed's.
        feed: FeedId,
        /// Whether they are done, or the messages kept.
        are_done: bool,
        /// The page of `/feed list` that the button stands on.
        page: usize,
    },
    /// A page of `/why`.
    Why {
        /// The article's id, hashed.
        article: u64,
        /// From 0.
        page: usize,
    },
}

/// The first forms of the moderators' buttons, and what they are now. They carried the id of the command that they belonged
/// to. Whoever forges a press writes any id there, so nothing is judged by it: it is read over.
const FIRST_FORMS: [(&str, &str); 6] = [
    ("problems1", "problems2"),
    ("problempage1", "problempage2"),
    ("feeds1", "feeds2"),
    ("delivery1", "delivery2"),
    ("withdraw1", "withdraw2"),
    ("why1", "why2"),
];

/// Pages beyond this are not asked for by any button of ours.
const PAGE_MAX: usize = 99_999;

impl CustomId {
    /// Reads what [`fmt::Display`] wrote. `None` for anything else: another version's, or not ours.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split('.');
        let mut kind = parts.next()?;
        if let Some((_, now)) = FIRST_FORMS.into_iter().find(|(first, _)| *first == kind) {
            parse_hash(parts.next()?)?;
            kind = now;
        }
        let parsed = match kind {
            "news1" => Self::News {
                asker: parse_hash(parts.next()?)?,
                query: Query {
                    topic: parse_wanted(parts.next()?)?,
                    kind: parse_wanted(parts.next()?)?,
                    source: parse_wanted(parts.next()?)?,
                    since: parse_since(parts.next()?)?,
                    sort: Sort::ALL
                        .into_iter()
                        .find(|sort| Some(letter(sort.value())) == parts.clone().next())?,
                },
                page: parse_page(parts.nth(1)?)?,
                slot: parse_page(parts.next()?)?,
            },
            "open1" => Self::OpenArticle,
            "topics1" => Self::Topics { asker: parse_hash(parts.next()?)?, page: parse_page(parts.next()?)? },
            "opentopic1" => Self::OpenTopic,
            "related1" => Self::Related {
                asker: parse_hash(parts.next()?)?,
                article: parse_hash(parts.next()?)?,
                page: parse_page(parts.next()?)?,
            },
            "feedcard1" => {
                Self::FeedCard { key: parse_hash(parts.next()?)?, article: parse_hash(parts.next()?)? }
            }
            "feeddigest1" => Self::FeedDigest { key: parse_hash(parts.next()?)? },
            "problems2" => Self::ShowProblems,
            "problempage2" => Self::Problems { page: parse_page(parts.next()?)? },
            "feeds2" => Self::FeedList { page: parse_page(parts.next()?)? },
            "delivery2" => Self::Delivery {
                delivery: DeliveryId(parse_number(parts.next()?)?),
                is_resent: parse_choice(parts.next()?, ["send", "leave"])?,
                page: parse_page(parts.next()?)?,
            },
            "withdraw2" => Self::Withdrawals {
                feed: FeedId(parse_number(parts.next()?)?),
                are_done: parse_choice(parts.next()?, ["all", "none"])?,
                page: parse_page(parts.next()?)?,
            },
            "why2" => Self::Why { article: parse_hash(parts.next()?)?, page: parse_page(parts.next()?)? },
            _ => return None,
        };
        parts.next().is_none().then_some(parsed)
    }

    /// The commands that this belongs to; whoever may use one of them may use this. Empty where everybody may.
    ///
    /// Only the kind decides: a press can be forged, with whatever else in it.
    #[must_use]
    pub fn commands(&self) -> &'static [&'static str] {
        match self {
            // Both answers have the button, and both tell of problems.
            Self::ShowProblems | Self::Problems { .. } => &["reload", "status"],
            Self::FeedList { .. } | Self::Delivery { .. } | Self::Withdrawals { .. } => &["feed"],
            Self::Why { .. } => &["why"],
            Self::News { .. }
            | Self::OpenArticle
            | Self::Topics { .. }
            | Self::OpenTopic
            | Self::Related { .. }
            | Self::FeedCard { .. }
            | Self::FeedDigest { .. } => &[],
        }
    }

    /// The key of the feed's message that this stands in.
    #[must_use]
    pub fn post_key(&self) -> Option<u64> {
        match self {
            Self::FeedCard { key, .. } | Self::FeedDigest { key } => Some(*key),
            _ => None,
        }
    }
}

impl fmt::Display for CustomId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::News { asker, query, page, slot } => write!(
                formatter,
                "news1.{}.{}.{}.{}.{}.{}.{page}.{slot}",
                hash_to_text(*asker),
                wanted_to_text(query.topic.as_ref()),
                wanted_to_text(query.kind.as_ref()),
                wanted_to_text(query.source.as_ref()),
                query.since.map_or("", |since| letter(since.value())),
                letter(query.sort.value()),
            ),
            Self::OpenArticle => formatter.write_str("open1"),
            Self::Topics { asker, page } => write!(formatter, "topics1.{}.{page}", hash_to_text(*asker)),
            Self::OpenTopic => formatter.write_str("opentopic1"),
            Self::Related { asker, article, page } => {
                write!(formatter, "related1.{}.{}.{page}", hash_to_text(*asker), hash_to_text(*article))
            }
            Self::FeedCard { key, article } => {
                write!(formatter, "feedcard1.{}.{}", hash_to_text(*key), hash_to_text(*article))
            }
            Self::FeedDigest { key } => write!(formatter, "feeddigest1.{}", hash_to_text(*key)),
            Self::ShowProblems => formatter.write_str("problems2"),
            Self::Problems { page } => write!(formatter, "problempage2.{page}"),
            Self::FeedList { page } => write!(formatter, "feeds2.{page}"),
            Self::Delivery { delivery, is_resent, page } => {
                let choice = if *is_resent { "send" } else { "leave" };
                write!(formatter, "delivery2.{}.{choice}.{page}", number_to_text(delivery.0))
            }
            Self::Withdrawals { feed, are_done, page } => {
                let choice = if *are_done { "all" } else { "none" };
                write!(formatter, "withdraw2.{}.{choice}.{page}", number_to_text(feed.0))
            }
            Self::Why { article, page } => {
                write!(formatter, "why2.{}.{page}", hash_to_text(*article))
            }
        }
    }
}

/// A number of the ledger, in the same form.
fn number_to_text(number: i64) -> String {
    hash_to_text(number.cast_unsigned())
}

fn parse_number(text: &str) -> Option<i64> {
    parse_hash(text).map(u64::cast_signed)
}

/// Whether it is the first of two words; `None` for neither.
fn parse_choice(text: &str, [yes, no]: [&str; 2]) -> Option<bool> {
    if text == yes { Some(true) } else { (text == no).then_some(false) }
}

fn wanted_to_text(wanted: Option<&Wanted>) -> String {
    match wanted {
        Some(Wanted::Hash(hash)) => hash_to_text(*hash),
        // What was typed does not fit and is resolved before it gets here.
        Some(Wanted::Typed(_)) | None => String::new(),
    }
}

fn parse_wanted(text: &str) -> Option<Option<Wanted>> {
    if text.is_empty() { Some(None) } else { parse_hash(text).map(|hash| Some(Wanted::Hash(hash))) }
}

fn parse_since(text: &str) -> Option<Option<Since>> {
    if text.is_empty() {
        return Some(None);
    }
    Since::ALL.into_iter().find(|since| letter(since.value()) == text).map(Some)
}

fn parse_page(text: &str) -> Option<usize> {
    text.parse().ok().filter(|page| *page <= PAGE_MAX)
}

/// The first letter stands for a choice: t, w, m, y and h, n, q are all different.
fn letter(value: &'static str) -> &'static str {
    value.get(..1).unwrap_or(value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn any_wanted() -> impl Strategy<Value = Option<Wanted>> {
        proptest::option::of(any::<u64>().prop_map(Wanted::Hash))
    }

    proptest! {
        #[test]
        fn every_news_page_fits_and_comes_back(
            asker in any::<u64>(), topic in any_wanted(), kind in any_wanted(), source in any_wanted(),
            since in proptest::option::of(0_usize..4), sort in 0_usize..3, page in 0..=PAGE_MAX, slot in 0_usize..25,
        ) {
            let query = Query { topic, kind, source, since: since.map(|at| Since::ALL[at]), sort: Sort::ALL[sort] };
            let id = CustomId::News { asker, query, page, slot };
            prop_assert!(id.to_string().len() <= 100);
            prop_assert_eq!(CustomId::parse(&id.to_string()), Some(id));
        }

        #[test]
        fn what_is_not_ours_is_refused_without_a_panic(text in r"(news1|open1|topics1|related1|feedcard1|feeddigest1|problems[12]|problempage[12]|feeds[12]|delivery[12]|withdraw[12]|why[12]|x)?[.A-Za-z0-9_-]{0,100}") {
            if let Some(id) = CustomId::parse(&text) {
                prop_assert_eq!(CustomId::parse(&id.to_string()), Some(id));
            }
        }
    }

    #[test]
    fn the_other_ids_come_back() {
        for id in [
            CustomId::OpenArticle,
            CustomId::OpenTopic,
            CustomId::Topics { asker: u64::MAX, page: 3 },
            CustomId::Related { asker: 1, article: u64::MAX, page: 35 },
            CustomId::FeedCard { key: u64::MAX, article: 1 },
            CustomId::FeedDigest { key: 0 },
            CustomId::ShowProblems,
            CustomId::Problems { page: PAGE_MAX },
            CustomId::FeedList { page: PAGE_MAX },
            CustomId::Delivery { delivery: DeliveryId(i64::MAX), is_resent: true, page: PAGE_MAX },
            CustomId::Delivery { delivery: DeliveryId(-1), is_resent: false, page: 0 },
            CustomId::Withdrawals { feed: FeedId(i64::MAX), are_done: true, page: PAGE_MAX },
            CustomId::Withdrawals { feed: FeedId(3), are_done: false, page: 0 },
            CustomId::Why { article: u64::MAX, page: PAGE_MAX },
        ] {
            assert!(id.to_string().len() <= 100);
            assert_eq!(CustomId::parse(&id.to_string()), Some(id));
        }
        assert_eq!(CustomId::parse("open1.more"), None);
        assert_eq!(CustomId::parse("news0.AAAAAAAAAAA"), None);
    }
    #[test]
    fn buttons_that_carried_a_commands_id_work_still_and_say_nothing_of_it() {
        let (command, one) = (hash_to_text(77), hash_to_text(1));
        for (first, now) in [
            (format!("problems1.{command}"), CustomId::ShowProblems),
            (format!("problempage1.{command}.4"), CustomId::Problems { page: 4 }),
            (format!("feeds1.{command}.4"), CustomId::FeedList { page: 4 }),
            (
                format!("delivery1.{command}.{one}.leave.0"),
                CustomId::Delivery { delivery: DeliveryId(1), is_resent: false, page: 0 },
            ),
            (
                format!("withdraw1.{command}.{one}.all.2"),
                CustomId::Withdrawals { feed: FeedId(1), are_done: true, page: 2 },
            ),
            (format!("why1.{command}.{one}.3"), CustomId::Why { article: 1, page: 3 }),
        ] {
            assert_eq!(CustomId::parse(&first), Some(now), "{first}");
        }
        assert_eq!(CustomId::parse("feeds1.4"), None);
    }
}
