//! The feeds of the soak, and the messages in their channels.

use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};

use discord_sandbox::{ChannelKind, Sandbox};

use crate::articles::Story;

/// A channel with one feed.
pub(crate) struct FeedChannel {
    pub(crate) name: &'static str,
    /// `None` for a channel that the sandbox has from the start.
    pub(crate) kind: Option<ChannelKind>,
    /// The channel where the moderator makes the feed: one of the same server.
    pub(crate) made_in: &'static str,
    pub(crate) is_of_harbour: bool,
    pub(crate) has_threads: bool,
    pub(crate) crossposts: bool,
}

const PLAIN: FeedChannel = FeedChannel {
    name: "news",
    kind: None,
    made_in: "general",
    is_of_harbour: false,
    has_threads: false,
    crossposts: false,
};

/// All feeds. The sandbox bounds the threads of a server, so those with threads take only stories on Harbour.
pub(crate) const CHANNELS: [FeedChannel; 5] = [
    PLAIN,
    FeedChannel { name: "announcements", is_of_harbour: true, crossposts: true, ..PLAIN },
    FeedChannel { name: "discussions", is_of_harbour: true, ..PLAIN },
    FeedChannel {
        name: "threads",
        kind: Some(ChannelKind::Text),
        is_of_harbour: true,
        has_threads: true,
        ..PLAIN
    },
    FeedChannel { name: "elsewhere-forum", made_in: "elsewhere", is_of_harbour: true, ..PLAIN },
];

impl FeedChannel {
    pub(crate) fn takes(&self, story: &Story) -> bool {
        story.is_of_harbour || !self.is_of_harbour
    }
}

/// What was seen of one title in one channel.
#[derive(Default)]
struct Seen {
    /// All messages that ever stood there.
    messages: BTreeSet<String>,
    first_at: Option<Instant>,
    stands: bool,
}

/// What was seen in the channels so far.
#[derive(Default)]
pub(crate) struct Posts {
    /// By channel and title.
    seen: BTreeMap<(&'static str, String), Seen>,
}

/// How many stories were posted, lost, doubled or withdrawn.
#[derive(Default)]
pub(crate) struct PostFigures {
    pub(crate) expected: usize,
    pub(crate) once: usize,
    pub(crate) lost: Vec<String>,
    pub(crate) doubled: Vec<String>,
    /// Posts that nobody expected, and withdrawn ones that still stand.
    pub(crate) wrong: Vec<String>,
    pub(crate) withdrawn: usize,
    /// From the file of an article to its post.
    pub(crate) waits: Vec<Duration>,
    /// From the entry in a web feed to its post. A web feed is fetched once a minute.
    pub(crate) waits_of_entries: Vec<Duration>,
}

impl Posts {
    /// Looks into all channels. A channel keeps 500 messages, so nobody may look too seldom.
    pub(crate) fn look(&mut self, sandbox: &Sandbox) {
        let now = Instant::now();
        self.seen.values_mut().for_each(|seen| seen.stands = false);
        for channel in &CHANNELS {
            for message in sandbox.posted_in(channel.name).unwrap() {
                let (Some(title), Some(id)) =
                    (message["embeds"][0]["title"].as_str(), message["id"].as_str())
                else {
                    continue;
                };
                let seen = self.seen.entry((channel.name, title.to_owned())).or_default();
                seen.messages.insert(id.to_owned());
                seen.first_at.get_or_insert(now);
                seen.stands = true;
            }
        }
    }

    /// Whether the story was seen in each channel whose feed takes it.
    pub(crate) fn have(&self, story: &Story) -> bool {
        let takers = CHANNELS.iter().filter(|channel| channel.takes(story));
        takers.into_iter().all(|channel| self.seen.contains_key(&(channel.name, story.title.clone())))
    }

    /// Whether the story still stands somewhere.
    pub(crate) fn stands(&self, story: &Story) -> bool {
        CHANNELS.iter().any(|channel| {
            self.seen.get(&(channel.name, story.title.clone())).is_some_and(|seen| seen.stands)
        })
    }

    /// Compares what was seen with what has to be there.
    pub(crate) fn compare(&self, stories: &[Story]) -> PostFigures {
        let mut figures = PostFigures::default();
        let mut expected = BTreeSet::new();
        for story in stories {
            figures.withdrawn += usize::from(story.is_withdrawn);
            for channel in CHANNELS.iter().filter(|channel| channel.takes(story)) {
                figures.expected += 1;
                let key = (channel.name, story.title.clone());
                let words = format!("#{}: {}", channel.name, story.title);
                match self.seen.get(&key).map(|seen| (seen.messages.len(), seen)) {
                    None => figures.lost.push(words),
                    Some((1, seen)) => {
                        figures.once += 1;
                        let waits =
                            if story.is_entry() { &mut figures.waits_of_entries } else { &mut figures.waits };
                        waits.extend(seen.first_at.map(|at| at.duration_since(story.came_at)));
                        if seen.stands && story.is_withdrawn {
                            figures.wrong.push(format!("{words} is withdrawn, and stands"));
                        }
                    }
                    Some((count, _)) => figures.doubled.push(format!("{words}: {count} times")),
                }
                expected.insert(key);
            }
        }
        let unexpected = self.seen.keys().filter(|key| !expected.contains(*key));
        figures
            .wrong
            .extend(unexpected.map(|(channel, title)| format!("#{channel}: {title} was not expected")));
        figures
    }
}
