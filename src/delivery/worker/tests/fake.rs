//! A Discord of a few lines: messages, nonces, and faults from a script.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use crate::article_key::ArticleKey;
use crate::delivery::reason::SearchFailure;
use crate::delivery::record::PostKey;
use crate::delivery::send::{Action, FeedMessage, Found, Made, Outcome, Refusal, Search, Sender};
use crate::ids::{ChannelId, GuildId, MessageId};
use crate::messages::Language;

/// A clock that only a test moves.
#[derive(Debug, Clone)]
pub(super) struct TestClock(Arc<Mutex<Timestamp>>);

impl TestClock {
    pub(super) fn at(text: &str) -> Self {
        Self(Arc::new(Mutex::new(text.parse().unwrap())))
    }

    pub(super) fn now(&self) -> Timestamp {
        *self.0.lock().unwrap()
    }

    pub(super) fn set(&self, at: Timestamp) {
        *self.0.lock().unwrap() = at;
    }

    pub(super) fn advance(&self, seconds: i64) {
        let now = self.now();
        self.set(now + SignedDuration::from_secs(seconds));
    }
}

/// The fault of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fault {
    None,
    /// No answer, and the request had no effect.
    LostBefore,
    /// No answer, and the request had its effect.
    LostAfter,
    /// No connection.
    NotSent,
    /// 503, with or without effect.
    Trouble {
        has_effect: bool,
    },
    /// 429.
    Limited {
        seconds: u64,
    },
    /// 50035 for the picture of the first card, as long as it has one.
    FaultyPicture,
    /// A refusal with this status and code.
    Refused {
        status: u16,
        code: u32,
    },
}

#[derive(Debug, Clone)]
pub(super) struct Message {
    pub(super) channel: ChannelId,
    pub(super) key: PostKey,
    pub(super) nonce: Option<String>,
    pub(super) at: Timestamp,
    pub(super) stories: Vec<ArticleKey>,
    pub(super) titles: Vec<String>,
    pub(super) language: Language,
    pub(super) edits: usize,
    pub(super) is_deleted: bool,
    pub(super) has_thread: bool,
    pub(super) is_published: bool,
}

#[derive(Debug, Default)]
pub(super) struct World {
    pub(super) messages: BTreeMap<MessageId, Message>,
    pub(super) script: VecDeque<Fault>,
    pub(super) requests: usize,
    pub(super) hides_history: bool,
    /// How long a nonce is known.
    pub(super) nonce_seconds: i64,
    /// How many seconds the clock of the bot's machine is ahead of Discord's.
    pub(super) clock_is_ahead_by: i64,
    next_id: u64,
}

/// A Discord that several workers share, one after the other.
#[derive(Debug, Clone)]
pub(super) struct Fake {
    clock: TestClock,
    world: Arc<Mutex<World>>,
}

impl Fake {
    pub(super) fn new(clock: TestClock) -> Self {
        let world = World { nonce_seconds: 180, ..World::default() };
        Self { clock, world: Arc::new(Mutex::new(world)) }
    }

    pub(super) fn world(&self) -> MutexGuard<'_, World> {
        self.world.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Discord's time.
    pub(super) fn time(&self) -> Timestamp {
        self.clock.now() - SignedDuration::from_secs(self.world().clock_is_ahead_by)
    }

    /// The messages that are in a channel.
    pub(super) fn standing(&self, channel: ChannelId) -> Vec<Message> {
        let world = self.world();
        let standing =
            world.messages.values().filter(|message| message.channel == channel && !message.is_deleted);
        standing.cloned().collect()
    }

    fn perform(&self, action: &Action) -> Outcome {
        let now = self.time();
        let mut world = self.world();
        match action {
            Action::Post { channel, message, nonce, .. } => {
                let window = SignedDuration::from_secs(world.nonce_seconds);
                let same = world.messages.iter().find(|(_, known)| {
                    known.nonce.as_ref() == Some(nonce) && now.duration_since(known.at) < window
                });
                match same {
                    Some((_, known)) if known.is_deleted => refused(404, 10_008),
                    Some((id, _)) => Outcome::Done(Made { message: Some(*id), thread: None }),
                    None => post(&mut world, *channel, message, Some(nonce.clone()), now),
                }
            }
            Action::ForumPost { channel, message, .. } => post(&mut world, *channel, message, None, now),
            Action::Edit { place, message } => change(&mut world, place.message, |known| {
                known.stories = message.stories.iter().map(|(article, _)| *article).collect();
                known.titles = message.cards.iter().map(|card| card.title.clone()).collect();
                known.language = message.language;
                known.edits += 1;
            }),
            Action::Delete { place } => change(&mut world, place.message, |known| known.is_deleted = true),
            Action::DeleteThread { thread } => {
                change(&mut world, MessageId(thread.0), |known| known.is_deleted = true)
            }
            Action::OpenThread { place, .. } => {
                change(&mut world, place.message, |known| known.has_thread = true)
            }
            Action::Crosspost { place } => {
                change(&mut world, place.message, |known| known.is_published = true)
            }
        }
    }
}

