use std::time::Duration;

use url::Url;

use super::single_values::{git_address, name};
use super::*;

fn problems_of(text: &str) -> Vec<String> {
    let problems = parse("sources.yaml", text.as_bytes()).err().unwrap_or_default();
    problems.iter().map(ToString::to_string).collect()
}

#[test]
fn every_key_is_read() {
    let text = "every: 30m\nkeep_days: 90\nsources:\n\
        - feed: https://blog.example.com/feed.xml\n  name: Blog\n  topics: [Rust, Rust, Web]\n  quality: 70\n  every: 2h\n  private: true\n\
        - opml: lists/feeds.opml\n\
        - git: https://github.com/example/news\n  branch: main\n  folders: [_news, _data/topics/]\n";
    let list = parse("sources.yaml", text.as_bytes()).unwrap();
    let rules = FeedRules { topics: Box::default(), quality: QUALITY_DEFAULT, is_private: false };
    let expected = vec![
        Source {
            name: "Blog".into(),
            origin: Origin::Feed {
                address: Url::parse("https://blog.example.com/feed.xml").unwrap(),
                rules: FeedRules {
                    topics: ["Rust".into(), "Web".into()].into(),
                    quality: 70,
                    is_private: true,
                },
            },
            every: Duration::from_secs(7200),
        },
        Source {
            name: "lists".into(),
            origin: Origin::Opml { list: OpmlPlace::File("lists/feeds.opml".into()), rules },
            every: Duration::from_secs(1800),
        },
        Source {
            name: "example-news".into(),
            origin: Origin::Git(Repository {
                address: "https://github.com/example/news".into(),
                branch: Some("main".into()),
                folders: ["_news".into(), "_data/topics".into()].into(),
            }),
            every: Duration::from_secs(1800),
        },
    ];
    assert_eq!(list, SourceList { keep_days: Some(90), sources: expected });
}

#[test]
fn an_empty_file_lists_no_sources() {
    for text in ["", "# nothing yet\n", "sources:\n", "sources: []\n"] {
        let expected = SourceList { keep_days: Some(KEEP_DAYS_DEFAULT), sources: Vec::new() };
        assert_eq!(parse("sources.yaml", text.as_bytes()), Ok(expected), "{text:?}");
    }
    assert_eq!(parse("sources.yaml", b"keep_days: 0").unwrap().keep_days, None);
}

#[test]
fn all_faults_are_named_at_once_with_line_and_remedy() {
    let text = "every: often\nkeep_days: -1\nsources:\n- name: a/b\n- feed: ftp://example.com/x\n  qualty: 70\n\
        - feed: https://example.com/feed\n  git: https://example.com/r\n  quality: 101\n  branch: main\n\
        - git: ext::sh -c id\n  folders: [../x]\n  quality: 3\n-\n";
    let problems = problems_of(text);
    let begins = [
        "sources.yaml:1:8: every is “often”, not a time between 1m and 30d; write a whole number",
        "sources.yaml:2:12: keep_days is “-1”, not a number of days",
        "sources.yaml:4:3: the source names nothing that can be fetched; write feed:, opml: or git:",
        "sources.yaml:4:9: sources.name is “a/b”, not a name for a folder",
        "sources.yaml:5:9: sources.feed is “ftp://example.com/x”, not a web address",
        "sources.yaml:6:3: the key “qualty” of sources is unknown; did you mean quality?",
        "sources.yaml:8:8: the source has both feed and git",
        "sources.yaml:9:12: sources.quality is “101”, not a whole number from 0 to 100",
        "sources.yaml:10:11: branch is for git repositories",
        "sources.yaml:11:8: sources.git is “ext::sh -c id”, not the address of a git repository",
        "sources.yaml:12:13: sources.folders is “../x”, not a folder inside the repository",
        "sources.yaml:13:12: quality has no effect on a git repository",
        "sources.yaml:14:1: the source is empty",
    ];
    for (problem, begin) in problems.iter().zip(begins) {
        assert!(problem.starts_with(begin), "{problem}\n{begin}");
    }
    assert_eq!(problems.len(), begins.len(), "{problems:#?}");
}

#[test]
fn a_password_in_an_address_is_refused_and_not_repeated() {
    for source in [
        "feed: https://ada:hunter2@example.com/feed",
        "opml: https://ada:hunter2@example.com/list.opml",
        "git: https://ada:hunter2@example.com/r.git",
        "git: https://hunter2@example.com/r.git",
        "git: ssh://ada:hunter2@example.com/r.git",
    ] {
        let problems = problems_of(&format!("sources:\n- {source}\n"));
        assert_eq!(problems.len(), 1, "{problems:?}");
        assert!(!problems[0].contains("hunter2"), "{}", problems[0]);
    }
}

#[test]
fn a_repository_is_named_by_an_address_alone_and_never_by_a_program() {
    let check = |address: &str, is_taken: bool| {
        assert_eq!(git_address(address).is_ok(), is_taken, "{address}");
    };
    check("https://example.com/r", true);
    check("git@example.com:team/r.git", true);
    check("ssh://git@example.com/r", true);
    check("file:///srv/r.git", true);
    check("--upload-pack=id", false);
    check("ext::sh -c id", false);
    check("a@b::c", false);
    check("fd::17", false);
    check("git://example.com/r", false);
    check("/srv/r", false);
    check("https://", false);
}

#[test]
fn a_name_is_made_of_the_address_alone() {
    let check = |source: &str, expected: &str| {
        let list = parse("sources.yaml", format!("sources:\n- {source}\n").as_bytes()).unwrap();
        assert_eq!(&*list.sources[0].name, expected, "{source}");
        assert!(name(&list.sources[0].name).is_ok());
    };
    check("feed: https://blog.example.com/feed.xml", "blog.example.com");
    check("feed: https://www.example.com/", "example.com");
    check("feed: https://github.com/example/tool/releases.atom", "github.com-example-tool-releases");
    check("feed: https://video.example/feeds/videos.xml?channel_id=UCab", "video.example-videos-ucab");
    check("git: git@example.com:team/news.git", "team-news");
    check("git: file:///srv/news", "srv-news");
    check("opml: ../my feeds.opml", "my-feeds");
    let long = format!("feed: https://example.com/{}", "long/".repeat(40));
    let list = parse("sources.yaml", format!("sources:\n- {long}a\n- {long}b\n").as_bytes()).unwrap();
    assert!(
        list.sources
            .iter()
            .all(|source| source.name.starts_with("example.com-long-") && name(&source.name).is_ok())
    );
}

#[test]
fn two_sources_never_share_a_folder() {
    let problems = problems_of(
        "sources:\n- feed: https://a.example/rss\n  name: News\n- feed: https://b.example/rss\n  name: news\n",
    );
    assert_eq!(
        problems,
        [
            "sources.yaml:4:3: the sources 1 and 2 have the same name “news”; write a different name: behind one of the two"
        ]
    );
}

#[test]
fn the_example_has_no_problem() {
    let text = include_str!("../../../../sources.example.yaml");
    assert_eq!(problems_of(text), Vec::<String>::new());
    let list = parse("sources.yaml", text.as_bytes()).unwrap();
    assert_eq!(list.sources.len(), 12);
    // The commented sources are right too.
    let text = text.replace("  # - ", "  - ").replace("  #   ", "    ");
    assert_eq!(problems_of(&text), Vec::<String>::new());
    assert_eq!(parse("sources.yaml", text.as_bytes()).unwrap().sources.len(), 14);
}
