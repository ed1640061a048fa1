//! Two feeds of one channel with the same rules, one of them with digests. Moderators pause, change and
//! remove the feeds while stories arrive, Discord fails or refuses, and the process dies. A seed selects the
//! events. No story is posted twice, and no story is forgotten.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::fake::Fault;
use super::simulation::{Bot, CHANNEL, GUILD, fault, hashes, posted, story};
use crate::article_key::ArticleKey;
use crate::delivery::desk::{GuildEvent, Request};
use crate::delivery::ledger::tests::homes::Home;
use crate::delivery::record::DeliveryState;
use crate::feed::pacing::Digest;
use crate::feed::{ChannelKind, Feed, FeedStatus};
use crate::ids::RoleId;

/// The next event. A number selects a feed.
#[derive(Debug, Clone)]
enum Event {
    Arrive(usize),
    Work(usize),
    /// The due stories are claimed, and requests go on for so many turns. No outcome is received.
    Turns(usize),
    Wait(i64),
    Crash,
    Pause(usize),
    Resume(usize),
    /// Another bar, which all stories meet.
    Edit(usize, i64),
    /// The feed is removed and created again.
    Replace(usize),
    Leave,
    Join,
    PermissionsChange,
    RolesAreTold,
    /// The channel becomes an announcement channel or a text channel.
    Turn(ChannelKind),
    /// The first delivery that waits for a decision is sent again, if that is possible.
    Resend,
}

fn event() -> impl Strategy<Value = Event> {
    prop_oneof![
        4 => (1..6_usize).prop_map(Event::Arrive),
        4 => (1..4_usize).prop_map(Event::Work),
        4 => (0..8_usize).prop_map(Event::Turns),
        3 => (1..400_i64).prop_map(Event::Wait),
        1 => Just(Event::Crash),
        1 => (0..2_usize).prop_map(Event::Pause),
        2 => (0..2_usize).prop_map(Event::Resume),
        1 => (0..2_usize, 0..80_i64).prop_map(|(feed, bar)| Event::Edit(feed, bar)),
        1 => (0..2_usize).prop_map(Event::Replace),
        1 => Just(Event::Leave),
        2 => Just(Event::Join),
        1 => Just(Event::PermissionsChange),
        1 => Just(Event::RolesAreTold),
        1 => prop_oneof![Just(ChannelKind::Text), Just(ChannelKind::Announcement)].prop_map(Event::Turn),
        2 => Just(Event::Resend),
    ]
}

fn fault_or_refusal() -> impl Strategy<Value = Fault> {
    prop_oneof![
        5 => fault(),
        1 => Just(Fault::Refused { status: 400, code: 200_000 }),
        1 => Just(Fault::Refused { status: 403, code: 50_013 }),
    ]
}

async fn feed(bot: &mut Bot, at: usize) -> Feed {
    let mut feeds: Vec<Feed> = bot.reports().await.into_iter().map(|report| report.feed).collect();
    feeds.sort_by_key(|feed| feed.id);
    feeds.remove(at)
}

async fn moderate(bot: &mut Bot, event: Event) {
    match event {
        Event::Pause(at) => {
            let id = feed(bot, at).await.id;
            bot.ask(|answer| Request::Pause(GUILD, id, answer)).await.unwrap();
        }
        Event::Resume(at) => {
            let id = feed(bot, at).await.id;
            bot.ask(|answer| Request::Resume(GUILD, id, answer)).await.unwrap();
        }
        Event::Edit(at, bar) => {
            let Feed { id, mut settings, .. } = feed(bot, at).await;
            settings.rules.quality_min = bar;
            bot.ask(|answer| Request::Edit(GUILD, id, Box::new(settings), 0, answer)).await.unwrap();
        }
        Event::Replace(at) => {
            let id = feed(bot, at).await.id;
            bot.ask(|answer| Request::Remove(GUILD, id, answer)).await.unwrap();
            bot.add_feed(|_| {}).await;
        }
        Event::Leave => bot.tell(GuildEvent::GuildLeft(GUILD)).await,
        Event::Join => bot.tell(GuildEvent::GuildJoined(GUILD)).await,
        Event::PermissionsChange => bot.tell(GuildEvent::PermissionsChanged(GUILD)).await,
        Event::RolesAreTold => bot.tell(GuildEvent::RolesAre(GUILD, vec![RoleId(GUILD.0)])).await,
        Event::Turn(kind) => bot.tell(GuildEvent::ChannelsAre(GUILD, vec![(CHANNEL, kind)])).await,
        Event::Resend => {
            if let Some(row) = bot.ask(|answer| Request::Open(GUILD, answer)).await.unwrap().first() {
                let _may_be_paused = bot.ask(|answer| Request::Resend(GUILD, row.id, answer)).await;
            }
        }
        _ => unreachable!("no moderator's"),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: Home::cases(), ..ProptestConfig::default() })]
    #[test]
    fn whatever_moderators_do_no_story_is_posted_twice_or_forgotten(
        events in proptest::collection::vec(event(), 1..40),
        faults in proptest::collection::vec(fault_or_refusal(), 0..40),
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let mut bot = Bot::new(Vec::new()).await;
            bot.add_feed(|feed| {
                feed.settings.pacing.digest = Digest::Hourly;
                feed.settings.pacing.posts_per_hour_max = 3;
            }).await;
            bot.add_feed(|feed| feed.settings.crossposts = true).await;
            bot.discord.world().script.extend(faults);
            let mut count = 0;
            for event in events {
                match event {
                    Event::Arrive(more) => {
                        let at = bot.clock.now();
                        bot.articles.extend((count..count + more).map(|number| story(number, at)));
                        count += more;
                        bot.load().await;
                    }
                    Event::Work(answers) => bot.work(answers).await,
                    Event::Turns(turns) => {
                        bot.worker().work().await;
                        bot.turns(turns).await;
                    }
                    Event::Wait(seconds) => {
                        bot.turns(100).await;
                        bot.clock.advance(seconds);
                    }
                    Event::Crash => bot.crash().await,
                    event => moderate(&mut bot, event).await,
                }
            }
            bot.discord.world().script.clear();
            // The worker receives all refusals before the feeds resume.
            bot.work(1000).await;
            moderate(&mut bot, Event::Join).await;
            for at in 0..2 {
                moderate(&mut bot, Event::Resume(at)).await;
                assert_eq!(feed(&mut bot, at).await.status, FeedStatus::Active);
            }
            bot.settle(48 * 3600).await;
            let posted = posted(&bot);
            let once: BTreeSet<ArticleKey> = posted.iter().copied().collect();
            let all: BTreeSet<ArticleKey> = hashes(&(0..count).collect::<Vec<_>>()).into_iter().collect();
            assert_eq!(posted.len(), once.len(), "none stands there twice");
            assert!(once.is_subset(&all));
            let known = bot.states(DeliveryState::Baseline).await + bot.states(DeliveryState::Failed).await;
            assert_eq!((bot.states(DeliveryState::Sent).await, once.len() + known), (once.len(), count));
        });
    }
}
