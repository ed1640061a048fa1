//! The articles: those that are there before, and the stories that come, change and go.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use article_format::stable_hash64;
use jiff::{SignedDuration, Timestamp};

use crate::feed_server::FeedServer;

/// Articles that are there before, a month old.
const OLD: usize = 600;
const SUBJECTS: [&str; 6] =
    ["tidal power", "night trains", "honest maps", "quiet compilers", "salt", "old bridges"];
/// Topics of the old articles. Each story has the topic Wire, and some have Harbour.
const TOPICS: [&str; 5] = ["AI", "Rust", "Climate", "Harbour", "Wire"];
/// Topic and host of each web feed.
const WEB_FEEDS: [(&str, &str); 3] = [("Wire", "a.example"), ("Wire", "b.example"), ("Harbour", "c.example")];
/// Entries that a web feed still shows.
const ENTRIES_MAX: usize = 100;

/// A story that has to be posted.
pub(crate) struct Story {
    pub(crate) title: String,
    /// Whether the feeds of the topic Harbour take it, too.
    pub(crate) is_of_harbour: bool,
    pub(crate) is_withdrawn: bool,
    pub(crate) came_at: Instant,
    published_at: Timestamp,
    /// Its file, unless it came from a web feed.
    file: Option<PathBuf>,
}

impl Story {
    fn new(title: String, is_of_harbour: bool, file: Option<PathBuf>) -> Self {
        let (came_at, published_at) = (Instant::now(), Timestamp::now());
        Self { title, is_of_harbour, is_withdrawn: false, came_at, published_at, file }
    }

    /// Whether it came from a web feed.
    pub(crate) fn is_entry(&self) -> bool {
        self.file.is_none()
    }
}

/// The folder of articles, and the server of web feeds.
pub(crate) struct Articles {
    folder: PathBuf,
    web: FeedServer,
    /// The titles of each web feed.
    entries: [Vec<String>; 3],
    pub(crate) stories: Vec<Story>,
    pub(crate) corrections: usize,
}

impl Articles {
    /// Fills a folder: `articles` and `sources.yaml`.
    pub(crate) fn new(folder: &Path) -> Self {
        let web = FeedServer::start();
        fs::create_dir(folder.join("articles")).unwrap();
        let listed = WEB_FEEDS.iter().enumerate().map(|(number, (topic, _))| {
            let topics = if *topic == "Wire" { "Wire" } else { "Wire, Harbour" };
            format!(
                "- name: web-{number}\n  feed: {}/{number}\n  private: true\n  every: 1m\n  topics: [{topics}]\n",
                web.address
            )
        });
        let listed: String = listed.collect();
        fs::write(folder.join("sources.yaml"), format!("sources:\n{listed}")).unwrap();
        let mut articles = Self {
            folder: folder.join("articles"),
            web,
            entries: Default::default(),
            stories: Vec::new(),
            corrections: 0,
        };
        for number in 0..OLD {
            let topic = TOPICS[number % TOPICS.len()];
            let text = article(&old_title(number), topic, number % 90, &month_ago(), "");
            fs::write(articles.folder.join(format!("old-{number}.md")), text).unwrap();
        }
        // The first fetch counts as history.
        for feed in 0..WEB_FEEDS.len() {
            articles.enter(feed, format!("Before everything else feed {feed} had this"));
        }
        articles
    }

    /// A story comes as a file.
    pub(crate) fn write_story(&mut self) {
        let number = self.stories.len();
        let is_of_harbour = number.is_multiple_of(4);
        let file = self.folder.join(format!("story-{number}.md"));
        let title = format!("Story {number} was written");
        let story = Story::new(title, is_of_harbour, Some(file));
        self.put(&story, "");
        self.stories.push(story);
    }

    /// A story comes in a web feed, or in two of them.
    pub(crate) fn enter_story(&mut self) {
        let number = self.stories.len();
        let title = format!("Story {number} came over the wire to everybody");
        let feeds: &[usize] = [&[0][..], &[0, 1], &[2], &[1]][number % 4];
        for feed in feeds {
            self.enter(*feed, title.clone());
        }
        let is_of_harbour = feeds == [2];
        self.stories.push(Story::new(title, is_of_harbour, None));
    }

    fn enter(&mut self, feed: usize, title: String) {
        let entries = &mut self.entries[feed];
        entries.push(title);
        let newest: Vec<&str> = entries.iter().rev().take(ENTRIES_MAX).map(String::as_str).collect();
        self.web.serve(&format!("/{feed}"), WEB_FEEDS[feed].1, &newest);
    }

    /// One of the newest files changes, so that its posts are edited.
    pub(crate) fn correct_one(&mut self) {
        let newest = self.stories.iter().rev().filter(|story| !story.is_entry() && !story.is_withdrawn);
        let newest: Vec<&Story> = newest.take(10).collect();
        let chosen = stable_hash64(&format!("correction {}", self.corrections)) % 10;
        let Some(story) = newest.get(usize::try_from(chosen).unwrap_or(0)) else { return };
        self.put(story, &format!("excerpt: This is correction {}.\n", self.corrections));
        self.corrections += 1;
    }

    /// A file whose story is posted says that it is not published.
    pub(crate) fn withdraw_one(&mut self, is_posted: impl Fn(&Story) -> bool) {
        let is_meant = |story: &Story| !story.is_entry() && !story.is_withdrawn && is_posted(story);
        let Some(index) = self.stories.iter().rposition(is_meant) else { return };
        self.put(&self.stories[index], "published: false\n");
        self.stories[index].is_withdrawn = true;
    }

    fn put(&self, story: &Story, more: &str) {
        let Some(file) = &story.file else { return };
        let topics = if story.is_of_harbour { "Wire, Harbour" } else { "Wire" };
        let half = self.folder.join(".half");
        fs::write(&half, article(&story.title, topics, 50, &story.published_at, more)).unwrap();
        fs::rename(half, file).unwrap();
    }

    /// A title that is there from the beginning.
    pub(crate) fn old_title(number: u64) -> String {
        old_title(usize::try_from(number).unwrap_or(0) % OLD)
    }
}

fn old_title(number: usize) -> String {
    format!("Field notes {number} on {}", SUBJECTS[number % SUBJECTS.len()])
}

fn month_ago() -> Timestamp {
    Timestamp::now() - SignedDuration::from_hours(24 * 30)
}

fn article(title: &str, topics: &str, heat: usize, at: &Timestamp, more: &str) -> String {
    let slug = title.to_lowercase().replace(' ', "-");
    format!(
        "---\ntitle: {title}\nwebUrl: https://example.com/{slug}\nquality: 80\nheat: {heat}\ntopics: [{topics}]\n\
         type: article\nprovider:\n  name: The Soak\npublishedDateTime: {at}\n{more}---\n"
    )
}
