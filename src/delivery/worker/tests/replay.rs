//! The real history of a collection through three feeds, with the recorded times as the clock. A seed adds
//! crashes, deletions, renames, unpublishing, broken and fixed files. After every moment the channels contain
//! what a model says. The model implements the contract and does not use the plan.

use std::collections::{BTreeMap, HashSet};
use std::io::{BufRead, BufReader, Write as _};
use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};

use super::dice::Dice;
use super::fake::Message;
use super::simulation::Bot;
use crate::collection::contract_order::order;
use crate::collection::stories::{Stories, provider_of, title_identity};
use crate::collection::{Collection, Position};
use crate::feed::Rules;
use crate::ids::ChannelId;
use article_format::problem::Problem;
use article_format::{Article, ArticleId};

/// The recorded time, and the files that were written then with their texts.
type Moment = (Timestamp, Vec<(String, String)>);

/// The history from `HEATWIRE_CORPUS`. Without it, a plain clone says so, and CI fails.
fn history() -> Option<Vec<Moment>> {
    let Some(folder) = std::env::var_os("HEATWIRE_CORPUS") else {
        assert!(std::env::var_os("CI").is_none_or(|ci| ci != "true"), "HEATWIRE_CORPUS has to be set in CI");
        // The test runner would hide `eprintln`.
        let words = b"LEFT OUT: the real history is not at hand (HEATWIRE_CORPUS)\n";
        std::io::stderr().write_all(words).unwrap();
        return None;
    };
    let file = std::fs::File::open(std::path::Path::new(&folder).join("history-first.jsonl.gz")).unwrap();
    let lines = BufReader::new(flate2::read::GzDecoder::new(file)).lines();
    let moment = |line: String| -> Moment {
        let line: serde_json::Value = serde_json::from_str(&line).unwrap();
        let changes = line["changes"].as_object().unwrap().iter();
        let changes = changes.map(|(name, text)| (name.clone(), text.as_str().unwrap().to_owned()));
        (line["time"].as_str().unwrap().parse().unwrap(), changes.collect())
    };
    Some(lines.map(|line| moment(line.unwrap())).collect())
}

/// A folder: by id, the last good version that the process has, and whether the file is bad now.
#[derive(Default)]
struct Folder {
    files: BTreeMap<String, (Option<Article>, bool)>,
    tried: BTreeMap<&'static str, usize>,
}

impl Folder {
    fn write(&mut self, name: &str, text: &str) {
        let Some(id) = name.strip_suffix(".md") else { return };
        match article_format::parse(ArticleId::new(id), name, text.as_bytes()) {
            Ok(article) => drop(self.files.insert(id.to_owned(), (Some(article), false))),
            Err(_) => self.files.entry(id.to_owned()).or_default().1 = true,
        }
    }

    /// Makes one rare change.
    fn disturb(&mut self, dice: &mut Dice, step: usize) {
        let good: Vec<String> = self
            .files
            .iter()
            .filter(|(_, (good, is_bad))| good.is_some() && !is_bad)
            .map(|(id, _)| id.clone())
            .collect();
        let bad: Vec<String> = self
            .files
            .iter()
            .filter(|(_, (good, is_bad))| good.is_some() && *is_bad)
            .map(|(id, _)| id.clone())
            .collect();
        let (Some(id), kind) = (good.get(dice.roll(good.len().max(1))), dice.roll(6)) else { return };
        let entry = self.files.get_mut(id).unwrap();
        let what = match kind {
            0 => {
                self.files.remove(id);
                "deleted"
            }
            1 => {
                let mut article = self.files.remove(id).unwrap().0.unwrap();
                let renamed = format!("renamed/{step}");
                article.id = ArticleId::new(renamed.as_str());
                self.files.insert(renamed, (Some(article), false));
                "renamed"
            }
            2 => {
                entry.0.as_mut().unwrap().is_published = false;
                "unpublished"
            }
            3 => {
                entry.1 = true;
                "broken"
            }
            4 => {
                entry.0.as_mut().unwrap().title = format!("Corrected at {step}").into();
                "corrected"
            }
            _ => {
                let Some(id) = bad.get(dice.roll(bad.len().max(1))) else { return };
                self.files.get_mut(id).unwrap().1 = false;
                "fixed"
            }
        };
        *self.tried.entry(what).or_default() += 1;
    }

