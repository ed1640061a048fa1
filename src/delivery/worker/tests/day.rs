//! A day of 50 sources with 2,000 entries, from the feeds to the channels, by a seed: several sources report one story,
//! entries change and leave their feeds, servers fail, Discord fails, and the program starts again. At the end each entry is
//! one file, and each story that is news stands once in each channel.
//!
//! `HEATWIRE_DAY_SEED=8 cargo test --lib day` runs another day.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher};
use std::net::SocketAddr;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use article_format::source_list::{FeedRules, Origin, Source, SourceList};
use article_format::{Article, ArticleId};
use article_sources::git::{Git, GitBounds};
use article_sources::http::HttpClient;
use article_sources::runner::Runner;
use article_sources::{Fetcher, TopicKeywords};
use axum::extract::{Path as UrlPath, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use jiff::{SignedDuration, Timestamp};

use super::dice::Dice;
use super::fake::{Fault, TestClock};
use super::simulation::{Bot, CHANNEL};
use crate::article_key::ArticleKey;
use crate::collection::Collection;
use crate::collection::incremental::Loader;
use crate::feed::ChannelKind;
use crate::ids::ChannelId;

const SOURCES: usize = 50;
const ENTRIES: usize = 2_000;
const HOURS: i64 = 24;
/// An entry leaves its feed after this time. No outage lasts as long.
const IN_FEED_HOURS: i64 = 12;
const OUTAGE_HOURS_MAX: usize = 4;
/// Each hour one more is added.
const SOURCES_AT_START: usize = 45;
const FORUM: ChannelId = ChannelId(CHANNEL.0 + 1);

impl Dice {
    fn is_one_of(&mut self, sides: usize) -> bool {
        self.roll(sides) == 0
    }

    /// A word of eight letters.
    fn word(&mut self) -> String {
        let mut letter = |letters: &str| letters.chars().nth(self.roll(letters.len())).unwrap();
        (0..4).flat_map(|_| [letter("bdfgklmnprstvz"), letter("aeiou")]).collect()
    }
}

/// An entry of a source.
#[derive(Debug)]
struct Entry {
    source: usize,
    story: usize,
    title: String,
    link: String,
    /// When the feed gets it, in hours after the start. 0 and less is history.
    from_hour: i64,
    /// When its text changes, if ever.
    changes_at: Option<i64>,
}

impl Entry {
    fn is_in_feed(&self, hour: i64) -> bool {
        // What is old at the start stays for a while too.
        (self.from_hour..self.from_hour.max(0) + IN_FEED_HOURS).contains(&hour)
    }

    fn excerpt(&self, hour: i64) -> &'static str {
        if self.changes_at.is_some_and(|at| at <= hour) {
            "The text as corrected."
        } else {
            "The first text."
        }
    }
}

/// Everything that happens in the day.
struct Day {
    entries: Vec<Entry>,
    /// The hours of each source without a feed, with the kind of the fault.
    outages: BTreeMap<(usize, i64), usize>,
    start: Timestamp,
}

impl Day {
    fn new(dice: &mut Dice, start: Timestamp) -> Self {
        let mut entries = Vec::new();
        let mut story = 0;
        while entries.len() < ENTRIES {
            let title = (0..7).map(|_| dice.word()).collect::<Vec<_>>().join(" ");
            let begin = i64::try_from(dice.roll(usize::try_from(HOURS).unwrap() + 4)).unwrap() - 4;
            let tellers: BTreeSet<usize> = (0..=dice.roll(12)).map(|_| dice.roll(SOURCES)).collect();
            let mut shared = None;
            for source in tellers.into_iter().take(ENTRIES - entries.len()) {
                let from_hour = (begin + i64::try_from(dice.roll(2)).unwrap()).min(HOURS - 1);
                let own = format!("https://source{source}.example/{story}");
                // Some link to the page of another source, as aggregators do. The others have a page of their own.
                let link = shared.clone().filter(|_| dice.is_one_of(3));
                let link = link.map_or_else(|| own.clone(), |link| format!("{link}?utm_source={source}"));
                shared = shared.or(Some(own));
                let changes_at =
                    dice.is_one_of(5).then(|| from_hour.max(0) + 1 + i64::try_from(dice.roll(3)).unwrap());
                entries.push(Entry { source, story, title: title.clone(), link, from_hour, changes_at });
            }
            story += 1;
        }
        let mut outages = BTreeMap::new();
        for source in 0..SOURCES {
            let kind = dice.roll(4);
            let begin = dice.roll(usize::try_from(HOURS).unwrap() - OUTAGE_HOURS_MAX);
            for hour in begin..=begin + dice.roll(OUTAGE_HOURS_MAX) {
                outages.insert((source, i64::try_from(hour).unwrap()), kind);
            }
        }
        Self { entries, outages, start }
    }

    fn at(&self, hour: i64) -> Timestamp {
        self.start + SignedDuration::from_hours(hour)
    }

