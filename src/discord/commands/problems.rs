//! The problems of article files, page by page, for moderators.

use std::collections::BTreeSet;

use crate::card::text;
use crate::discord::choices;
use crate::discord::component::{Kind, Pressed};
use crate::discord::custom_id::{CustomId, Fields};
use crate::discord::invocation::Invocation;
use crate::discord::pager;
use crate::discord::reply::{Reply, Row};
use crate::discord::state::State;
use crate::messages::{Words, say};
use crate::query::Page;
use article_format::problem::Problem;

/// Five problems of the greatest length fit into one message.
const PROBLEMS_PER_PAGE: usize = 5;
const PROBLEM_CHARACTERS_MAX: usize = 370;

/// The button that lists the problems, in a message of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ShowProblems;

impl Kind for ShowProblems {
    const TAG: &'static str = "problems1";
    const UPDATES: bool = false;

    fn id(&self) -> CustomId {
        CustomId::new(Self::TAG)
    }

    fn read(_: &mut Fields<'_>) -> Option<Self> {
        Some(Self)
    }

    async fn run(self, pressed: &Pressed<'_>) -> Result<Reply, Reply> {
        require_operators(&pressed.invocation)?;
        Ok(page(0, pressed.invocation.words, pressed.invocation.state))
    }
}

/// A button that shows a page of the problems.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ProblemsPage {
    /// From 0.
    pub(crate) page: usize,
}

impl Kind for ProblemsPage {
    const TAG: &'static str = "problempage1";
    const UPDATES: bool = true;

    fn id(&self) -> CustomId {
        CustomId::new(Self::TAG).index(self.page)
    }

    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        Some(Self { page: fields.index()? })
    }

    async fn run(self, pressed: &Pressed<'_>) -> Result<Reply, Reply> {
        require_operators(&pressed.invocation)?;
        Ok(page(self.page, pressed.invocation.words, pressed.invocation.state))
    }
}

/// Whether the moderators of this guild may see the problems of files and the sources.
pub(super) fn are_shown_to(invocation: &Invocation<'_>) -> bool {
    invocation.state.operator_guilds().has(invocation.guild())
}

/// Checks that the guild is the operator's.
///
/// # Errors
/// The refusal.
pub(super) fn require_operators(invocation: &Invocation<'_>) -> Result<(), Reply> {
    if are_shown_to(invocation) {
        return Ok(());
    }
    Err(Reply::to_asker(say!(invocation.words, "operators-only")))
}

/// How many problems there are, and in how many files.
pub(crate) fn in_words(problems: &[Problem], words: &Words) -> String {
    if problems.is_empty() {
        return say!(words, "problems-none");
    }
    let files: BTreeSet<&str> = problems.iter().map(|problem| &*problem.path).collect();
    say!(words, "problems-count", problems = problems.len(), files = files.len())
}

/// One problem, with file and line.
pub(crate) fn line(problem: &Problem) -> String {
    format!("• {}", text::escaped(&problem.to_string(), PROBLEM_CHARACTERS_MAX))
}

/// The button that lists the problems. `None` without problems.
pub(crate) fn button(problems: &[Problem], words: &Words) -> Option<Row> {
    let label = say!(words, "problems-show", problems = problems.len());
    let row = || Row::Buttons(vec![choices::button(&label, ShowProblems.id())]);
    (!problems.is_empty()).then(row)
}

/// A page of the current problems.
pub(crate) fn page(page: usize, words: &Words, state: &State) -> Reply {
    let collection = state.collection();
    let problems = collection.problems();
    let page = Page::of(problems, page, PROBLEMS_PER_PAGE);
    let mut lines = vec![in_words(problems, words)];
    lines.extend(pager::page_line(words, &page));
    lines.extend(page.items.iter().map(line));
    let buttons = pager::buttons(words, &page, |page| ProblemsPage { page }.id());
    Reply { rows: buttons.into_iter().collect(), ..Reply::to_asker(lines.join("\n")) }
}
