//! Pages of answers: the buttons Previous and Next, and the number of the page.

use super::custom_id::CustomId;
use super::reply::{Button, Press, Row};
use crate::messages::{Words, say};
use crate::query::Page;

/// "page 2 of 17".
pub(crate) fn page_in_words<T>(words: &Words, page: &Page<'_, T>) -> String {
    say!(words, "pager-page", page = page.index + 1, pages = page.count)
}

/// "Page 2 of 17", as a line of its own. `None` if there is only one page.
pub(crate) fn page_line<T>(words: &Words, page: &Page<'_, T>) -> Option<String> {
    (page.count > 1).then(|| say!(words, "pager-page-line", page = page.index + 1, pages = page.count))
}

/// "83 articles".
pub(crate) fn articles_in_words(words: &Words, count: usize) -> String {
    say!(words, "count-articles", count = count)
}

/// A row with Previous and Next. `None` if there is only one page. On the first and the last page, one button is disabled.
///
/// `id` returns the `custom_id` for the page with an index.
pub(crate) fn buttons<T>(words: &Words, page: &Page<'_, T>, id: impl Fn(usize) -> CustomId) -> Option<Row> {
    let button = |label: String, target: Option<usize>, otherwise: usize| Button {
        label,
        press: target.map_or_else(|| Press::Nothing(id(otherwise)), |index| Press::Ask(id(index))),
    };
    let previous = page.index.checked_sub(1);
    let next = Some(page.index + 1).filter(|next| *next < page.count);
    // Discord requires a different `custom_id` for each button of a message. A disabled button has the one of the current page.
    let row = vec![
        button(say!(words, "pager-previous"), previous, page.index),
        button(say!(words, "pager-next"), next, page.index),
    ];
    (page.count > 1).then_some(Row::Buttons(row))
}

/// Splits items into pages. Each page has as many items as fit, but at least one. `size` returns the characters and the rows of
/// buttons of an item. `page_max` has the most characters and rows of a page.
#[must_use]
pub(super) fn packed<T>(
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
