//! The problems of article files, page by page, for moderators.

use std::collections::BTreeSet;

use crate::card::text;
use crate::discord::choices;
use crate::discord::custom_id::CustomId;
use crate::discord::pager;
use crate::discord::reply::{Reply, Row};
use crate::discord::state::State;
use crate::query::Page;
use article_format::problem::Problem;

/// Five problems of the greatest length fit into one message.
const PROBLEMS_PER_PAGE: usize = 5;
const PROBLEM_CHARACTERS_MAX: usize = 370;

/// "3 problems in 2 files", or that there are none.
#[must_use]
pub fn in_words(problems: &[Problem]) -> String {
    let files: BTreeSet<&str> = problems.iter().map(|problem| &*problem.path).collect();
    let several = |count: usize, one: &str| format!("{count} {one}{}", if count == 1 { "" } else { "s" });
    match problems.len() {
        0 => "No file has a problem.".to_owned(),
        count => format!("⚠️ {} in {}.", several(count, "problem"), several(files.len(), "file")),
    }
}

/// One of them, by file and line.
#[must_use]
pub fn line(problem: &Problem) -> String {
    format!("• {}", text::escaped(&problem.to_string(), PROBLEM_CHARACTERS_MAX))
}

/// The button that lists them; none where there are none.
#[must_use]
pub fn button(problems: &[Problem]) -> Option<Row> {
    let label = format!("Show problems ({})", problems.len());
    let row = || Row::Buttons(vec![choices::button(&label, CustomId::ShowProblems)]);
    (!problems.is_empty()).then(row)
}

/// A page of the problems as they are now, by file and line.
#[must_use]
pub fn page(page: usize, state: &State) -> Reply {
    let collection = state.collection();
    let problems = collection.problems();
    let page = Page::of(problems, page, PROBLEMS_PER_PAGE);
    let mut lines = vec![in_words(problems)];
    if page.count > 1 {
        lines.push(format!("Page {} of {}", page.index + 1, page.count));
    }
    lines.extend(page.items.iter().map(line));
    let buttons = pager::buttons(&page, |page| CustomId::Problems { page });
    Reply { rows: buttons.into_iter().collect(), ..Reply::to_asker(lines.join("\n")) }
}
