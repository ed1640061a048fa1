//! The problems of article files, page by page, for moderators.

use std::collections::BTreeSet;

use crate::card::text;
use crate::discord::choices;
use crate::discord::custom_id::CustomId;
use crate::discord::pager;
use crate::discord::reply::{Reply, Row};
use crate::discord::state::State;
use crate::messages::{Words, say};
use crate::query::Page;
use article_format::problem::Problem;

/// Five problems of the greatest length fit into one message.
const PROBLEMS_PER_PAGE: usize = 5;
const PROBLEM_CHARACTERS_MAX: usize = 370;

/// How many problems there are, and in how many files.
pub(crate) fn in_words(problems: &[Problem], words: &Words) -> String {
    if problems.is_empty() {
        return say!(words, "problems-none");
    }
    let files: BTreeSet<&str> = problems.iter().map(|problem| &*problem.path).collect();
    say!(words, "problems-count", problems = problems.len(), files = files.len())
}

/// One of them, by file and line.
pub fn line(problem: &Problem) -> String {
    format!("• {}", text::escaped(&problem.to_string(), PROBLEM_CHARACTERS_MAX))
}

/// The button that lists them; none where there are none.
pub(crate) fn button(problems: &[Problem], words: &Words) -> Option<Row> {
    let label = say!(words, "problems-show", problems = problems.len());
    let row = || Row::Buttons(vec![choices::button(&label, CustomId::ShowProblems)]);
    (!problems.is_empty()).then(row)
}

/// A page of the problems as they are now, by file and line.
pub(crate) fn page(page: usize, words: &Words, state: &State) -> Reply {
    let collection = state.collection();
    let problems = collection.problems();
    let page = Page::of(problems, page, PROBLEMS_PER_PAGE);
    let mut lines = vec![in_words(problems, words)];
    if page.count > 1 {
        lines.push(say!(words, "problems-page", page = page.index + 1, pages = page.count));
    }
    lines.extend(page.items.iter().map(line));
    let buttons = pager::buttons_in(words, &page, |page| CustomId::Problems { page });
    Reply { rows: buttons.into_iter().collect(), ..Reply::to_asker(lines.join("\n")) }
}
