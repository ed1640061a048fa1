//! The valid content of `sources.yaml`.

use std::time::Duration;

use url::Url;

/// The valid content of `sources.yaml`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceList {
    /// How many days an imported file stays after its publication; `None` keeps all files.
    pub keep_days: Option<u32>,
    /// The sources, in the order of the file. No two names are equal, also if case is ignored.
    pub sources: Vec<Source>,
}

/// Where articles come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// The folder below `ARTICLES_DIR` that gets the files. It is one safe path component.
    pub name: Box<str>,
    /// What is fetched.
    pub origin: Origin,
    /// The time between two fetches.
    pub every: Duration,
}

/// What a source fetches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// A web feed.
    Feed {
        /// Absolute, http or https, without user info.
        address: Url,
        /// How its articles are made.
        rules: FeedRules,
    },
    /// Every feed that an OPML file lists.
    Opml {
        /// Where the list is.
        list: OpmlPlace,
        /// How the articles of all its feeds are made.
        rules: FeedRules,
    },
    /// A git repository with article files.
    Git(Repository),
}

/// How the entries of a feed become articles.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedRules {
    /// Topics of every article.
    pub topics: Box<[Box<str>]>,
    /// 0 to 100.
    pub quality: u8,
    /// Whether private, loopback and link-local addresses may be fetched.
    pub is_private: bool,
}

/// Where an OPML file is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OpmlPlace {
    /// On the web, without user info.
    Address(Url),
    /// A path; a relative one begins at the folder of `sources.yaml`.
    File(Box<str>),
}

/// A git repository.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repository {
    /// As `git clone` takes it: https, ssh, file, or `user@host:path`. It never begins with `-` and names no remote helper.
    pub address: Box<str>,
    /// `None` is the branch that the remote names as its default.
    pub branch: Option<Box<str>>,
    /// Relative paths of the folders that are kept; empty keeps all.
    pub folders: Box<[Box<str>]>,
}