    /// After a restart a bad file has no last good version.
    fn displayed(&self, unknown: &HashSet<String>) -> Vec<Article> {
        let shown = self.files.iter().filter(|(id, (_, is_bad))| !is_bad || !unknown.contains(*id));
        shown.filter_map(|(_, (good, _))| good.clone()).collect()
    }

    fn collection(&self, unknown: &HashSet<String>) -> Arc<Collection> {
        let bad = self.files.iter().filter(|(_, (_, is_bad))| *is_bad);
        let problem = |id: &String| Problem {
            path: format!("{id}.md").into(),
            position: None,
            cause: "it is bad".into(),
            remedy: "fix it".into(),
        };
        let problems = bad.map(|(id, _)| problem(id)).collect();
        Arc::new(Collection::new(self.displayed(unknown), &[], problems))
    }
}

/// The identities of a story.
#[derive(Debug, Clone, Default)]
struct Known {
    marks: HashSet<String>,
    titles: Vec<(String, Timestamp, u64)>,
}

impl Known {
    fn of(article: &Article) -> Self {
        let mut marks: HashSet<String> =
            article.addresses.iter().map(|hash| format!("address {hash}")).collect();
        marks.insert(format!("id {}", article.id.as_str()));
        let title = title_identity(&article.title);
        let published = article.published_at.zip(provider_of(article)).filter(|_| !title.is_empty());
        let titles = published.map(|(at, provider)| (title, at, provider));
        Self { marks, titles: titles.into_iter().collect() }
    }

    /// Whether a row, which this is, has the story `other`. A title counts between different providers, or with the very same date, and only the row's
    /// earliest one.
    fn is_same(&self, other: &Self) -> bool {
        let is_near = |(title, at, provider): &(String, Timestamp, u64)| {
            let equal = self.titles.iter().filter(|(known, ..)| known == title);
            let first = equal.min_by_key(|(_, at, provider)| (*at, *provider));
            first.is_some_and(|(_, of, another)| {
                at.duration_since(*of).abs() <= SignedDuration::from_hours(72)
                    && (provider != another || at == of)
            })
        };
        !self.marks.is_disjoint(&other.marks) || other.titles.iter().any(is_near)
    }

    fn add(&mut self, other: &Self) {
        self.marks.extend(other.marks.iter().cloned());
        for title in &other.titles {
            if !self.titles.contains(title) {
                self.titles.push(title.clone());
            }
        }
    }
}

/// A story in a channel.
struct Row {
    article: String,
    known: Known,
    /// The displayed title and the time of sending; `None` if there is no message.
    stands: Option<(String, Timestamp)>,
}

/// One feed, as the contract describes it.
struct Model {
    rules: Rules,
    has_begun: bool,
    rows: Vec<Row>,
    posts: usize,
    edits: usize,
    withdrawals: usize,
}

/// The articles of a moment, hottest first, and their stories.
struct World {
    articles: Vec<(Article, Known)>,
    stories: Vec<usize>,
    unreadable: HashSet<String>,
    now: Timestamp,
}

impl World {
    fn new(folder: &Folder, unknown: &HashSet<String>, now: Timestamp) -> Self {
        let mut articles = folder.displayed(unknown);
        articles.sort_by(order);
        let articles: Vec<(Article, Known)> = articles
            .into_iter()
            .map(|article| {
                let known = Known::of(&article);
                (article, known)
            })
            .collect();
        let unreadable =
            folder.files.iter().filter(|(_, (_, is_bad))| *is_bad).map(|(id, _)| id.clone()).collect();
        let all = articles.iter().map(|(article, _)| Arc::new(article.clone())).collect::<Vec<_>>();
        let stories = Stories::new(&all);
        let stories = Position::all(all.len()).map(|at| stories.story_of(at).index()).collect();
        Self { stories, articles, unreadable, now }
    }

    fn is_visible(&self, at: usize) -> bool {
        let article = &self.articles[at].0;
        article.is_published && !article.is_removed && article.published_at.is_none_or(|at| at <= self.now)
    }

