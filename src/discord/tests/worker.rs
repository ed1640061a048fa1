//! The service's side of the desk, with answers that a test sets.

use std::sync::{Arc, Mutex};

use super::*;
use crate::delivery::desk::{Desk, DeskError, Explanation, FeedReport, Request, Summary};
use crate::delivery::reason::{DeliveryReason, RefusedRequest, SearchFailure, WithdrawalCause};
use crate::delivery::record::{DeliveryDetails, DeliveryId, DeliveryState};
use crate::delivery::send::Place;
use crate::discord::moderators::{CallerMember, MANAGE_GUILD};
use crate::feed::{ChannelKind, Feed, FeedDefaults, FeedId, FeedSettings, FeedStatus};
use crate::ids::MessageId;

pub(super) const GUILD: GuildId = GuildId(100);
const COMMAND: u64 = 77;
pub(super) const NEWS: ChannelId = ChannelId(500);

/// What the service knows of the one guild.
#[derive(Default)]
pub(super) struct World {
    pub(super) reports: Vec<FeedReport>,
    pub(super) open: Vec<DeliveryDetails>,
    pub(super) explanations: Vec<(Feed, Explanation)>,
    pub(super) summary: Summary,
    /// Of a feed that is made.
    pub(super) pending_backfill: Option<u8>,
    /// What answers to changes are instead.
    pub(super) fault: Option<DeskError>,
    /// How often somebody asked for the states of the feeds.
    pub(super) views: usize,
    /// Changes, in words for a comparison.
    pub(super) done: Vec<String>,
}

impl World {
    fn viewed(&mut self) -> Vec<FeedReport> {
        self.views += 1;
        self.reports.clone()
    }
}

pub(super) type Shared = Arc<Mutex<World>>;

/// A state whose feeds are the world's.
pub(super) fn with_world(articles: Vec<Article>, world: World) -> (State, Shared) {
    let (desk, mut arriving) = Desk::new();
    let world = Arc::new(Mutex::new(world));
    let shared = Arc::clone(&world);
    tokio::spawn(async move {
        while let Some(request) = arriving.recv().await {
            answer(request, &mut shared.lock().unwrap());
        }
    });
    (state(articles).with_feeds(desk, FeedDefaults::default()), world)
}

fn answer(request: Request, world: &mut World) {
    let found = |world: &World, feed: FeedId| {
        let report = world.reports.iter().find(|report| report.feed.id == feed);
        report.map(|report| report.feed.clone()).ok_or(DeskError::NoSuchFeed)
    };
    let delivery = |world: &World, id: DeliveryId| {
        let details = world.open.iter().find(|details| details.id == id);
        details.cloned().ok_or(DeskError::NoSuchDelivery)
    };
    match request {
        Request::List(GUILD, answer) => drop(answer.send(Ok(listed(world)))),
        Request::IsSending(GUILD, _, answer) => drop(answer.send(Ok(false))),
        Request::Feeds(GUILD, answer) => drop(answer.send(Ok(world.viewed()))),
        Request::Add(new, answer) => {
            world.done.push(format!("add {} backfill {}", new.channel, new.backfill));
            let id = i64::try_from(world.reports.len()).unwrap() + 1;
            let feed = Feed { channel: new.channel, channel_kind: new.channel_kind, ..feed(id, |_| ()) };
            let pending_backfill = world.pending_backfill;
            let report = report(Feed { settings: new.settings, pending_backfill, ..feed });
            world.reports.push(report.clone());
            drop(answer.send(world.fault.clone().map_or(Ok(report.feed), Err)));
        }
        Request::Edit(GUILD, id, settings, backfill, answer) => {
            world.done.push(format!("edit {id} backfill {backfill}"));
            for report in world.reports.iter_mut().filter(|report| report.feed.id == id) {
                report.feed.settings = (*settings).clone();
            }
            drop(answer.send(world.fault.clone().map_or_else(|| found(world, id), Err)));
        }
        Request::Pause(GUILD, id, answer) => drop(answer.send(changed(world, "pause", id, &found))),
        Request::Resume(GUILD, id, answer) => drop(answer.send(changed(world, "resume", id, &found))),
        Request::Remove(GUILD, id, answer) => drop(answer.send(changed(world, "remove", id, &found))),
        Request::Test(GUILD, id, answer) => {
            let place = changed(world, "test", id, &found)
                .map(|feed| Place { channel: feed.channel, message: MessageId(9) });
            drop(answer.send(place));
        }
        Request::Why(GUILD, article, answer) => {
            world.done.push(format!("why {}", article.0));
            drop(answer.send(Ok(world.explanations.clone())));
        }
        Request::Open(GUILD, answer) => drop(answer.send(Ok(world.open.clone()))),
        Request::Post(GUILD, id, article, answer) => {
            drop(answer.send(changed(world, &format!("post {}", article.0), id, &found)));
        }
        Request::Resend(GUILD, id, answer) => {
            let found = delivery(world, id);
            world.done.push(format!("resend {}", id.0));
            world.open.retain(|details| details.id != id);
            drop(answer.send(found));
        }
        Request::Dismiss(GUILD, id, answer) => {
            let found = delivery(world, id);
            world.done.push(format!("dismiss {}", id.0));
            world.open.retain(|details| details.id != id);
            drop(answer.send(found));
        }
        Request::DecideWithdrawals(GUILD, id, are_done, answer) => {
            world.done.push(format!("withdraw {id} {are_done}"));
            let mut count = 0;
            for report in world.reports.iter_mut().filter(|report| report.feed.id == id) {
                count = std::mem::take(&mut report.withheld);
            }
            drop(answer.send(Ok(count)));
        }
        Request::Summary(GUILD, answer) => drop(answer.send(Ok(world.summary))),
        other => panic!("{other:?}"),
    }
}