    /// The hour in which a source is fetched first: later if its server fails then.
    fn first_fetch(&self, source: usize) -> i64 {
        let added_at = i64::try_from((source + 1).saturating_sub(SOURCES_AT_START)).unwrap();
        (added_at..HOURS).find(|hour| !self.outages.contains_key(&(source, *hour))).unwrap()
    }

    fn is_news(&self, entry: &Entry) -> bool {
        entry.from_hour > self.first_fetch(entry.source)
    }

    fn feed(&self, source: usize, hour: i64) -> String {
        let entries = self.entries.iter().filter(|entry| entry.source == source && entry.is_in_feed(hour));
        let items: String = entries
            .map(|entry| {
                let (title, link, at) = (&entry.title, &entry.link, self.at(entry.from_hour));
                format!(
                    "<entry><id>tag:{}</id><title>{title}</title><link href=\"{link}\"/><published>{at}</published>\
                     <updated>{at}</updated><summary>{}</summary></entry>",
                    entry.story,
                    entry.excerpt(hour)
                )
            })
            .collect();
        format!("<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>Source {source}</title>{items}</feed>")
    }

    /// The stories with news.
    fn news(&self) -> BTreeSet<usize> {
        self.entries.iter().filter(|entry| self.is_news(entry)).map(|entry| entry.story).collect()
    }
}

/// The servers of all sources.
#[derive(Clone)]
struct Servers {
    day: Arc<Day>,
    clock: TestClock,
    addresses: Arc<Mutex<Vec<SocketAddr>>>,
}

impl Servers {
    /// Each source has an address of its own, because only one fetch at a time goes to an address.
    async fn start(day: Arc<Day>, clock: TestClock) -> Self {
        let servers = Self { day, clock, addresses: Arc::default() };
        let router =
            axum::Router::new().route("/{source}", axum::routing::get(answer)).with_state(servers.clone());
        for source in 1..=u8::try_from(SOURCES).unwrap() {
            let listener =
                tokio::net::TcpListener::bind(SocketAddr::from(([127, 0, 7, source], 0))).await.unwrap();
            servers.addresses.lock().unwrap().push(listener.local_addr().unwrap());
            tokio::spawn(axum::serve(listener, router.clone()).into_future());
        }
        servers
    }

    fn list(&self, hour: i64) -> SourceList {
        let addresses = self.addresses.lock().unwrap();
        let count = (SOURCES_AT_START + usize::try_from(hour).unwrap()).min(SOURCES);
        let source = |(number, address): (usize, &SocketAddr)| Source {
            name: format!("source{number}").into(),
            origin: Origin::Feed {
                address: format!("http://{address}/{number}").parse().unwrap(),
                rules: FeedRules { topics: Box::default(), quality: 70, is_private: true },
            },
            every: Duration::from_secs(3600),
        };
        SourceList {
            keep_days: Some(365),
            sources: addresses.iter().enumerate().take(count).map(source).collect(),
        }
    }
}

async fn answer(
    State(servers): State<Servers>,
    UrlPath(source): UrlPath<usize>,
    headers: HeaderMap,
) -> Response {
    let day = &servers.day;
    let hour = servers.clock.now().duration_since(day.start).as_hours();
    match day.outages.get(&(source, hour)) {
        None => {}
        Some(0) => return StatusCode::INTERNAL_SERVER_ERROR.into_response(),
        Some(1) => return StatusCode::NOT_FOUND.into_response(),
        Some(2) => {
            return "<!doctype html><title>Down for maintenance</title><p>Come back soon.".into_response();
        }
        Some(_) => return (StatusCode::SERVICE_UNAVAILABLE, [(header::RETRY_AFTER, "600")]).into_response(),
    }
    let feed = day.feed(source, hour);
    let etag = format!("\"{:x}\"", BuildHasherDefault::<DefaultHasher>::default().hash_one(&feed));
    if headers.get(header::IF_NONE_MATCH).is_some_and(|known| known.as_bytes() == etag.as_bytes()) {
        return StatusCode::NOT_MODIFIED.into_response();
    }
    ([(header::ETAG, etag)], feed).into_response()
}

/// A program that fetches, as it is after a start.
fn runner(articles: &Path, clock: &TestClock) -> Runner<Fetcher> {
    let (one, other) = (clock.clone(), clock.clone());
    let fetcher = Fetcher {
        client: HttpClient::new("test/1.0 (+https://example.com)").unwrap(),
        git: Git::default(),
        git_bounds: GitBounds::default(),
        articles: articles.to_owned(),
        list_folder: articles.to_owned(),
        topics: Box::new(|| Arc::new(TopicKeywords::default())),
        clock: Arc::new(move || one.now()),
    };
    Runner::new(fetcher, Arc::new(move || other.now()))
}

