//! The message of a notice: troubles with their remedies and buttons, then what is over.

use std::collections::BTreeSet;

use article_format::problem::Problem;

use super::facts::{Scene, of_problem, of_source};
use crate::card::text;
use crate::discord::choices;
use crate::discord::commands::feed::list::decision_buttons;
use crate::discord::commands::feed::list::items::{self, Decision};
use crate::discord::commands::feed::resume_button::ResumeFeed;
use crate::discord::commands::feed::words as feed_words;
use crate::discord::commands::problems;
use crate::discord::commands::status::sources;
use crate::discord::component::Kind as _;
use crate::discord::reply::{Button, CONTENT_CHARACTERS_MAX, Reply, Row};
use crate::feed::pause::PauseReason;
use crate::feed::{Feed, FeedId, FeedStatus};
use crate::messages::{Words, say};
use crate::notices::{Kind, Notice, Subject};

/// The characters that are kept for the line that counts what does not fit.
const REST_CHARACTERS_MAX: usize = 250;
/// Rows of decisions. A message has five rows (Discord's docs, "Components"), and one row resumes feeds, one shows problems.
const DECISION_ROWS_MAX: usize = 3;
/// The most buttons in a row.
const RESUMES_MAX: usize = 5;
/// The most problems with a line of their own.
const PROBLEMS_SHOWN_MAX: usize = 3;

/// A part of a notice.
struct Part {
    text: String,
    /// How many subjects the part tells of.
    count: usize,
    press: Option<Press>,
}

/// The buttons of a part.
enum Press {
    Resume(Button),
    Decide(Row),
    ShowProblems(Row),
}

/// The message. What does not fit is counted, and `/feed list` and `/status` show it.
pub(crate) fn reply(notice: &Notice, scene: &Scene, awaits_articles: bool, words: &Words) -> Reply {
    let (mut lines, mut rest, mut characters) = (Vec::new(), 0, 0);
    let (mut resumes, mut decisions, mut shows) = (Vec::new(), Vec::new(), Vec::new());
    for part in parts(notice, scene, awaits_articles, words) {
        characters += text::count(&part.text) + 1;
        if rest > 0 || characters > CONTENT_CHARACTERS_MAX - REST_CHARACTERS_MAX {
            rest += part.count;
            continue;
        }
        lines.push(part.text);
        match part.press {
            Some(Press::Resume(button)) if resumes.len() < RESUMES_MAX => resumes.push(button),
            Some(Press::Decide(row)) if decisions.len() < DECISION_ROWS_MAX => decisions.push(row),
            Some(Press::ShowProblems(row)) => shows.push(row),
            _ => {}
        }
    }
    lines.extend((rest > 0).then(|| say!(words, "notice-rest", count = rest)));
    let resumes = (!resumes.is_empty()).then_some(Row::Buttons(resumes));
    let rows = resumes.into_iter().chain(decisions).chain(shows).collect();
    Reply { content: lines.join("\n"), rows, ..Reply::default() }
}

