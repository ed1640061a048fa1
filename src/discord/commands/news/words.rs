//! What `/news` says around its cards.

use crate::card::text;
use crate::collection::Collection;
use crate::collection::names::Matched;
use crate::discord::pager;
use crate::query::{Filter, Page, Resolved};

/// What a member typed is repeated up to this many characters.
pub(super) const TYPED_CHARACTERS_MAX: usize = 120;

/// One line for each name that was not typed as it is.
pub(super) fn matched(resolved: &Resolved, collection: &Collection) -> Vec<String> {
    let inexact = resolved.chosen.iter().filter_map(|chosen| Some((chosen, chosen.inexact.as_ref()?)));
    inexact
        .map(|(chosen, (typed, matched))| {
            let name = bold_name(chosen.filter, chosen.value, collection);
            let typed = text::escaped(typed, TYPED_CHARACTERS_MAX);
            let how = match matched {
                Matched::Exact | Matched::Similar => "",
                Matched::Alias => ", another name of it",
                Matched::Prefix => ", as it begins",
            };
            format!("Showing {name} for “{typed}”{how}")
        })
        .collect()
}

/// "**AI** · type **video** · the last 7 days · hottest first · 83 articles · page 2 of 17".
pub(super) fn heading<T>(resolved: &Resolved, collection: &Collection, page: &Page<'_, T>) -> String {
    let mut parts = conditions(resolved, collection);
    parts.push(resolved.sort.words().to_owned());
    parts.push(pager::articles_in_words(page.items_total));
    parts.push(pager::page_in_words(page));
    parts.join(" · ")
}

/// "Nothing on **AI**, type **video**, of the last 7 days."
pub(super) fn nothing(resolved: &Resolved, collection: &Collection) -> String {
    let conditions = conditions(resolved, collection);
    if conditions.is_empty() {
        return "The collection has no articles to show yet.".to_owned();
    }
    format!("Nothing found: {}.", conditions.join(" · "))
}

/// The same question without one of its conditions, with the words for a button.
pub(super) fn wider(resolved: &Resolved, collection: &Collection) -> Vec<(String, Resolved)> {
    let mut wider = Vec::new();
    if resolved.since.is_some() {
        wider.push(("Any time".to_owned(), Resolved { since: None, ..resolved.clone() }));
    }
    for chosen in resolved.chosen.iter().rev() {
        let others = resolved.chosen.iter().filter(|other| other.filter != chosen.filter).cloned();
        let without = Resolved { chosen: others.collect(), ..resolved.clone() };
        wider.push((format!("Any {}", chosen.filter.word()), without));
    }
    if resolved.since.is_some() {
        for chosen in resolved.chosen.iter().take(1) {
            let name = chosen.filter.names(collection).text(chosen.value);
            let alone = Resolved { chosen: vec![chosen.clone()], since: None, ..resolved.clone() };
            if resolved.chosen.len() > 1 {
                wider.push((format!("All of {name}"), alone));
            }
        }
    }
    wider
}

fn conditions(resolved: &Resolved, collection: &Collection) -> Vec<String> {
    let mut parts: Vec<String> = resolved
        .chosen
        .iter()
        .map(|chosen| {
            let name = bold_name(chosen.filter, chosen.value, collection);
            if chosen.filter == Filter::Topic { name } else { format!("{} {name}", chosen.filter.word()) }
        })
        .collect();
    parts.extend(resolved.since.map(|since| since.words().to_owned()));
    parts
}

fn bold_name(filter: Filter, value: usize, collection: &Collection) -> String {
    format!("**{}**", text::escaped(filter.names(collection).text(value), 100))
}
