//! What all paged answers share: two buttons and their words.

use super::custom_id::CustomId;
use super::reply::{Button, Press, Row};
use crate::messages::{Words, say};
use crate::query::Page;

/// "page 2 of 17".
pub(crate) fn page_in_words<T>(words: &Words, page: &Page<'_, T>) -> String {
    say!(words, "pager-page", page = page.index + 1, pages = page.count)
}

/// "83 articles".
pub(crate) fn articles_in_words(words: &Words, count: usize) -> String {
    say!(words, "count-articles", count = count)
}

/// Previous and Next; no row where one page is all there is. At an end the button is greyed out.
///
/// `id` makes the `custom_id` of the page with this index.
pub(crate) fn buttons<T>(words: &Words, page: &Page<'_, T>, id: impl Fn(usize) -> CustomId) -> Option<Row> {
    let button = |label: String, target: Option<usize>, otherwise: usize| Button {
        label,
        press: target.map_or_else(|| Press::Nothing(id(otherwise)), |index| Press::Ask(id(index))),
    };
    let previous = page.index.checked_sub(1);
    let next = Some(page.index + 1).filter(|next| *next < page.count);
    // At an end the greyed-out button carries its own page: no other button of the message does.
    let row = vec![
        button(say!(words, "pager-previous"), previous, page.index),
        button(say!(words, "pager-next"), next, page.index),
    ];
    (page.count > 1).then_some(Row::Buttons(row))
}

/// Items as pages: as many to each as fit, at least one. `size` gives an item's characters and its rows of buttons, `page_max`
/// how much of both a page takes.
#[must_use]
pub fn packed<T>(
    items: Vec<T>,
    page_max: (usize, usize),
    size: impl Fn(&T) -> (usize, usize),
) -> Vec<Vec<T>> {
    let mut pages: Vec<Vec<T>> = Vec::new();
    let (mut characters, mut rows) = (0, 0);
    for item in items {
        let (characters_more, rows_more) = size(&item);
        (characters, rows) = (characters + characters_more, rows + rows_more);
        match pages.last_mut().filter(|_| characters <= page_max.0 && rows <= page_max.1) {
            Some(page) => page.push(item),
            None => {
                pages.push(vec![item]);
                (characters, rows) = (characters_more, rows_more);
            }
        }
    }
    pages
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_takes_what_fits_and_at_least_one() {
        let check = |sizes: &[(usize, usize)], expected: &[usize]| {
            let pages = packed(sizes.to_vec(), (10, 2), |size| *size);
            assert_eq!(pages.iter().map(Vec::len).collect::<Vec<_>>(), expected, "{sizes:?}");
            assert_eq!(pages.concat(), sizes);
        };
        check(&[], &[]);
        check(&[(5, 0), (5, 0), (1, 0)], &[2, 1]);
        check(&[(11, 0), (11, 3), (1, 0)], &[1, 1, 1]);
        check(&[(1, 1), (1, 0), (1, 1), (1, 1), (1, 0)], &[3, 2]);
    }
}
