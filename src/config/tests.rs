//! The settings as a whole: defaults, faults, and secrets that no message repeats.

use secrecy::ExposeSecret;

use super::*;
use crate::shards::ShardRange;

fn from(pairs: &[(&str, &str)]) -> Result<Config, ConfigFaults> {
    let settings = pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    Config::from_settings(&settings)
}

/// A file with these bytes, and the folder that removes the file when it is dropped.
pub(super) fn written(bytes: &[u8]) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("settings");
    std::fs::write(&path, bytes).unwrap();
    (folder, path)
}

#[test]
fn defaults_are_those_of_the_contract() {
    let config = from(&[("DISCORD_TOKEN", ""), ("DISCORD_GUILD_ID", "  ")]).unwrap();
    assert!(
        config.discord_token.is_none()
            && config.discord_guild_id.is_none()
            && config.discord_api_url.is_none()
    );
    assert_eq!(config.articles_dir, PathBuf::from("articles"));
    assert!(config.articles_watch);
    assert_eq!(config.sources_file, PathBuf::from("sources.yaml"));
    assert_eq!(config.log_filter.to_string(), "info");
    assert!(config.warnings.is_empty());
}

#[test]
fn good_values_are_taken() {
    let config = from(&[
        ("DISCORD_TOKEN", " abc.def "),
        ("DISCORD_GUILD_ID", "123456789012345678"),
        ("DISCORD_API_URL", "http://127.0.0.1:3000/"),
        ("ARTICLES_DIR", "/srv/news"),
        ("ARTICLES_WATCH", "False"),
        ("RUST_LOG", "warn,heatwire=debug"),
    ])
    .unwrap();
    assert_eq!(config.discord_token.unwrap().expose_secret(), "abc.def");
    assert_eq!(config.discord_guild_id, Some(GuildId(123_456_789_012_345_678)));
    assert_eq!(config.discord_api_url.as_deref(), Some("http://127.0.0.1:3000"));
    assert_eq!(config.articles_dir, PathBuf::from("/srv/news"));
    assert!(!config.articles_watch);
}

/// Settings that take anything.
const PATHS: [&str; 2] = ["ARTICLES_DIR", "SOURCES_FILE"];

#[test]
fn all_faults_are_reported_at_once_and_no_secret() {
    let faults = from(&[
        ("DISCORD_TOKEN", "se cret"),
        ("DISCORD_TOKEN_FILE", "hunter2"),
        ("DISCORD_GUILD_ID", "my server"),
        ("DISCORD_API_URL", "ftp://x"),
        ("DISCORD_SHARDS", "64"),
        ("ARTICLES_WATCH", "sometimes"),
        ("HEAT_HALF_LIFE_DAYS", "0"),
        ("NEWS_SORT", "newest"),
        ("NEWS_CHANNEL_ID", "#news"),
        ("NEWS_MIN_QUALITY", "good"),
        ("NEWS_MAX_AGE_DAYS", "-1"),
        ("OPERATOR_GUILD_IDS", "my server"),
        ("DATABASE_URL", "mysql://bot:hunter2@db/heatwire"),
        ("HEATWIRE_HTTP_ADDR", "localhost:9464"),
        ("RUST_LOG", "loud=very=much"),
    ])
    .unwrap_err();
    assert_eq!(faults.0.len(), SETTINGS.len() - PATHS.len(), "only paths take anything: {faults}");
    assert!(!faults.to_string().contains("se cret") && !faults.to_string().contains("hunter2"));
    for name in SETTINGS.map(|(name, _)| name).into_iter().filter(|name| !PATHS.contains(name)) {
        assert!(faults.0.iter().any(|fault| fault.starts_with(name)), "{name}");
    }
}

#[test]
fn some_of_the_shards_need_a_database_that_processes_share() {
    let faults = from(&[("DISCORD_SHARDS", "0-15/64")]).unwrap_err();
    assert!(faults.to_string().contains("set DATABASE_URL to a PostgreSQL server"), "{faults}");
    let shared = from(&[("DISCORD_SHARDS", "0-15/64"), ("DATABASE_URL", "postgres://heatwire@db/heatwire")]);
    let own = ShardRange { first: 0, count: 16, total: 64 };
    assert_eq!(shared.unwrap().discord_shards, Shards::Own(own));
    assert_eq!(from(&[("DISCORD_SHARDS", "Auto")]).unwrap().discord_shards, Shards::Recommended);
}

