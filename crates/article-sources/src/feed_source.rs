//! What is fetched: single feeds, and lists of feeds.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::time::Duration;

use article_format::source_list::{FeedRules, OpmlPlace, Origin, Source, derived_name};
use article_format::stable_hash64;
use url::Url;
use web_feed::{FeedError, subscriptions};

/// A feed that is fetched by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedSource {
    /// The folder below `ARTICLES_DIR` that gets the files: the name of the source; for a feed of a list, the name of the list,
    /// `/`, and a name made of the feed's address.
    pub name: Box<str>,
    /// Where the feed is, as the operator or the list says.
    pub address: Url,
    /// How its articles are made.
    pub rules: FeedRules,
    /// The time between two fetches.
    pub every: Duration,
}

impl FeedSource {
    /// `None` for a list or a repository.
    #[must_use]
    pub fn of(source: &Source) -> Option<Self> {
        let Origin::Feed { address, rules } = &source.origin else { return None };
        let (name, every) = (source.name.clone(), source.every);
        Some(Self { name, address: address.clone(), rules: rules.clone(), every })
    }
}

/// Where a list of feeds is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ListPlace {
    /// On the web.
    Address(Url),
    /// A file of the operator.
    File(PathBuf),
}

/// An OPML file, and how the articles of its feeds are made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListSource {
    /// The name of the source.
    pub name: Box<str>,
    /// Where the list is.
    pub place: ListPlace,
    /// How the articles of all its feeds are made.
    pub rules: FeedRules,
    /// The time between two fetches, of the list and of each feed.
    pub every: Duration,
}

impl ListSource {
    /// `None` for a feed or a repository. `folder` is that of `sources.yaml`: relative paths begin there.
    #[must_use]
    pub fn of(source: &Source, folder: &Path) -> Option<Self> {
        let Origin::Opml { list, rules } = &source.origin else { return None };
        let place = match list {
            OpmlPlace::Address(address) => ListPlace::Address(address.clone()),
            OpmlPlace::File(path) => ListPlace::File(folder.join(&**path)),
        };
        Some(Self { name: source.name.clone(), place, rules: rules.clone(), every: source.every })
    }

    /// The feeds of the list. If two addresses give the same name, the second one gets a number made of its address.
    ///
    /// # Errors
    /// The bytes are no OPML.
    pub fn feeds_in(&self, bytes: &[u8]) -> Result<Vec<FeedSource>, FeedError> {
        let mut names = HashSet::new();
        let feeds = subscriptions(bytes)?.into_iter().map(|subscription| {
            let origin = Origin::Feed { address: subscription.address, rules: self.rules.clone() };
            let mut name = derived_name(&origin).into_string();
            let Origin::Feed { address, rules } = origin else { return None };
            if !names.insert(name.clone()) {
                name = format!("{name}-{:016x}", stable_hash64(address.as_str()));
            }
            let name = format!("{}/{name}", self.name).into();
            Some(FeedSource { name, address, rules, every: self.every })
        });
        Ok(feeds.flatten().collect())
    }
}

#[cfg(test)]
mod tests {
    use article_format::source_list;

    use super::*;

    #[test]
    fn sources_become_feeds_and_lists() {
        let text = "sources:\n- feed: https://blog.example/feed.xml\n  quality: 70\n- opml: lists/all.opml\n- opml: https://a.example/b.opml\n- git: https://a.example/r\n";
        let sources = source_list::parse("sources.yaml", text.as_bytes()).unwrap().sources;
        let feeds: Vec<FeedSource> = sources.iter().filter_map(FeedSource::of).collect();
        assert_eq!((feeds.len(), &*feeds[0].name, feeds[0].rules.quality), (1, "blog.example", 70));
        let folder = Path::new("/etc/heatwire");
        let lists: Vec<ListSource> =
            sources.iter().filter_map(|source| ListSource::of(source, folder)).collect();
        assert_eq!(lists[0].place, ListPlace::File("/etc/heatwire/lists/all.opml".into()));
        assert!(matches!(lists[1].place, ListPlace::Address(_)));
        assert_eq!(lists.len(), 2);
    }

    #[test]
    fn each_feed_of_a_list_has_a_folder_of_its_own() {
        let list = ListSource {
            name: "all".into(),
            place: ListPlace::File(PathBuf::new()),
            rules: FeedRules { topics: Box::default(), quality: 60, is_private: false },
            every: Duration::from_secs(900),
        };
        let opml = "<opml><body><outline xmlUrl='https://a.example/feed.xml'/><outline text='Folder'>\
            <outline xmlUrl='https://a.example/rss'/><outline xmlUrl='https://b.example/c'/></outline></body></opml>";
        let feeds = list.feeds_in(opml.as_bytes()).unwrap();
        let names: Vec<&str> = feeds.iter().map(|feed| &*feed.name).collect();
        let numbered = format!("all/a.example-{:016x}", stable_hash64("https://a.example/rss"));
        assert_eq!(names, ["all/a.example", &*numbered, "all/b.example-c"]);
        assert!(list.feeds_in(b"<rss/>").is_err());
    }
}