    fn story(&self, at: usize) -> Known {
        let mut all = Known::default();
        for (other, (article, known)) in self.articles.iter().enumerate() {
            if self.stories[other] == self.stories[at] && article.is_published && !article.is_removed {
                all.add(known);
            }
        }
        all
    }

    /// The article that reports a row's story now. An error says whether the story has to be withdrawn.
    /// Articles with a message of their own do not count.
    fn told(&self, row: &Row, standing: &HashSet<String>) -> Result<usize, bool> {
        let own = self.articles.iter().position(|(article, _)| article.id.as_str() == row.article);
        let is_taken_back = own.is_some_and(|at| {
            let article = &self.articles[at].0;
            !article.is_published || article.is_removed
        });
        if let Some(at) = own.filter(|_| !is_taken_back) {
            return if self.is_visible(at) { Ok(at) } else { Err(false) };
        }
        let mut others = (0..self.articles.len()).filter(|at| {
            let (article, known) = &self.articles[*at];
            self.is_visible(*at)
                && article.link.is_some()
                && row.known.is_same(known)
                && !standing.contains(article.id.as_str())
        });
        // A file with a problem may report the story.
        let may_be_told = self.unreadable.iter().any(|id| row.known.marks.contains(&format!("id {id}")));
        // Tidying up old files deletes no message.
        let is_young = |at: &Timestamp| self.now.duration_since(*at) <= SignedDuration::from_hours(14 * 24);
        let is_young = row.stands.iter().all(|(_, sent_at)| is_young(sent_at))
            && row.known.titles.iter().all(|(_, at, _)| is_young(at));
        let is_gone = is_taken_back || (!may_be_told && is_young);
        others.next().ok_or(is_gone)
    }
}

impl Model {
    fn passes(&self, world: &World, at: usize) -> bool {
        let (article, rules) = (&world.articles[at].0, &self.rules);
        let is_new = rules.max_age_days == 0
            || article.published_at.is_some_and(|at| {
                world.now.duration_since(at) <= SignedDuration::from_hours(24 * i64::from(rules.max_age_days))
            });
        let is_of_topic = rules
            .topic
            .as_deref()
            .is_none_or(|topic| article.topics.iter().any(|of| of.to_lowercase() == topic.to_lowercase()));
        let is_of_kind = rules.kind.as_deref().is_none_or(|kind| article.kind.as_deref() == Some(kind));
        world.is_visible(at)
            && article.link.is_some()
            && article.quality.unwrap_or(0) >= rules.quality_min
            && rules.heat_min.is_none_or(|heat| article.heat >= heat)
            && is_new
            && is_of_topic
            && is_of_kind
    }

    /// One moment in which everything has time to happen.
    fn step(&mut self, world: &World) {
        let mut seen = HashSet::new();
        let passing: Vec<usize> = (0..world.articles.len()).filter(|at| self.passes(world, *at)).collect();
        for at in passing {
            if !seen.insert(world.stories[at]) {
                continue;
            }
            let story = world.story(at);
            match self.rows.iter_mut().find(|row| row.known.is_same(&story)) {
                Some(row) => row.known.add(&story),
                None => {
                    let article = &world.articles[at].0;
                    let id = article.id.as_str().to_owned();
                    let stands = self.has_begun.then(|| (shown(&article.title), world.now));
                    self.posts += usize::from(self.has_begun);
                    self.rows.push(Row { article: id, known: story, stands });
                }
            }
        }
        self.has_begun = true;
        let standing: HashSet<String> =
            self.rows.iter().filter(|row| row.stands.is_some()).map(|row| row.article.clone()).collect();
        for row in &mut self.rows {
            let told = world.told(row, &standing);
            let Some((title, sent_at)) = &mut row.stands else { continue };
            match told {
                Ok(at) => {
                    let now = shown(&world.articles[at].0.title);
                    let is_recent = world.now.duration_since(*sent_at) <= SignedDuration::from_hours(14 * 24);
                    if is_recent && now != *title {
                        *title = now;
                        self.edits += 1;
                    }
                }
                Err(true) => {
                    row.stands = None;
                    self.withdrawals += 1;
                }
                Err(false) => {}
            }
        }
    }