/// In the form of a real token; it opens nothing.
const TOKEN: &str = "MTEwMDAwMDAwMDAwMDAwMDAwMQ.GfAkEx.this-is-no-token-of-anybody-at-all";

#[test]
fn a_fault_never_repeats_its_value() {
    let values = [
        TOKEN.to_owned(),
        format!("https://{TOKEN}"),
        format!("http://bot:{TOKEN}@127.0.0.1:3000"),
        format!("http://:{TOKEN}@127.0.0.1:3000"),
        format!("http://127.0.0.1:3000/{TOKEN}"),
        format!("http://127.0.0.1:3000/?key={TOKEN}"),
        format!("sqlite://bot:{TOKEN}@db/heatwire.db"),
        format!("sqlite://{TOKEN}.db"),
        format!("heatwire={TOKEN}"),
        format!("{TOKEN}=info"),
    ];
    for value in &values {
        for name in SETTINGS.map(|(name, _)| name).into_iter().filter(|name| *name != "DISCORD_TOKEN") {
            let faults = from(&[(name, value)]).expect_err(name);
            assert!(faults.0.iter().all(|fault| fault.starts_with(name)), "{faults}");
            assert!(!format!("{faults} {faults:?}").contains(TOKEN), "{name}: {faults}");
        }
    }
    let own = "a-token-of-another-form-1234567890-1234567890-abc";
    let faults = from(&[("DISCORD_TOKEN", own), ("ARTICLES_DIR", &format!("/srv/{own}"))]).unwrap_err();
    assert!(faults.0.len() == 1 && !faults.to_string().contains(own), "{faults}");
}

#[test]
fn user_and_password_in_the_address_of_the_api_are_refused_in_words() {
    for address in [
        "http://bot:hunter2@127.0.0.1:3000",
        "https://hunter2@proxy",
        "http://:hunter2@proxy",
        "http://@proxy/hunter2",
    ] {
        let faults = from(&[("DISCORD_API_URL", address)]).unwrap_err();
        assert!(faults.to_string().contains("a user or a password"), "{faults}");
        assert!(!faults.to_string().contains("hunter2"), "{faults}");
    }
}

#[test]
fn the_debug_form_of_the_settings_holds_no_value() {
    let config = from(&[
        ("DISCORD_TOKEN", "hunter2"),
        ("DISCORD_API_URL", "http://127.0.0.1:3000/hunter2"),
        ("ARTICLES_DIR", "/hunter2"),
        ("SOURCES_FILE", "/hunter2"),
        ("DATABASE_URL", "sqlite://hunter2.db"),
        ("RUST_LOG", "hunter2=info"),
        ("HEATWIRE_hunter2", "hunter2"),
    ])
    .unwrap();
    assert!(!format!("{config:?} {:?}", config.warnings).contains("hunter2"), "{config:?}");
}

#[test]
fn only_a_regular_file_is_read_and_a_fifo_is_not_waited_for() {
    let folder = tempfile::tempdir().unwrap();
    let fifo = folder.path().join("fifo");
    rustix::fs::mkfifoat(rustix::fs::CWD, &fifo, rustix::fs::Mode::from_raw_mode(0o600)).unwrap();
    let socket = folder.path().join("socket");
    let _listener = std::os::unix::net::UnixListener::bind(&socket).unwrap();
    let link = folder.path().join("link");
    std::os::unix::fs::symlink(&fifo, &link).unwrap();
    for (path, words) in [
        (&*fifo, "is a FIFO, not a regular file"),
        (&*link, "is a FIFO, not a regular file"),
        (&*socket, "is a device, not a regular file"),
        (Path::new("/dev/zero"), "is a device, not a regular file"),
        (folder.path(), "is a folder, not a regular file"),
    ] {
        let faults = file::read_dot_env(path).unwrap_err();
        assert!(faults.contains(words), "{faults}");
        let named = path.to_str().unwrap();
        let faults = from(&[("DISCORD_TOKEN_FILE", named)]).unwrap_err().to_string();
        assert!(faults.contains(words) && !faults.contains(named), "{faults}");
    }
}

