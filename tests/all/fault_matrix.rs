//! Every fault of Discord against every request of a feed: nothing is lost, nothing is doubled, and nothing stops without a
//! word. What happened is a table, kept beside this file (`tests/all/snapshots`).
//!
//! The worker, the ledger, the sender and the sandbox are the real ones; only their clock is the test's.

mod gateway;
mod scene;

use std::fmt::Write as _;
use std::time::Duration;

use discord_sandbox::{FaultKind, Scope};
use futures_util::{StreamExt, stream};
use heatwire::delivery::record::DeliveryState;
use heatwire::feed::FeedStatus;
use scene::{Ended, Scene};

/// How many scenes are played at once.
const AT_ONCE: usize = 8;
/// How often each fault comes, one after the other.
const TIMES: u32 = 2;

/// A request of a feed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Asked {
    Post,
    ForumPost,
    Edit,
    Delete,
    DeleteThread,
    Crosspost,
    OpenThread,
}

impl Asked {
    const ALL: [Self; 7] = [
        Self::Post,
        Self::ForumPost,
        Self::Edit,
        Self::Delete,
        Self::DeleteThread,
        Self::Crosspost,
        Self::OpenThread,
    ];

    fn route(self) -> &'static str {
        match self {
            Self::Post => "POST /channels/*/messages",
            Self::ForumPost => "POST /channels/*/threads",
            Self::Edit => "PATCH /channels/*/messages/*",
            Self::Delete => "DELETE /channels/*/messages/*",
            Self::DeleteThread => "DELETE /channels/*",
            Self::Crosspost => "POST /channels/*/messages/*/crosspost",
            Self::OpenThread => "POST /channels/*/messages/*/threads",
        }
    }

    fn channel(self) -> &'static str {
        match self {
            Self::ForumPost | Self::DeleteThread => "discussions",
            Self::Crosspost => "announcements",
            _ => "news",
        }
    }
}

/// What goes wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wrong {
    Request(FaultKind),
    /// Nobody listens where Discord was.
    NoConnection,
    /// All of Discord answers 503 for a minute.
    Outage,
}

fn faults() -> Vec<(String, Wrong)> {
    let mut faults: Vec<(String, Wrong)> = [400, 401, 403, 404, 408, 500, 502, 503]
        .map(|status| (format!("{status}"), Wrong::Request(FaultKind::Status(status))))
        .into();
    let codes = [
        (404, 10_003),
        (404, 10_004),
        (404, 10_008),
        (403, 50_001),
        (403, 50_013),
        (400, 50_008),
        (400, 50_024),
        (400, 40_058),
        (400, 40_066),
        (400, 40_067),
        (400, 50_035),
        (403, 200_000),
        (403, 200_001),
        (403, 240_000),
        (403, 40_333),
    ];
    faults.extend(codes.map(|(status, code)| {
        (format!("{status} code {code}"), Wrong::Request(FaultKind::Code { status, code }))
    }));
    let limited = |name: &str, scope, body_ms, header_ms: Option<u64>| {
        let retry_after = Duration::from_millis(body_ms);
        let header = header_ms.map(Duration::from_millis);
        (format!("429 {name}"), Wrong::Request(FaultKind::RateLimit { scope, retry_after, header }))
    };
    faults.extend([
        limited("of the bot", Scope::User, 40_000, None),
        limited("of the channel", Scope::Shared, 40_000, None),
        // The sender keeps this one by its own clock, which is the real one.
        limited("of all routes", Scope::Global, 300, None),
        limited("header longer", Scope::User, 1_000, Some(40_000)),
        limited("body longer", Scope::User, 40_000, Some(1_000)),
        ("no answer".to_owned(), Wrong::Request(FaultKind::Unanswered)),
        ("reset before".to_owned(), Wrong::Request(FaultKind::ResetBefore)),
        ("reset after".to_owned(), Wrong::Request(FaultKind::ResetAfter)),
        ("no connection".to_owned(), Wrong::NoConnection),
        ("a minute's outage".to_owned(), Wrong::Outage),
    ]);
    faults
}

#[tokio::test]
async fn whatever_discord_answers_nothing_is_lost_doubled_or_stuck_without_a_word() {
    let cells = faults().into_iter().flat_map(|(_, wrong)| Asked::ALL.map(|asked| (asked, wrong)));
    let played = stream::iter(cells).map(|(asked, wrong)| play(asked, wrong)).buffered(AT_ONCE);
    let played: Vec<String> = played.collect().await;
    let mut table = format!("{:<20}", "");
    for asked in Asked::ALL {
        write!(table, "{:<28}", format!("{asked:?}")).unwrap();
    }
    for ((name, _), row) in faults().iter().zip(played.chunks(Asked::ALL.len())) {
        table.truncate(table.trim_end().len());
        write!(table, "\n{name:<20}").unwrap();
        for cell in row {
            write!(table, "{cell:<28}").unwrap();
        }
    }
    table.truncate(table.trim_end().len());
    println!("{table}");
    insta::assert_snapshot!("fault_matrix", table);
}

/// One fault, [`TIMES`] times, at one kind of request: what came of it, in words.
async fn play(asked: Asked, wrong: Wrong) -> String {
    let what = format!("{asked:?}, {wrong:?}");
    let mut scene = Scene::new(asked).await;
    scene.prepare().await;
    match wrong {
        Wrong::Request(kind) => scene.plan_fault(kind, TIMES),
        Wrong::NoConnection => scene.sender.refuse(TIMES),
        Wrong::Outage => scene.sandbox.begin_outage(Some(Duration::from_secs(60))),
    }
    scene.act();
    let mut effects = Vec::new();
    if scene.settle().await == Ended::WrongToken {
        effects.push("process ends".to_owned());
        scene.clear_faults();
        scene.start().await;
        scene.settle().await;
    }
    assert!(scene.waited_long_enough(wrong), "{what}");
    if let FeedStatus::Paused(_) = scene.report().await.feed.status {
        effects.push("feed pauses".to_owned());
        scene.clear_faults();
        scene.resume().await;
        scene.settle().await;
    }
    let mut row = scene.row().await;
    if row.state == DeliveryState::Failed {
        assert!(row.reason.is_some(), "{what}: it fails without a word");
        effects.push("fails".to_owned());
        scene.clear_faults();
        scene.resend(row.id).await;
        scene.settle().await;
        row = scene.row().await;
    }
    assert_ne!(row.state, DeliveryState::Unknown, "{what}: the history can be read here");
    assert_ne!(row.state, DeliveryState::Sending, "{what}: {row:?}");
    scene.clear_faults();
    let words = match (scene.is_done(), row.state) {
        (true, _) => format!("done at try {}", scene.tries()),
        (false, DeliveryState::Withdrawn) => {
            assert!(row.reason.is_some(), "{what}: it is taken for deleted without a word");
            "taken for deleted".to_owned()
        }
        (false, state) => {
            assert!(row.reason.is_some(), "{what}: it is left without a word");
            format!("left, {}", state.word())
        }
    };
    effects.push(words);
    scene.check_once(row.state, &what);
    scene.stop().await;
    effects.join("; ")
}
