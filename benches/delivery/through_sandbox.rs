//! Deliveries through a sandbox that keeps Discord's limits, and the sender alone with the same messages.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use discord_sandbox::{ChannelKind, Fault, FaultKind, Sandbox, SandboxOptions};
use heatwire::delivery::send::{Action, Found, Outcome, Search, Sender};
use heatwire::discord::Settings;
use heatwire::discord::sender::DiscordSender;
use heatwire::ids::{ChannelId, GuildId};
use jiff::Timestamp;
use tokio::task::JoinSet;

use super::File;
use super::posting::time_to_post;
use heatwire::shards::Shards;

/// The time of the worker's deliveries, and of the sender alone with the same messages.
pub(crate) struct Times {
    pub(crate) ours: Duration,
    pub(crate) alone: Duration,
}

/// Posts so many articles to each of so many channels, in both ways. Both use the production sender with its pacer. Each answer
/// takes as long as `delay` says.
pub(crate) async fn times(channels: usize, articles: usize, delay: Duration) -> Times {
    let (sandbox, ids) = sandbox(channels, articles, delay).await;
    let made = Arc::default();
    let sender = Recording { sender: production_sender(&sandbox), made: Arc::clone(&made) };
    let ours = time_to_post(sender, GuildId(sandbox.guild_id()), &ids, articles, &File::new().url()).await;
    sandbox.stop().await;
    let made = std::mem::take(&mut *made.lock().unwrap_or_else(PoisonError::into_inner));
    let (sandbox, new_ids) = self::sandbox(channels, articles, delay).await;
    let actions = by_channel(made, &ids, &new_ids);
    assert!(actions.iter().all(|actions| actions.len() == articles), "each channel has every article");
    let alone = time_alone(Arc::new(production_sender(&sandbox)), actions).await;
    sandbox.stop().await;
    Times { ours, alone }
}

/// Remembers the requests that another sender made.
struct Recording {
    sender: DiscordSender,
    made: Arc<Mutex<Vec<Action>>>,
}

impl Sender for Recording {
    async fn send(&self, action: &Action) -> Outcome {
        let outcome = self.sender.send(action).await;
        // An attempt that the pacer did not admit is made again.
        if matches!(outcome, Outcome::Done(_)) {
            self.made.lock().unwrap_or_else(PoisonError::into_inner).push(action.clone());
        }
        outcome
    }

    async fn find(&self, search: &Search) -> Found {
        self.sender.find(search).await
    }

    fn discord_now(&self) -> Option<Timestamp> {
        self.sender.discord_now()
    }
}

fn production_sender(sandbox: &Sandbox) -> DiscordSender {
    let settings = Settings {
        token: sandbox.token().into(),
        guild_id: None,
        api_url: Some(sandbox.api_url()),
        shards: Shards::Recommended,
    };
    DiscordSender::new(&settings, Arc::new(Timestamp::now)).expect("a sender")
}

async fn sandbox(channels: usize, articles: usize, delay: Duration) -> (Sandbox, Vec<ChannelId>) {
    let sandbox = Sandbox::start(SandboxOptions::default()).await.expect("a sandbox");
    let ids = (0..channels).map(|number| {
        ChannelId(sandbox.create_channel(&format!("feed-{number}"), ChannelKind::Text).expect("a channel"))
    });
    let ids = ids.collect();
    let route = "POST /channels/*/messages".to_owned();
    let count = u32::try_from(channels * articles).expect("a small number");
    sandbox.plan_fault(Fault { route, kind: FaultKind::Delay(delay), count }).expect("a delay");
    (sandbox, ids)
}

/// The same posts in the channels of another sandbox, by channel, in their order.
fn by_channel(made: Vec<Action>, old: &[ChannelId], new: &[ChannelId]) -> Vec<Vec<Action>> {
    let places: HashMap<ChannelId, usize> = old.iter().copied().zip(0..).collect();
    let mut by_channel = vec![Vec::new(); old.len()];
    for action in made {
        let Action::Post { guild, channel, message, nonce } = action else { continue };
        let place = places[&channel];
        by_channel[place].push(Action::Post { guild, channel: new[place], message, nonce });
    }
    by_channel
}

/// Each channel gets one message after the other.
async fn time_alone(sender: Arc<DiscordSender>, channels: Vec<Vec<Action>>) -> Duration {
    let began = Instant::now();
    let mut sending = JoinSet::new();
    for actions in channels {
        let sender = Arc::clone(&sender);
        sending.spawn(async move {
            for action in actions {
                // What the pacer does not admit within its bound is tried again, as the worker does.
                while !matches!(sender.send(&action).await, Outcome::Done(_)) {}
            }
        });
    }
    sending.join_all().await;
    began.elapsed()
}