fn parts(notice: &Notice, scene: &Scene, awaits_articles: bool, words: &Words) -> Vec<Part> {
    let is_told = |subject: Subject| notice.troubles.contains(&subject);
    let is_over = |subject: Subject| notice.recovered.contains(&subject);
    let mut parts = Vec::new();
    let paused = scene.feeds.iter().filter(|feed| is_told(Subject::feed(feed.id)));
    parts.extend(paused.map(|feed| of_feed(feed, awaits_articles, words)));
    let is_removed = |id: FeedId| scene.feeds.iter().all(|feed| feed.id != id);
    parts.extend(scene.open.iter().filter(|details| is_told(Subject::delivery(details.id))).map(|details| {
        Part {
            text: items::delivery(details, is_removed(details.feed), words),
            count: 1,
            press: Some(Press::Decide(decision_buttons(&Decision::Delivery(details), 0, words))),
        }
    }));
    let withheld = scene.feeds.iter().filter(|feed| is_told(Subject::withdrawals(feed.id)));
    parts.extend(withheld.filter_map(|feed| Some(withdrawals(feed, *scene.withheld.get(&feed.id)?, words))));
    parts.extend(new_problems(notice, scene, words));
    let faults = sources::faults_line(&scene.sources, words).filter(|_| is_told(Subject::source_list()));
    parts.extend(faults.map(plain));
    let failing = scene.sources.sources.iter().filter(|source| is_told(of_source(&source.name)));
    parts.extend(failing.map(|source| plain(sources::line(source, words))));
    let active = scene.feeds.iter().filter(|feed| is_over(Subject::feed(feed.id)));
    parts.extend(active.map(|feed| {
        let (number, channel) = (feed.id.to_string(), format!("<#{}>", feed.channel));
        plain(say!(words, "notice-feed-recovered", feed = number, channel = channel))
    }));
    let gone = notice.recovered.iter().filter(|subject| subject.kind == Kind::Problem).count();
    parts.extend((gone > 0).then(|| plain(say!(words, "notice-problems-gone", count = gone))));
    let is_list_good = is_over(Subject::source_list());
    parts.extend(is_list_good.then(|| plain(say!(words, "notice-source-list-recovered"))));
    let fetched = scene.sources.sources.iter().filter(|source| is_over(of_source(&source.name)));
    parts.extend(fetched.map(|source| {
        // The name of a source has no backtick, which would end the code.
        plain(say!(words, "notice-source-recovered", name = format!("`{}`", source.name)))
    }));
    parts
}

fn plain(text: String) -> Part {
    Part { text, count: 1, press: None }
}

fn of_feed(feed: &Feed, awaits_articles: bool, words: &Words) -> Part {
    let (number, channel) = (feed.id.to_string(), format!("<#{}>", feed.channel));
    let state = feed_words::state(feed, awaits_articles, words);
    let label = say!(words, "button-resume", feed = number.as_str());
    let resume = || Press::Resume(choices::button(&label, ResumeFeed { feed: feed.id }.id()));
    Part {
        text: say!(words, "notice-feed", feed = number, channel = channel, state = state),
        count: 1,
        press: is_resumable(&feed.status).then(resume),
    }
}

/// Whether `/feed resume` is a remedy. Otherwise the feed has to be removed.
fn is_resumable(status: &FeedStatus) -> bool {
    match status {
        FeedStatus::Paused(reason) | FeedStatus::PausedByBoth(reason) => !matches!(
            reason,
            PauseReason::ChannelDeleted | PauseReason::ChannelUnknown | PauseReason::ChannelKindChanged
        ),
        FeedStatus::PausedByModerator => true,
        FeedStatus::Active | FeedStatus::ForeignChannel | FeedStatus::Left { .. } => false,
    }
}

fn withdrawals(feed: &Feed, posts: usize, words: &Words) -> Part {
    let (number, channel) = (feed.id.to_string(), format!("<#{}>", feed.channel));
    let decision = Decision::Withdrawals(feed.id, posts);
    Part {
        text: say!(words, "notice-withdrawals", feed = number, channel = channel, posts = posts),
        count: 1,
        press: Some(Press::Decide(decision_buttons(&decision, 0, words))),
    }
}

fn new_problems(notice: &Notice, scene: &Scene, words: &Words) -> Option<Part> {
    let told: BTreeSet<&Subject> = notice.troubles.iter().collect();
    let all = scene.collection.problems();
    let new: Vec<&Problem> = all.iter().filter(|problem| told.contains(&of_problem(problem))).collect();
    let count = new.len();
    if count == 0 {
        return None;
    }
    let mut lines = vec![say!(words, "notice-problems", count = count)];
    lines.extend(new.into_iter().take(PROBLEMS_SHOWN_MAX).map(problems::line));
    let press = problems::button(all, words).map(Press::ShowProblems);
    Some(Part { text: lines.join("\n"), count, press })
}
