//! Notes on the page of the demo: one line over each channel with a feed, and one line under each message of a feed.

use std::convert::Infallible;
use std::time::Duration;

use crate::delivery::desk::{Desk, FeedReport, PostReport};
use crate::discord::commands::feed::words;
use crate::discord::state::State;
use crate::feed::FeedStatus;
use crate::ids::GuildId;
use crate::messages::Words;
use discord_sandbox::{Note, Sandbox, Tone};

/// The notes are computed anew after each pause. The page gets only what changed.
const PAUSE: Duration = Duration::from_millis(500);

/// Keeps the notes up to date until the future is dropped. Calls `begun` after all feeds have recorded the existing articles.
pub(super) async fn keep(sandbox: &Sandbox, desk: &Desk, state: &State, begun: impl Fn()) -> Infallible {
    // The worker answers no request before the bot is connected.
    state.connected().cancelled().await;
    let mut turns = tokio::time::interval(PAUSE);
    turns.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        turns.tick().await;
        let guild = GuildId(sandbox.guild_id());
        let (feeds, posts) = tokio::join!(desk.feeds(guild), desk.posts(guild));
        // When the demo stops, the worker answers no further request.
        let (Ok(feeds), Ok(posts)) = (feeds, posts) else { continue };
        if !feeds.is_empty() && feeds.iter().all(|report| report.feed.pending_backfill.is_none()) {
            begun();
        }
        let words = Words::of(state.guild_languages().of(guild));
        let of_channels = feeds.iter().map(|report| of_feed(report, state.awaits_articles(), words));
        let of_posts = posts.iter().map(|post| of_post(post, words));
        sandbox.set_notes(of_channels.chain(of_posts).collect());
    }
}

fn of_feed(report: &FeedReport, awaits_articles: bool, words: &Words) -> Note {
    let is_trouble = report.feed.status.is_troubled() || report.failed + report.unknown + report.withheld > 0;
    let is_waiting = report.feed.status != FeedStatus::Active || report.due > 0 || awaits_articles;
    let tone = match (is_trouble, is_waiting) {
        (true, _) => Tone::Trouble,
        (false, true) => Tone::Waiting,
        (false, false) => Tone::Good,
    };
    let text = words::feed_note(report, awaits_articles, words);
    Note { channel: report.feed.channel.0, message: None, tone, text }
}

fn of_post(post: &PostReport, words: &Words) -> Note {
    let tone = if post.refused + post.withheld > 0 { Tone::Trouble } else { Tone::Good };
    Note {
        channel: post.place.channel.0,
        message: Some(post.place.message.0),
        tone,
        text: words::post_note(post, words),
    }
}
