use std::cell::RefCell;
use std::collections::HashMap;

use proptest::prelude::*;

use crate::tests::{minute, rss, source};

use super::*;

/// Files in memory, and how many were read.
struct Fake {
    files: HashMap<String, Vec<u8>>,
    reads: RefCell<usize>,
}

impl Fake {
    fn read(&self, name: &str) -> io::Result<Option<Vec<u8>>> {
        *self.reads.borrow_mut() += 1;
        Ok(self.files.get(name).cloned())
    }
}

fn feed(text: &str) -> Feed {
    web_feed::read(text.as_bytes(), None, &"https://blog.example/".parse().unwrap()).unwrap()
}

fn plan(fake: &Fake, memory: &mut Memory, text: &str, keep_days: Option<u32>) -> Plan {
    let names: HashSet<String> = fake.files.keys().cloned().collect();
    let rules = source(&"https://blog.example/".parse().unwrap()).rules;
    let topics = TopicKeywords::of([]).unwrap();
    let planning = Planning {
        read: &|name| fake.read(name),
        names: &names,
        rules: &rules,
        topics: &topics,
        keep_days,
        now: minute(0),
    };
    planning.plan(&feed(text), memory).unwrap()
}

/// A folder that is full of imported files, one a second, the first one changed by a person.
fn full() -> Fake {
    let files = (0..FILES_MAX).map(|number| {
        let published =
            Timestamp::from_second(1_600_000_000 + i64::try_from(number).unwrap() * 3600).unwrap();
        let entry = web_feed::Entry {
            title: Some(format!("Title {number}")),
            published: Some(published),
            ..web_feed::Entry::default()
        };
        let rules = source(&"https://blog.example/".parse().unwrap()).rules;
        let content = Content::of(&entry, &rules, &[]).unwrap();
        let mut text = content.file(&Kept::new(published, true));
        if number == 0 {
            text.push_str("By hand.\n");
        }
        (file_name(content.title(), published, content.identity(), |_| false), text.into_bytes())
    });
    Fake { files: files.collect(), reads: RefCell::default() }
}

#[test]
fn the_oldest_imported_files_make_room_for_news() {
    let fake = full();
    let mut memory = Memory::default();
    memory.progress.is_known = true;
    let found = plan(&fake, &mut memory, &rss(&[("1", "One"), ("2", "Two")]), None);
    assert_eq!((found.counts.created, found.counts.deleted), (2, 2));
    let names: Vec<&str> = found.deletions.iter().map(|(name, _)| &**name).collect();
    assert_eq!(names, ["2020-09-13-title-1.md", "2020-09-13-title-10.md"]);
    assert!(*fake.reads.borrow() < 10);
}

#[test]
fn old_files_are_searched_for_once_a_day() {
    let fake = full();
    let mut memory = Memory::default();
    let feed = rss(&[]);
    let first = plan(&fake, &mut memory, &feed, Some(2200));
    assert!(first.counts.deleted > 100, "{:?}", first.counts);
    *fake.reads.borrow_mut() = 0;
    assert_eq!(plan(&fake, &mut memory, &feed, Some(2200)).counts.deleted, 0);
    assert_eq!(*fake.reads.borrow(), 0);
}

#[test]
fn one_entry_twice_and_entries_that_say_nothing_are_unusable() {
    let fake = Fake { files: HashMap::new(), reads: RefCell::default() };
    let text = "<rss><channel><item><guid>1</guid><title>One</title></item><item><guid>1</guid><title>Two</title></item>\
        <item><guid>2</guid></item><item/></channel></rss>";
    let found = plan(&fake, &mut Memory::default(), text, None);
    assert_eq!((found.counts.created, found.counts.unusable), (1, found.counts.entries - 1));
}

#[test]
fn equal_titles_get_names_of_their_own() {
    let fake = Fake {
        files: HashMap::from([("2026-11-28-Same.md".to_owned(), Vec::new())]),
        reads: RefCell::default(),
    };
    let items: Vec<(String, &str)> = (0..12).map(|number| (number.to_string(), "Same")).collect();
    let items: Vec<(&str, &str)> = items.iter().map(|(id, title)| (&**id, *title)).collect();
    let found = plan(&fake, &mut Memory::default(), &rss(&items), None);
    let names: HashSet<&str> = found.writes.iter().map(|write| &*write.name).collect();
    assert_eq!(names.len(), 12);
    assert!(names.contains("2026-11-28-same-2.md") && !names.contains("2026-11-28-same.md"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Whatever a server sends: what is written are articles, and each name is one of its own.
    #[test]
    fn every_feed_becomes_files_that_are_articles(
        items in prop::collection::vec(("\\PC{0,40}", "[ -~]{0,200}|(<(b|a href='x'|img src='y'|/b|br)>|&[a-z#0-9]{0,6};?|\\PC){0,40}", "\\PC{0,30}"), 0..20),
        rest in "\\PC{0,100}",
    ) {
        let items: String = items
            .iter()
            .map(|(title, text, link)| {
                format!("<item><title>{title}</title><description>{text}</description><link>https://a.example/{link}</link></item>")
            })
            .collect();
        let fake = Fake { files: HashMap::new(), reads: RefCell::default() };
        let text = format!("<rss><channel>{items}</channel></rss>{rest}");
        let found = plan(&fake, &mut Memory::default(), &text, None);
        let names: HashSet<String> = found.writes.iter().map(|write| write.name.to_lowercase()).collect();
        prop_assert_eq!(names.len(), found.writes.len());
        for write in &found.writes {
            let article = article_format::parse_strictly(write.text.as_bytes());
            prop_assert!(article.is_some_and(|article| !article.is_announced), "{}", write.text);
        }
    }
}