fn has_picture(action: &Action) -> bool {
    match action {
        Action::Post { message, .. } | Action::ForumPost { message, .. } | Action::Edit { message, .. } => {
            message.cards.first().is_some_and(|card| card.picture.is_some())
        }
        _ => false,
    }
}

fn refused(status: u16, code: u32) -> Outcome {
    Outcome::Refused(Refusal { status, code, said: "no".to_owned(), ..Refusal::default() })
}

fn post(
    world: &mut World,
    channel: ChannelId,
    message: &FeedMessage,
    nonce: Option<String>,
    now: Timestamp,
) -> Outcome {
    world.next_id += 1;
    // A snowflake: the time, then a number.
    let ms = u64::try_from(now.as_millisecond() - 1_420_070_400_000).unwrap();
    let id = (ms << 22) | world.next_id;
    let is_forum = nonce.is_none();
    let known = Message {
        channel,
        key: message.key,
        nonce,
        at: now,
        stories: message.stories.iter().map(|(article, _)| *article).collect(),
        titles: message.cards.iter().map(|card| card.title.clone()).collect(),
        language: message.language,
        edits: 0,
        is_deleted: false,
        has_thread: false,
        is_published: false,
    };
    world.messages.insert(MessageId(id), known);
    Outcome::Done(Made { message: Some(MessageId(id)), thread: is_forum.then_some(ChannelId(id)) })
}

fn change(world: &mut World, id: MessageId, change: impl FnOnce(&mut Message)) -> Outcome {
    match world.messages.get_mut(&id).filter(|known| !known.is_deleted) {
        Some(known) => {
            change(known);
            Outcome::Done(Made::default())
        }
        None => refused(404, 10_008),
    }
}

impl Sender for Fake {
    async fn send(&self, action: &Action) -> Outcome {
        // A request takes a turn of the scheduler, so that a test can act between two requests.
        tokio::task::yield_now().await;
        let fault = {
            let mut world = self.world();
            world.requests += 1;
            world.script.pop_front().unwrap_or(Fault::None)
        };
        let lost = |may_have_arrived| Outcome::Lost { may_have_arrived, cause: "lost".to_owned() };
        match fault {
            Fault::None => self.perform(action),
            Fault::LostBefore => lost(true),
            Fault::NotSent => lost(false),
            Fault::LostAfter => {
                self.perform(action);
                lost(true)
            }
            Fault::Trouble { has_effect } => {
                if has_effect {
                    self.perform(action);
                }
                refused(503, 0)
            }
            Fault::Limited { seconds } => Outcome::Refused(Refusal {
                status: 429,
                retry_after: Some(Duration::from_secs(seconds)),
                ..Refusal::default()
            }),
            Fault::FaultyPicture if has_picture(action) => Outcome::Refused(Refusal {
                faulty_fields: vec!["embeds.0.image.url".to_owned()],
                status: 400,
                code: 50_035,
                ..Refusal::default()
            }),
            Fault::FaultyPicture => self.perform(action),
            Fault::Refused { status, code } => refused(status, code),
        }
    }

    async fn find(&self, search: &Search) -> Found {
        if search.guild == GuildId(0) {
            return Found::Trouble(refused(404, 10_004));
        }
        if self.world().hides_history {
            return Found::Unreadable(SearchFailure::HistoryHidden(1 << 16));
        }
        let fault = self.world().script.pop_front().unwrap_or(Fault::None);
        match fault {
            Fault::None | Fault::Refused { .. } => {}
            Fault::NotSent => {
                return Found::Trouble(Outcome::Lost { may_have_arrived: false, cause: "lost".to_owned() });
            }
            Fault::Limited { seconds } => {
                return Found::Trouble(Outcome::Refused(Refusal {
                    status: 429,
                    retry_after: Some(Duration::from_secs(seconds)),
                    ..Refusal::default()
                }));
            }
            _ => return Found::Trouble(refused(503, 0)),
        }
        // As the real search: it goes back to the first attempt by Discord's clock.
        let since = search.since.discord.unwrap_or_else(|| search.since.host.min(self.time()));
        let margin = if search.since.discord.is_some() { 60 } else { 24 * 3_600 };
        let since = since - SignedDuration::from_secs(margin);
        let world = self.world();
        let mut standing = world.messages.iter().filter(|(_, known)| {
            known.channel == search.channel
                && known.key == search.key
                && !known.is_deleted
                && known.at >= since
        });
        match standing.next() {
            Some((id, known)) => {
                Found::There { message: *id, thread: known.nonce.is_none().then_some(ChannelId(id.0)) }
            }
            None => Found::Absent,
        }
    }

    fn discord_now(&self) -> Option<Timestamp> {
        Some(self.time())
    }
}
