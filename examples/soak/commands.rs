//! What the members and moderators ask, and whether the answers are right.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use article_format::stable_hash64;
use discord_sandbox::{Answer, Person, PersonError, Sandbox};
use serde_json::{Value, json};
use tokio::sync::Semaphore;
use tokio::time::MissedTickBehavior;

use crate::articles::Articles;

/// Questions in a second.
const PER_SECOND: u32 = 50;
/// Questions that wait for their answers. At the bound a question is not asked, and counted.
pub(crate) const WAITING_MAX: usize = 400;
/// A moderator of each server asks for a reload after so many questions. A server may ask every 10 s.
const RELOAD_EVERY: u64 = 600;
/// Messages with buttons that somebody may press, and how old they get: a channel keeps 500 messages.
const PRESSABLE_MAX: usize = 100;
const PRESSABLE_AGE_MAX: Duration = Duration::from_secs(5);
/// How long Discord waits for the first answer (Discord's docs, "Receiving and Responding to Interactions").
pub(crate) const DISCORD_WAITS: Duration = Duration::from_secs(3);
/// Wrong answers that are kept in words.
const WORDS_MAX: usize = 20;
/// Members who ask. A person may ask twice a second, for long.
const MEMBERS: u64 = 100;
/// A channel of each server in which people ask.
const PLACES: [&str; 2] = ["general", "elsewhere"];
/// Words that only answers have which are errors.
const ERRORS: [&str; 4] = ["try again in", "tell the person who runs", "another version", "does not exist"];

/// Each kind of question and its share of a hundred.
const MIX: [(&str, u64); 11] = [
    ("news", 24),
    ("search", 18),
    ("article", 12),
    ("topics", 5),
    ("choices", 16),
    ("button", 15),
    ("menu", 5),
    ("more like this", 2),
    ("why", 1),
    ("feed list", 1),
    ("status", 1),
];

/// How long an answer took.
pub(crate) struct Timing {
    /// When it was asked, since the beginning.
    pub(crate) asked_at: Duration,
    /// Until the first answer, which may be a deferral.
    pub(crate) first: Duration,
    /// Until the whole answer.
    pub(crate) whole: Duration,
}

impl Timing {
    /// Whether Discord would have told the person that the bot did not respond.
    pub(crate) fn is_late(&self) -> bool {
        self.first > DISCORD_WAITS
    }
}

/// The counts and times of the answers to all questions.
#[derive(Default)]
pub(crate) struct Asked {
    pub(crate) timings: Vec<Timing>,
    pub(crate) unanswered: usize,
    pub(crate) errors: usize,
    /// Some of them in words.
    pub(crate) words: Vec<String>,
    /// Questions that were not asked, because too many waited.
    pub(crate) held_back: usize,
}

/// Everybody who asks.
pub(crate) struct Crowd {
    sandbox: Arc<Sandbox>,
    pressable: Mutex<VecDeque<(Instant, Person, Answer)>>,
    /// The title of a story of late.
    pub(crate) late_title: Mutex<Option<String>>,
    asked: Mutex<Asked>,
}

/// Why an answer is wrong.
enum Wrong {
    Unanswered(PersonError),
    Error(String),
}

impl Crowd {
    pub(crate) fn new(sandbox: Arc<Sandbox>) -> Arc<Self> {
        Arc::new(Self {
            sandbox,
            pressable: Mutex::default(),
            late_title: Mutex::default(),
            asked: Mutex::default(),
        })
    }

    /// Asks once for everything, until each answer is right.
    pub(crate) async fn warm_up(&self, patience: Duration) {
        let deadline = Instant::now() + patience;
        for (kind, _) in MIX {
            let mut number = 0;
            while let Err(wrong) = self.ask(kind, number).await {
                assert!(Instant::now() < deadline, "{kind}: {}", wrong.in_words());
                tokio::time::sleep(Duration::from_millis(200)).await;
                number += 1;
            }
        }
    }