/// The article files of all sources.
fn files(articles: &Path) -> Vec<Article> {
    let files = walkdir::WalkDir::new(articles).into_iter().map(Result::unwrap);
    let files = files.filter(|file| file.path().extension().is_some_and(|ending| ending == "md"));
    let article = |file: walkdir::DirEntry| {
        let name = file.path().strip_prefix(articles).unwrap().to_str().unwrap().to_owned();
        let id = ArticleId::new(name.strip_suffix(".md").unwrap());
        article_format::parse(id, &name, &std::fs::read(file.path()).unwrap()).unwrap()
    };
    files.map(article).collect()
}

/// Each entry is one file, with its last text. Only news are announced.
fn check_files(day: &Day, articles: &Path, seed: u64) {
    let mut by_link: BTreeMap<String, Article> = BTreeMap::new();
    for article in files(articles) {
        let link = article.link.as_deref().unwrap().to_owned();
        let twice = by_link.insert(link, article);
        assert!(twice.is_none(), "seed {seed}: two files of one entry: {twice:?}");
    }
    for entry in &day.entries {
        let article = by_link.remove(&entry.link);
        let article = article.unwrap_or_else(|| panic!("seed {seed}: no file of {entry:?}"));
        assert_eq!(article.is_announced, day.is_news(entry), "seed {seed}: {entry:?}");
        let last_hour = (0..HOURS).rev().find(|hour| entry.is_in_feed(*hour)).unwrap();
        let seen = (0..=last_hour).rev().find(|hour| !day.outages.contains_key(&(entry.source, *hour)));
        let excerpt = entry.excerpt(seen.unwrap());
        assert_eq!(article.excerpt.as_deref(), Some(excerpt), "seed {seed}: {entry:?}");
    }
    assert!(by_link.is_empty(), "seed {seed}: files of no entry: {by_link:?}");
}

/// Each story with news stands once in each channel, and nothing else does.
fn check_channels(day: &Day, bot: &Bot, collection: &Collection, seed: u64) {
    let stories: BTreeMap<&str, usize> =
        day.entries.iter().map(|entry| (entry.link.as_str(), entry.story)).collect();
    let story_of = |key: &ArticleKey| {
        let article = collection.by_key(*key).and_then(|position| collection.article(position)).unwrap();
        stories[article.link.as_deref().unwrap()]
    };
    for channel in [CHANNEL, FORUM] {
        let standing = bot.discord.standing(channel);
        let mut told: Vec<usize> =
            standing.iter().flat_map(|message| &message.stories).map(story_of).collect();
        told.sort_unstable();
        let expected: Vec<usize> = day.news().into_iter().collect();
        assert_eq!(told, expected, "seed {seed}: {channel:?}");
    }
}

#[tokio::test]
async fn a_day_of_fifty_sources_makes_one_file_of_each_entry_and_one_post_of_each_story() {
    let asked = std::env::var_os("HEATWIRE_DAY_SEED").and_then(|seed| seed.into_string().ok());
    let seed = asked.map_or(7, |seed| seed.parse().unwrap());
    let mut dice = Dice(seed);
    let mut bot = Bot::new(Vec::new()).await;
    bot.add_feed(|_| {}).await;
    bot.add_feed(|feed| {
        feed.channel = FORUM;
        feed.channel_kind = ChannelKind::Forum;
    })
    .await;
    let folder = tempfile::tempdir().unwrap();
    let day = Arc::new(Day::new(&mut dice, bot.clock.now()));
    let servers = Servers::start(Arc::clone(&day), bot.clock.clone()).await;
    let mut runner_now = runner(folder.path(), &bot.clock);
    let mut loader = Loader::new(folder.path().to_owned(), Arc::new(Timestamp::now));
    for hour in 0..HOURS {
        bot.clock.set(day.at(hour) + SignedDuration::from_mins(1));
        if dice.is_one_of(5) {
            runner_now = runner(folder.path(), &bot.clock);
            loader = Loader::new(folder.path().to_owned(), Arc::new(Timestamp::now));
            bot.crash().await;
        }
        runner_now.set_list(servers.list(hour)).await;
        runner_now.run_once(|_, _| {}).await;
        let loaded = loader.reload().unwrap();
        let has_new_articles = loaded.difference.articles.added.count > 0;
        bot.take(loaded.collection, loaded.is_complete, has_new_articles).await;
        let faults = [Fault::LostBefore, Fault::LostAfter, Fault::NotSent, Fault::Limited { seconds: 30 }];
        bot.discord.world().script.extend((0..dice.roll(5)).map(|_| faults[dice.roll(faults.len())]));
        if dice.is_one_of(3) {
            bot.work(dice.roll(20)).await;
            bot.crash().await;
        }
        bot.settle(50 * 60).await;
    }
    bot.discord.world().script.clear();
    bot.settle(24 * 3600).await;
    let news = day.news().len();
    assert!(news > 200 && day.outages.len() > 50, "seed {seed}: too little happened: {news} stories");
    check_files(&day, folder.path(), seed);
    check_channels(&day, &bot, loader.collection(), seed);
}