#[test]
fn a_token_may_come_from_a_file() {
    for text in ["abc.def", "\u{feff}abc.def\r\n", "\n abc.def \n\n"] {
        let (_folder, path) = written(text.as_bytes());
        let config = from(&[("DISCORD_TOKEN_FILE", path.to_str().unwrap())]).unwrap();
        assert_eq!(config.discord_token.unwrap().expose_secret(), "abc.def");
        let both = from(&[("DISCORD_TOKEN_FILE", path.to_str().unwrap()), ("DISCORD_TOKEN", "x")]);
        assert!(both.unwrap_err().to_string().contains("are both set"));
    }
    for (text, words) in [("  \n", "is empty"), ("hunter2 and more", "characters that no token has")] {
        let (_folder, path) = written(text.as_bytes());
        let faults = from(&[("DISCORD_TOKEN_FILE", path.to_str().unwrap())]).unwrap_err().to_string();
        assert!(faults.contains(words) && !faults.contains("hunter2"), "{faults}");
    }
    assert!(
        from(&[("DISCORD_TOKEN_FILE", "/nowhere/hunter2")])
            .unwrap_err()
            .to_string()
            .contains("does not exist")
    );
}

#[test]
fn colours_can_be_switched_off() {
    let allows = |pairs: &[(&str, &str)]| from(pairs).unwrap().allows_colours;
    assert!(allows(&[]) && allows(&[("NO_COLOR", ""), ("TERM", "xterm")]));
    assert!(!allows(&[("NO_COLOR", "1")]) && !allows(&[("NO_COLOR", " ")]) && !allows(&[("TERM", "dumb")]));
}

#[test]
fn unknown_names_are_warned_of() {
    let settings = [("HEATWIRE_TOKEN", "x"), ("HEATWIRE_HTTP_ADDR", "127.0.0.1:9464"), ("HOME", "/root")];
    let config = from(&settings).unwrap();
    assert_eq!(config.warnings.len(), 1, "{:?}", config.warnings);
    assert_eq!(config.http_addr, Some(([127, 0, 0, 1], 9464).into()));
}

#[test]
fn the_address_of_http_is_an_address_with_a_port() {
    for right in ["127.0.0.1:0", "0.0.0.0:9464", "[::1]:9464", " [::]:80 "] {
        assert!(from(&[("HEATWIRE_HTTP_ADDR", right)]).is_ok(), "{right}");
    }
    for wrong in ["9464", ":9464", "127.0.0.1", "localhost:9464", "127.0.0.1:99999", "http://127.0.0.1:9464"]
    {
        let faults = from(&[("HEATWIRE_HTTP_ADDR", wrong)]).unwrap_err().to_string();
        assert!(faults.contains("127.0.0.1:9464, or 0.0.0.0:9464"), "{wrong}: {faults}");
    }
}

#[test]
fn the_operators_guilds_are_a_list_and_without_one_all_are() {
    let has = |value: &str, guild: u64| {
        from(&[("OPERATOR_GUILD_IDS", value)]).unwrap().operator_guilds.has(GuildId(guild))
    };
    assert!(has("", 1) && has("  ", 2), "no list: all");
    for list in ["17", " 17 ", "17,19", "19, 17", "19 17,"] {
        assert!(has(list, 17) && !has(list, 18), "{list}");
    }
    for wrong in [",", "0", "17,", "17;19", "17,-1", "x"] {
        let read = from(&[("OPERATOR_GUILD_IDS", wrong)]);
        assert_eq!(read.is_err(), wrong != "17,", "{wrong}");
    }
}

#[test]
fn the_order_of_news_and_the_half_life_of_heat_have_bounds() {
    let config = from(&[("NEWS_SORT", "Trending"), ("HEAT_HALF_LIFE_DAYS", "365")]).unwrap();
    assert_eq!((config.news_sort, config.half_life), (Sort::Trending, HalfLife { days: 365 }));
    let config = from(&[]).unwrap();
    assert_eq!((config.news_sort, config.half_life), (Sort::Heat, HalfLife { days: 3 }));
    assert_eq!(from(&[("HEAT_HALF_LIFE_DAYS", "366")]).unwrap_err().0.len(), 1);
}