    /// Asks until then.
    pub(crate) async fn ask_all(self: &Arc<Self>, began: Instant, until: Instant) {
        let waiting = Arc::new(Semaphore::new(WAITING_MAX));
        let mut ticks = tokio::time::interval(Duration::from_secs(1) / PER_SECOND);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Burst);
        let mut number = 0;
        while Instant::now() < until {
            ticks.tick().await;
            number += 1;
            let Ok(permit) = Arc::clone(&waiting).try_acquire_owned() else {
                self.asked.lock().unwrap().held_back += 1;
                continue;
            };
            let crowd = Arc::clone(self);
            tokio::spawn(async move {
                crowd.ask_one(began, number).await;
                drop(permit);
            });
        }
        let _all = waiting.acquire_many(u32::try_from(WAITING_MAX).unwrap()).await.unwrap();
    }

    /// The counts and times of the answers so far.
    pub(crate) fn taken(&self) -> Asked {
        std::mem::take(&mut self.asked.lock().unwrap())
    }

    async fn ask_one(&self, began: Instant, number: u64) {
        let kind = if number.is_multiple_of(RELOAD_EVERY) { "reload" } else { kind_of(number) };
        let asked_at = began.elapsed();
        let answered = self.ask(kind, number).await;
        let whole = began.elapsed() - asked_at;
        let mut asked = self.asked.lock().unwrap();
        match answered {
            Ok(first) => asked.timings.push(Timing { asked_at, first: first.unwrap_or(whole), whole }),
            Err(wrong) => {
                match wrong {
                    Wrong::Unanswered(_) => asked.unanswered += 1,
                    Wrong::Error(_) => asked.errors += 1,
                }
                if asked.words.len() < WORDS_MAX {
                    let words = wrong.in_words();
                    asked.words.push(format!("after {:.1} s, {kind}: {words}", asked_at.as_secs_f64()));
                }
            }
        }
    }

    /// Asks, and judges the answer. Gives the time until the first answer, where that is known.
    async fn ask(&self, kind: &str, number: u64) -> Result<Option<Duration>, Wrong> {
        let chance = stable_hash64(&format!("question {number}"));
        let place = PLACES[usize::from(number / RELOAD_EVERY % 2 == 1)];
        let person = |login: &str| self.sandbox.person(login).in_channel(place);
        let member = person("ada").numbered(u32::try_from(chance % MEMBERS).unwrap_or(0));
        let moderator = person("mod");
        let titled = Articles::old_title(chance);
        let topic = ["AI", "rust", "climate", "Harbour", "hrabour", "wire"][index(chance / 7, 6)];
        let answer = match kind {
            "choices" => {
                let choices = member.autocomplete("news", json!({ "topic": &topic[..1] }), "topic").await?;
                return if choices.is_empty() {
                    Err(Wrong::Error("no choices".to_owned()))
                } else {
                    Ok(None)
                };
            }
            "button" | "menu" | "more like this" => return self.use_message(kind, &member).await,
            "news" => member.command("news", json!({ "topic": topic, "sort": "heat" })).await?,
            "search" => {
                let words = ["field notes", "tidal", "maps honest", "quiet compilers", "nihgt trains"];
                member.command("search", json!({ "words": words[index(chance / 7, 5)] })).await?
            }
            "article" => member.command("article", json!({ "title": titled })).await?,
            "topics" => member.command("topics", json!({})).await?,
            "why" => {
                let late = self.late_title.lock().unwrap().clone();
                ask_moderator(&moderator, "why", json!({ "article": late.unwrap_or(titled) })).await?
            }
            "feed list" => ask_moderator(&moderator, "feed", json!({ "list": {} })).await?,
            _ => ask_moderator(&moderator, kind, json!({})).await?,
        };
        judge(kind, &answer)?;
        if kind == "news" {
            self.remember(member, answer.clone());
        }
        Ok(Some(answer.elapsed()))
    }

    /// Uses a message of late, or asks for one.
    async fn use_message(&self, kind: &str, member: &Person) -> Result<Option<Duration>, Wrong> {
        let is_young = |(at, ..): &(Instant, Person, Answer)| at.elapsed() < PRESSABLE_AGE_MAX;
        let late = self.pressable.lock().unwrap().pop_back().filter(is_young);
        let (person, message) = match late {
            Some((_, person, message)) => (person, message),
            None => (member.clone(), member.command("news", json!({ "topic": "wire" })).await?),
        };
        let answer = match kind {
            "more like this" => person.message_command(&message, "More like this").await?,
            "menu" => {
                let menus = message.selects();
                let menu = menus.first().ok_or_else(|| Wrong::Error("a list without its menu".to_owned()))?;
                let (id, value) = (menu["custom_id"].as_str(), menu["options"][0]["value"].as_str());
                person.choose(&message, id.unwrap_or_default(), &[value.unwrap_or_default()]).await?
            }
            _ => person.press(&message, "Next").await?,
        };
        judge(kind, &answer)?;
        Ok(Some(answer.elapsed()))
    }

    fn remember(&self, person: Person, answer: Answer) {
        let mut pressable = self.pressable.lock().unwrap();
        if pressable.len() == PRESSABLE_MAX {
            pressable.pop_front();
        }
        pressable.push_back((Instant::now(), person, answer));
    }
}

impl Wrong {
    fn in_words(&self) -> String {
        match self {
            Self::Unanswered(error) => error.to_string(),
            Self::Error(words) => words.clone(),
        }
    }
}

impl From<PersonError> for Wrong {
    fn from(error: PersonError) -> Self {
        Self::Unanswered(error)
    }
}

async fn ask_moderator(moderator: &Person, command: &str, options: Value) -> Result<Answer, PersonError> {
    moderator.command(command, options).await?.settled().await
}

/// The kind of a question: the same in each run.
fn kind_of(number: u64) -> &'static str {
    let mut left = stable_hash64(&format!("kind {number}")) % MIX.iter().map(|(_, share)| share).sum::<u64>();
    let kind = MIX.iter().find(|(_, share)| match left.checked_sub(*share) {
        None => true,
        Some(rest) => {
            left = rest;
            false
        }
    });
    kind.map_or("news", |(kind, _)| kind)
}

fn index(chance: u64, count: u64) -> usize {
    usize::try_from(chance % count).unwrap_or(0)
}

/// Whether the answer is what was asked for.
fn judge(kind: &str, answer: &Answer) -> Result<(), Wrong> {
    let content = answer.content();
    let is_right = match kind {
        "why" => content.contains("Story ") || content.contains("Field notes "),
        "feed list" => content.contains(" feed"),
        "status" => content.contains("**Articles:**"),
        "reload" => content.starts_with("The bot "),
        _ => !answer.embeds().is_empty(),
    };
    let lower = content.to_lowercase();
    let is_error = kind != "reload" && ERRORS.iter().any(|words| lower.contains(words));
    if is_right && !is_error { Ok(()) } else { Err(Wrong::Error(format!("{content:?}"))) }
}