fn listed(world: &World) -> Vec<Feed> {
    world.reports.iter().map(|report| report.feed.clone()).collect()
}

fn changed(
    world: &mut World,
    change: &str,
    id: FeedId,
    found: &dyn Fn(&World, FeedId) -> Result<Feed, DeskError>,
) -> Result<Feed, DeskError> {
    world.done.push(format!("{change} {id}"));
    world.fault.clone().map_or_else(|| found(world, id), Err)
}

/// A feed in #news with the default settings, changed as a test needs it.
pub(super) fn feed(id: i64, change: impl FnOnce(&mut FeedSettings)) -> Feed {
    let mut settings = FeedDefaults::default().settings();
    change(&mut settings);
    let at = "2026-06-01T00:00:00Z".parse().unwrap();
    Feed {
        id: FeedId(id),
        guild: GUILD,
        channel: NEWS,
        channel_kind: ChannelKind::Text,
        settings,
        status: FeedStatus::Active,
        pending_backfill: None,
        created_at: at,
        checked_at: at,
        digested_at: at,
        version: 1,
        pending: None,
    }
}

/// A feed that does well.
pub(super) fn report(feed: Feed) -> FeedReport {
    FeedReport {
        feed,
        due: 0,
        wait: None,
        sent: 3,
        failed: 0,
        unknown: 0,
        expired: 0,
        withdrawn: 0,
        withheld: 0,
    }
}

/// A refusal with words of Discord's that need escaping.
pub(super) fn refused() -> RefusedRequest {
    RefusedRequest { status: 403, code: 40_041, faulty_fields: Vec::new(), said: "*No way*".to_owned() }
}

/// The longest refusal.
pub(super) fn longest_refusal() -> RefusedRequest {
    RefusedRequest {
        status: 400,
        code: u32::MAX,
        faulty_fields: vec!["*field* ".repeat(20); 20],
        said: "*why* ".repeat(200),
    }
}

fn reason(state: DeliveryState) -> Option<DeliveryReason> {
    match state {
        DeliveryState::Failed => Some(DeliveryReason::PostRefused(refused())),
        DeliveryState::Unknown => Some(DeliveryReason::Unconfirmed(SearchFailure::TooManyMessages)),
        DeliveryState::Withdrawn => Some(DeliveryReason::Withdrawn(WithdrawalCause::FileGone)),
        _ => None,
    }
}

/// A row of feed 1 that wants a moderator's eye.
pub(super) fn details(id: i64, state: DeliveryState, title: &str) -> DeliveryDetails {
    DeliveryDetails {
        id: DeliveryId(id),
        feed: FeedId(1),
        channel: NEWS,
        state,
        article_id: "ai-1".into(),
        title: title.into(),
        reason: reason(state),
        since: "2026-06-15T11:00:00Z".parse().unwrap(),
        message: None,
        thread: None,
    }
}

pub(super) fn moderator() -> Caller {
    Caller {
        user: ADA,
        member: Some(CallerMember {
            guild: GUILD,
            channel: ChannelId(3),
            roles: vec![],
            permissions: MANAGE_GUILD,
            may_write: true,
            may_show: true,
        }),
    }
}

/// The JSON of `/name` with options; `focused` names the one that is being typed.
pub(super) fn data(name: &str, subcommand: Option<&str>, options: &Value, focused: Option<&str>) -> Value {
    let typed = |(name, value): (&String, &Value)| {
        let kind = match (name.as_str(), value) {
            ("channel" | "notices", _) => 7,
            ("mention", _) => 8,
            (_, Value::Bool(_)) => 5,
            (_, Value::Number(_)) => 4,
            _ => 3,
        };
        let mut option = json!({ "name": name, "type": kind, "value": value });
        if focused == Some(name) {
            option["focused"] = json!(true);
        }
        option
    };
    let options: Vec<Value> = options.as_object().into_iter().flatten().map(typed).collect();
    let options = match subcommand {
        Some(subcommand) => json!([{ "name": subcommand, "type": 1, "options": options }]),
        None => json!(options),
    };
    let channel = |id: &str, kind: u8| json!({ "id": id, "name": "x", "type": kind, "permissions": "0" });
    let role = |id: &str, is_mentionable: bool| {
        json!({
            "id": id, "name": "role", "color": 0, "hoist": false, "icon": null, "unicode_emoji": null, "position": 1,
            "colors": { "primary_color": 0, "secondary_color": null, "tertiary_color": null },
            "permissions": "0", "managed": false, "mentionable": is_mentionable, "flags": 0
        })
    };
    json!({
        "id": COMMAND.to_string(), "name": name, "type": 1, "options": options,
        "resolved": {
            "channels": {
                "500": channel("500", 0), "505": channel("505", 5), "515": channel("515", 15), "502": channel("502", 2),
                "503": channel("503", 0), "504": channel("504", 0)
            },
            "roles": { "100": role("100", true), "7": role("7", true), "9": role("9", true), "8": role("8", false) }
        }
    })
}

/// Uses a command as a moderator.
pub(super) async fn ask(data: Value, look: ChannelLookup, state: &State) -> Reply {
    let interaction = interaction(2, data);
    let looks = Looks(look);
    let (command, invocation) = invocation(moderator(), &interaction, &looks, state);
    command.answer(&invocation, no_settings()).await
}

/// What is offered to a caller who types.
pub(super) async fn offered(caller: Caller, data: Value, state: &State) -> Vec<(String, String)> {
    choices(caller, data, state).await.into_iter().map(|choice| (choice.name, choice.value)).collect()
}

/// Presses a button as a moderator.
pub(super) async fn press(id: &CustomId, state: &State) -> Answer {
    use_component(id, &pressed(moderator(), state), GuildCommandSettings::default()).await
}
