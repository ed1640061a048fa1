//! What all paged answers share: two buttons and their words.

use super::custom_id::CustomId;
use super::reply::{Button, Press, Row};
use crate::query::Page;

/// "page 2 of 17".
#[must_use]
pub fn page_in_words<T>(page: &Page<'_, T>) -> String {
    format!("page {} of {}", page.index + 1, page.count)
}

/// "83 articles".
#[must_use]
pub fn articles_in_words(count: usize) -> String {
    if count == 1 { "1 article".to_owned() } else { format!("{count} articles") }
}

/// Previous and Next; no row where one page is all there is. At an end the button is greyed out.
///
/// `id` makes the `custom_id` of the page with this index.
#[must_use]
pub fn buttons<T>(page: &Page<'_, T>, id: impl Fn(usize) -> CustomId) -> Option<Row> {
    let button = |label: &str, target: Option<usize>, otherwise: usize| Button {
        label: label.to_owned(),
        press: target.map_or_else(|| Press::Nothing(id(otherwise)), |index| Press::Ask(id(index))),
    };
    let previous = page.index.checked_sub(1);
    let next = Some(page.index + 1).filter(|next| *next < page.count);
    // At an end the greyed-out button carries its own page: no other button of the message does.
    let row = vec![button("Previous", previous, page.index), button("Next", next, page.index)];
    (page.count > 1).then_some(Row::Buttons(row))
}
