//! The texts of `/news` around its cards.

use crate::card::text;
use crate::collection::Collection;
use crate::collection::names::Matched;
use crate::discord::pager;
use crate::messages::{Words, isolated, say};
use crate::query::{Chosen, Filter, Page, Resolved, Since, Sort};

/// The most characters of a typed text that an answer repeats.
const TYPED_CHARACTERS_MAX: usize = 120;
/// The most characters of the name of a topic, a type or a source.
const NAME_CHARACTERS_MAX: usize = 100;
/// The most characters of a name in the label of a button, beside words and a number.
const LABEL_NAME_CHARACTERS_MAX: usize = 40;

/// "the last 7 days".
pub(super) fn since(words: &Words, since: Since) -> String {
    match since {
        Since::Today => say!(words, "since-today"),
        Since::Week => say!(words, "since-week"),
        Since::Month => say!(words, "since-month"),
        Since::Year => say!(words, "since-year"),
    }
}

/// "hottest first".
pub(super) fn sort(words: &Words, sort: Sort) -> String {
    match sort {
        Sort::Heat => say!(words, "sort-heat"),
        Sort::Trending => say!(words, "sort-trending"),
        Sort::Newest => say!(words, "sort-newest"),
        Sort::Quality => say!(words, "sort-quality"),
    }
}

/// One line for each typed name that the bot matched with another name.
pub(crate) fn matched(words: &Words, resolved: &Resolved, collection: &Collection) -> Vec<String> {
    let inexact = resolved.chosen.iter().filter_map(|chosen| Some((chosen, chosen.inexact.as_ref()?)));
    inexact
        .map(|(chosen, (typed, matched))| {
            let name = bold_name(chosen, collection);
            let typed = typed_name(typed);
            match matched {
                Matched::Exact | Matched::Similar => {
                    say!(words, "news-similar", filter = chosen.filter.name(), typed = typed, name = name)
                }
                Matched::Alias => say!(words, "news-alias", typed = typed, name = name),
                Matched::Prefix => say!(words, "news-prefix", typed = typed, name = name),
            }
        })
        .collect()
}

/// "**AI** · type **video** · the last 7 days · hottest first · 83 articles · page 2 of 17".
pub(super) fn heading<T>(
    words: &Words,
    resolved: &Resolved,
    collection: &Collection,
    page: &Page<'_, T>,
) -> String {
    let mut parts = conditions(words, resolved, collection);
    parts.push(sort(words, resolved.sort));
    parts.push(pager::articles_in_words(words, page.items_total));
    parts.push(pager::page_in_words(words, page));
    parts.join(" · ")
}

/// Why there are no articles.
pub(super) fn nothing(words: &Words, resolved: &Resolved, collection: &Collection) -> String {
    let conditions = conditions(words, resolved, collection);
    if conditions.is_empty() {
        return say!(words, "news-empty");
    }
    say!(words, "news-nothing", conditions = conditions.join(" · "))
}

/// The condition that a wider query leaves out.
pub(super) enum Wider {
    AnyTime,
    Any(Filter),
    /// All conditions but this name.
    AllOf(String),
}

impl Wider {
    /// The label of a button. The count is the number of articles that it shows.
    pub(super) fn label(&self, words: &Words, count: usize) -> String {
        match self {
            Self::AnyTime => say!(words, "news-any-time", count = count),
            Self::Any(filter) => say!(words, "news-any", filter = filter.name(), count = count),
            Self::AllOf(name) => say!(words, "news-all-of", name = name.as_str(), count = count),
        }
    }
}

/// The same query without one of its conditions.
pub(super) fn wider(resolved: &Resolved, collection: &Collection) -> Vec<(Wider, Resolved)> {
    let mut wider = Vec::new();
    if resolved.since.is_some() {
        wider.push((Wider::AnyTime, Resolved { since: None, ..resolved.clone() }));
    }
    for chosen in resolved.chosen.iter().rev() {
        let others = resolved.chosen.iter().filter(|other| other.filter != chosen.filter).cloned();
        let without = Resolved { chosen: others.collect(), ..resolved.clone() };
        wider.push((Wider::Any(chosen.filter), without));
    }
    if let (Some(_), [chosen, _, ..]) = (resolved.since, resolved.chosen.as_slice()) {
        let name = chosen.filter.names(collection).text(chosen.value);
        let alone = Resolved { chosen: vec![chosen.clone()], since: None, ..resolved.clone() };
        wider.push((Wider::AllOf(text::plain(name, LABEL_NAME_CHARACTERS_MAX)), alone));
    }
    wider
}

/// A typed text for an answer.
pub(crate) fn typed_name(typed: &str) -> String {
    text::escaped(typed, TYPED_CHARACTERS_MAX)
}

pub(crate) fn conditions(words: &Words, resolved: &Resolved, collection: &Collection) -> Vec<String> {
    let of_chosen = |chosen: &Chosen| {
        let name = bold_name(chosen, collection);
        match chosen.filter {
            Filter::Topic => name,
            Filter::Kind => say!(words, "news-type", name = name),
            Filter::Source => say!(words, "news-source", name = name),
        }
    };
    let mut parts: Vec<String> = resolved.chosen.iter().map(of_chosen).collect();
    parts.extend(resolved.since.map(|value| since(words, value)));
    parts
}

fn bold_name(chosen: &Chosen, collection: &Collection) -> String {
    let name = chosen.filter.names(collection).text(chosen.value);
    isolated(&format!("**{}**", text::escaped(name, NAME_CHARACTERS_MAX))).into_owned()
}