    /// The displayed titles in the channel.
    fn standing(&self) -> Vec<String> {
        let standing = self.rows.iter().filter_map(|row| row.stands.as_ref());
        let mut standing: Vec<String> = standing.map(|(title, _)| title.clone()).collect();
        standing.sort();
        standing
    }
}

/// A title without the characters that escaping and cutting may change.
fn shown(title: &str) -> String {
    title.chars().filter(|character| character.is_alphanumeric()).take(60).collect()
}

fn found(messages: Vec<Message>) -> Vec<String> {
    let mut found: Vec<String> = messages.into_iter().map(|message| shown(&message.titles[0])).collect();
    found.sort();
    found
}

fn feeds() -> [(ChannelId, usize, Rules); 3] {
    let rules = |quality_min, max_age_days| Rules { quality_min, max_age_days, ..Rules::default() };
    [
        (ChannelId(7), 0, rules(0, 0)),
        (ChannelId(8), 60, Rules { kind: Some("article".into()), ..rules(60, 7) }),
        (ChannelId(9), 200, Rules { heat_min: Some(20), ..rules(40, 60) }),
    ]
}

#[tokio::test]
async fn the_whole_history_is_delivered_as_the_contract_says() {
    let Some(history) = history() else { return };
    let mut bot = Bot::new(Vec::new()).await;
    let (mut folder, mut unknown, mut dice) = (Folder::default(), HashSet::new(), Dice(11));
    let mut models: Vec<(ChannelId, Model)> = Vec::new();
    let mut crashes = 0;
    for (step, (time, changes)) in history.iter().enumerate() {
        bot.clock.set(if step == 0 { *time } else { bot.clock.now().max(*time) });
        changes.iter().for_each(|(name, text)| folder.write(name, text));
        for _ in 0..dice.roll(3) {
            folder.disturb(&mut dice, step);
        }
        let is_killed = dice.roll(5) == 0;
        if is_killed {
            crashes += 1;
            unknown =
                folder.files.iter().filter(|(_, (_, is_bad))| *is_bad).map(|(id, _)| id.clone()).collect();
        }
        // A file that is good again has a last good version.
        unknown.retain(|id| folder.files.get(id).is_some_and(|(_, is_bad)| *is_bad));
        bot.take(folder.collection(&unknown), true, true).await;
        for (channel, _, rules) in feeds().into_iter().filter(|(_, from, _)| *from == step) {
            let (posts, edits, withdrawals) = (0, 0, 0);
            models.push((
                channel,
                Model { rules: rules.clone(), has_begun: false, rows: Vec::new(), posts, edits, withdrawals },
            ));
            bot.add_feed(|feed| (feed.channel, feed.settings.rules) = (channel, rules)).await;
        }
        if is_killed {
            // The process is killed in the middle of this moment.
            bot.work(dice.roll(3)).await;
            bot.crash().await;
        }
        // Twice: a missing file is checked again, and a message that was just sent may be edited by then.
        for _ in 0..2 {
            bot.settle(130).await;
            bot.clock.advance(11);
            let collection = folder.collection(&unknown);
            bot.take(collection, true, false).await;
        }
        bot.work(1000).await;
        let world = World::new(&folder, &unknown, bot.clock.now());
        for (channel, model) in &mut models {
            model.step(&world);
            assert_eq!(
                found(bot.discord.standing(*channel)),
                model.standing(),
                "channel {channel} at step {step}"
            );
        }
    }
    assert!(folder.tried.len() == 6 && folder.tried.values().all(|count| *count > 20), "{:?}", folder.tried);
    for (channel, model) in &models {
        let all = bot.discord.world().messages.values().filter(|message| message.channel == *channel).count();
        assert_eq!(all, model.posts, "no message but those, also none that was deleted again");
        println!(
            "channel {channel}: {} rows, {} posts, {} edits, {} withdrawals, {crashes} crashes",
            model.rows.len(),
            model.posts,
            model.edits,
            model.withdrawals
        );
        assert!(
            model.posts > 20 && model.edits > 0 && model.withdrawals > 0,
            "channel {channel} saw too little"
        );
    }
}
