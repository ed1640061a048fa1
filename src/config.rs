//! The settings, checked all at once. This is the only module that reads the environment.

use std::collections::BTreeMap;
use std::fmt;
use std::fs::File;
use std::io::Read;
use std::os::unix::fs::FileTypeExt;
use std::path::{Path, PathBuf};

use rustix::fs::{Mode, OFlags};
use rustix::io::Errno;
use secrecy::SecretString;
use tracing_subscriber::filter::Targets;
use url::Url;

use crate::delivery::ledger::Address;
use crate::feed::FeedDefaults;

/// Every setting that takes effect, with its default where it has one. `.env.example` lists the same.
pub const SETTINGS: [(&str, Option<&str>); 11] = [
    ("DISCORD_TOKEN", None),
    (TOKEN_FILE, None),
    ("DISCORD_GUILD_ID", None),
    ("DISCORD_API_URL", None),
    ("ARTICLES_DIR", Some("articles")),
    ("ARTICLES_WATCH", Some("true")),
    ("NEWS_CHANNEL_ID", None),
    ("NEWS_MIN_QUALITY", Some("60")),
    ("NEWS_MAX_AGE_DAYS", Some("7")),
    ("DATABASE_URL", Some("sqlite://heatwire.db")),
    ("RUST_LOG", Some("info")),
];

/// A file that holds the token, for those who keep secrets in files.
const TOKEN_FILE: &str = "DISCORD_TOKEN_FILE";

/// Where a test has the process killed; see [`crate::delivery::kill`].
const KILL_AT: &str = "HEATWIRE_KILL_AT";

/// Names that are reserved for what later versions do; one that is set is warned of, not ignored silently.
const PLANNED: [&str; 1] = ["HEATWIRE_HTTP_ADDR"];

/// Valid settings.
#[derive(Clone)]
pub struct Config {
    /// `DISCORD_TOKEN`, or what stands in the file of `DISCORD_TOKEN_FILE`; only `run` needs it.
    pub discord_token: Option<SecretString>,
    /// `DISCORD_GUILD_ID`: where the commands are registered, everywhere if `None`.
    pub discord_guild_id: Option<u64>,
    /// `DISCORD_API_URL`: who is asked instead of discord.com, without a slash at the end.
    pub discord_api_url: Option<String>,
    /// `ARTICLES_DIR`.
    pub articles_dir: PathBuf,
    /// `ARTICLES_WATCH`: whether changed files are read by themselves.
    pub articles_watch: bool,
    /// `NEWS_CHANNEL_ID`: the channel that gets a feed by itself, once.
    pub news_channel_id: Option<u64>,
    /// `NEWS_MIN_QUALITY` and `NEWS_MAX_AGE_DAYS`: the rules of a feed of which nothing else is said.
    pub feed_defaults: FeedDefaults,
    /// `DATABASE_URL`: where feeds and deliveries are kept, as [`Address::parse`] takes it.
    pub database_url: SecretString,
    /// With the feature `kill-points`, `HEATWIRE_KILL_AT`: where a test has the process killed.
    pub kill_at: Option<String>,
    /// `RUST_LOG`.
    pub log_filter: Targets,
    /// Whether a terminal may get colours: not with `NO_COLOR` (<https://no-color.org>) or `TERM=dumb`, which belong to
    /// all programs and are therefore no settings of ours.
    pub allows_colours: bool,
    /// What is strange but no fault, in words for the log.
    pub warnings: Vec<String>,
}

/// Only what is certain to be no secret: numbers, and whether the rest is set.
impl fmt::Debug for Config {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Config")
            .field("has_discord_token", &self.discord_token.is_some())
            .field("discord_guild_id", &self.discord_guild_id)
            .field("has_discord_api_url", &self.discord_api_url.is_some())
            .field("articles_watch", &self.articles_watch)
            .field("news_channel_id", &self.news_channel_id)
            .field("feed_defaults", &self.feed_defaults)
            .field("allows_colours", &self.allows_colours)
            .finish_non_exhaustive()
    }
}

/// Everything that is wrong with the settings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfigFaults(pub Vec<String>);

impl fmt::Display for ConfigFaults {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "the settings are wrong:")?;
        self.0.iter().try_for_each(|fault| write!(formatter, "\n  {fault}"))
    }
}

impl std::error::Error for ConfigFaults {}

impl Config {
    /// Reads the process environment, then `.env` in the working folder for what is not set there.
    ///
    /// # Errors
    ///
    /// All faults at once, in words that never repeat a secret.
    pub fn load() -> Result<Self, ConfigFaults> {
        let mut settings = read_dot_env(Path::new(".env"))?;
        // Names and values that are not UTF-8 cannot be settings of ours but for a value, which is then a fault.
        settings.extend(std::env::vars_os().filter_map(|(name, value)| {
            Some((name.into_string().ok()?, value.to_string_lossy().into_owned()))
        }));
        Self::from_settings(&settings)
    }

    /// Checks settings by name, and reads the token's file where one is named. An empty value is one that is not set.
    ///
    /// # Errors
    ///
    /// All faults at once.
    pub fn from_settings(settings: &BTreeMap<String, String>) -> Result<Self, ConfigFaults> {
        let get = |name: &str| {
            let default = SETTINGS.iter().find(|(known, _)| *known == name).and_then(|(_, default)| *default);
            settings.get(name).map(|value| value.trim()).filter(|value| !value.is_empty()).or(default)
        };
        let mut faults = Vec::new();
        let token_of_file = read_token_file(settings).unwrap_or_else(|fault| {
            faults.push(fault);
            None
        });
        let mut checked = |fault: String| faults.push(fault);
        let config = Self {
            discord_token: parse(token_of_file.as_deref().or(get("DISCORD_TOKEN")), token, &mut checked),
            discord_guild_id: parse(get("DISCORD_GUILD_ID"), server_id, &mut checked),
            discord_api_url: parse(get("DISCORD_API_URL"), api_url, &mut checked),
            articles_dir: get("ARTICLES_DIR").unwrap_or_default().into(),
            articles_watch: parse(get("ARTICLES_WATCH"), articles_watch, &mut checked).unwrap_or(true),
            news_channel_id: parse(get("NEWS_CHANNEL_ID"), channel_id, &mut checked),
            feed_defaults: FeedDefaults {
                quality_min: parse(get("NEWS_MIN_QUALITY"), quality_min, &mut checked).unwrap_or_default(),
                max_age_days: parse(get("NEWS_MAX_AGE_DAYS"), max_age_days, &mut checked).unwrap_or_default(),
            },
            database_url: parse(get("DATABASE_URL"), database_url, &mut checked).unwrap_or_default(),
            kill_at: settings.get(KILL_AT).filter(|_| cfg!(feature = "kill-points")).cloned(),
            log_filter: parse(get("RUST_LOG"), log_filter, &mut checked).unwrap_or_default(),
            allows_colours: settings.get("NO_COLOR").is_none_or(String::is_empty)
                && settings.get("TERM").is_none_or(|terminal| terminal != "dumb"),
            warnings: warnings(settings),
        };
        faults.extend(misplaced_tokens(settings));
        if faults.is_empty() { Ok(config) } else { Err(ConfigFaults(faults)) }
    }
}

fn parse<T>(
    value: Option<&str>,
    check: impl Fn(&str) -> Result<T, String>,
    fault: &mut impl FnMut(String),
) -> Option<T> {
    check(value?).map_err(fault).ok()
}

fn token(value: &str) -> Result<SecretString, String> {
    if value.starts_with("Bot ") {
        return Err("DISCORD_TOKEN begins with “Bot ”; give only the token that follows it".to_owned());
    }
    if !value.chars().all(|character| character.is_ascii_graphic()) {
        return Err(
            "DISCORD_TOKEN has characters that no token has (spaces, letters with accents); copy it again \
                    from the developer portal, Bot, Reset Token"
                .to_owned(),
        );
    }
    Ok(SecretString::from(value))
}

fn server_id(value: &str) -> Result<u64, String> {
    snowflake("DISCORD_GUILD_ID", value, "the server and choose Copy Server ID")
}

fn channel_id(value: &str) -> Result<u64, String> {
    snowflake("NEWS_CHANNEL_ID", value, "the channel and choose Copy Channel ID")
}

fn snowflake(name: &str, value: &str, what_to_click: &str) -> Result<u64, String> {
    value.parse().ok().filter(|id| *id > 0).ok_or_else(|| {
        format!(
            "{name} is no id; switch on Developer Mode in Discord, right-click {what_to_click}: a number of 17 to 20 digits"
        )
    })
}

fn quality_min(value: &str) -> Result<i64, String> {
    value.parse().map_err(|_| {
        "NEWS_MIN_QUALITY is no whole number; write the least quality of an article as a number: 60"
            .to_owned()
    })
}

fn max_age_days(value: &str) -> Result<u16, String> {
    value.parse().map_err(|_| {
        format!(
            "NEWS_MAX_AGE_DAYS is no number of days; write how many days an article is new as a number from 1 to {}, or 0 \
             for no limit",
            u16::MAX
        )
    })
}

fn database_url(value: &str) -> Result<SecretString, String> {
    let address = Address::parse(value)?;
    // Where the file cannot be used its path is said, so it may hold no password.
    let has_user = |path: &Path| {
        let path = path.to_string_lossy();
        path.split_once('@').is_some_and(|(before, _)| before.contains(':'))
    };
    if matches!(&address, Address::File(path) if has_user(path)) {
        return Err(
            "DATABASE_URL has a user and a password, and a file needs none; write it as sqlite://heatwire.db"
                .to_owned(),
        );
    }
    Ok(value.into())
}

fn api_url(value: &str) -> Result<String, String> {
    let fault =
        |what: &str| format!("DISCORD_API_URL {what}; write it as http://127.0.0.1:3000, or leave it out");
    let url = Url::parse(value).ok().filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host());
    let Some(url) = url else { return Err(fault("is not the base address of a proxy")) };
    // A parser takes an empty user or password for none, and so hides the sign.
    let authority = value.split(['/', '\\', '?', '#']).find(|part| part.contains('@'));
    if authority.is_some() || !url.username().is_empty() || url.password().is_some() {
        return Err(fault(
            "has a user or a password (what stands before an @), and no proxy is asked with one",
        ));
    }
    if url.query().is_some() || url.fragment().is_some() {
        return Err(fault("has a ? or a #, and a base address has neither"));
    }
    Ok(url.as_str().trim_end_matches('/').to_owned())
}

fn articles_watch(value: &str) -> Result<bool, String> {
    value.to_lowercase().parse().map_err(|_| {
        "ARTICLES_WATCH is neither true nor false; write true, so that changed files are read by themselves, or false"
            .to_owned()
    })
}

fn log_filter(value: &str) -> Result<Targets, String> {
    value.parse().map_err(|_| {
        "RUST_LOG is no log filter; write a level (error, warn, info, debug, trace) or target=level pairs with commas \
         between, as info,heatwire=debug"
            .to_owned()
    })
}

/// Settings other than the token that hold a token: each would be printed at some time, as a path, as an address.
fn misplaced_tokens(settings: &BTreeMap<String, String>) -> Vec<String> {
    let token = settings.get("DISCORD_TOKEN").map_or("", |token| token.trim());
    let holds_token = |value: &str| {
        (token.len() >= TOKEN_PARTS.iter().sum() && value.contains(token))
            || value.split(|sign: char| !(is_of_token_part(sign) || sign == '.')).any(looks_like_a_token)
    };
    let names = SETTINGS.iter().map(|(name, _)| *name).filter(|name| *name != "DISCORD_TOKEN");
    names
        .filter(|name| settings.get(*name).is_some_and(|value| holds_token(value)))
        .map(|name| {
            format!(
                "{name} holds what looks like a bot's token; put the token into DISCORD_TOKEN, and only there"
            )
        })
        .collect()
}

/// The least lengths of the parts of a token: the bot's id in base64, a time, a signature.
const TOKEN_PARTS: [usize; 3] = [18, 5, 25];

fn is_of_token_part(sign: char) -> bool {
    sign.is_ascii_alphanumeric() || matches!(sign, '-' | '_')
}

fn looks_like_a_token(word: &str) -> bool {
    let parts: Vec<&str> = word.split('.').collect();
    parts
        .windows(TOKEN_PARTS.len())
        .any(|parts| parts.iter().zip(TOKEN_PARTS).all(|(part, length_min)| part.len() >= length_min))
}

/// The longest name of a setting that a warning repeats.
const NAME_CHARACTERS_MAX: usize = 64;

fn warnings(settings: &BTreeMap<String, String>) -> Vec<String> {
    let set = settings.iter().filter(|(_, value)| !value.trim().is_empty()).map(|(name, _)| name.as_str());
    set.filter_map(|name| {
        if PLANNED.contains(&name) {
            return Some(format!("{name} is set, but this version does not act on it yet"));
        }
        let is_unknown = name.starts_with("HEATWIRE_")
            && !SETTINGS.iter().any(|(known, _)| *known == name)
            && !(cfg!(feature = "kill-points") && name == KILL_AT);
        // What is no name at all may be a value that went astray.
        let is_name = name.len() <= NAME_CHARACTERS_MAX
            && name.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_');
        let shown = if is_name { name } else { "a name that begins with HEATWIRE_" };
        is_unknown.then(|| format!("{shown} is no setting of heatwire; is it misspelt?"))
    })
    .collect()
}

/// No file of settings or of a token is larger.
const FILE_BYTES_MAX: u64 = 64 * 1024;

/// Why a file of settings or of a token is of no use, in words that go behind its name.
#[derive(Debug, PartialEq, Eq)]
enum FileFault {
    Missing,
    Unreadable,
    NoFile(&'static str),
    TooLarge,
    NotUtf8 { line: usize },
    BrokenUtf16,
}

impl fmt::Display for FileFault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing => write!(formatter, "is not there; make it, or correct its path"),
            Self::Unreadable => write!(formatter, "cannot be read; check that it is a file you may read"),
            Self::NoFile(what) => {
                write!(formatter, "is {what}, not a regular file; put a regular file in its place")
            }
            Self::TooLarge => {
                write!(formatter, "is larger than {FILE_BYTES_MAX} bytes; check that it is the right file")
            }
            Self::NotUtf8 { line } => {
                write!(formatter, "is not UTF-8 in line {line}; save it as UTF-8")
            }
            Self::BrokenUtf16 => {
                write!(formatter, "begins as UTF-16 and goes on as something else; save it as UTF-8")
            }
        }
    }
}

/// A file's text, without its byte order mark. Nothing else than a regular file is opened for longer than it takes to see that: a
/// FIFO would be waited for until somebody writes to it.
fn text_of(path: &Path) -> Result<String, FileFault> {
    let flags = OFlags::RDONLY | OFlags::NONBLOCK | OFlags::CLOEXEC | OFlags::NOCTTY;
    let file = match rustix::fs::open(path, flags, Mode::empty()) {
        Ok(file) => File::from(file),
        Err(Errno::NOENT) => return Err(FileFault::Missing),
        // A socket, or a device without its driver.
        Err(Errno::NXIO | Errno::NODEV) => return Err(FileFault::NoFile("a device")),
        Err(_) => return Err(FileFault::Unreadable),
    };
    let kind = file.metadata().map_err(|_| FileFault::Unreadable)?.file_type();
    if !kind.is_file() {
        let what = match () {
            () if kind.is_dir() => "a folder",
            () if kind.is_fifo() => "a FIFO",
            () => "a device",
        };
        return Err(FileFault::NoFile(what));
    }
    let mut bytes = Vec::new();
    let mut bounded = file.take(FILE_BYTES_MAX + 1);
    bounded.read_to_end(&mut bytes).map_err(|_| FileFault::Unreadable)?;
    if bytes.len() as u64 > FILE_BYTES_MAX {
        return Err(FileFault::TooLarge);
    }
    decoded(bytes)
}

/// UTF-8, or what editors on Windows call Unicode: UTF-16 with its byte order mark.
fn decoded(bytes: Vec<u8>) -> Result<String, FileFault> {
    let pairs = |read: fn([u8; 2]) -> u16| {
        let (pairs, rest) = bytes.get(2..).unwrap_or_default().as_chunks::<2>();
        let units: Vec<u16> = pairs.iter().map(|pair| read(*pair)).collect();
        let text = String::from_utf16(&units).ok().filter(|_| rest.is_empty());
        text.ok_or(FileFault::BrokenUtf16)
    };
    match bytes.as_slice() {
        [0xFF, 0xFE, ..] => pairs(u16::from_le_bytes),
        [0xFE, 0xFF, ..] => pairs(u16::from_be_bytes),
        _ => match String::from_utf8(bytes) {
            Ok(text) => Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text)),
            Err(error) => {
                let before = error.as_bytes().get(..error.utf8_error().valid_up_to()).unwrap_or_default();
                Err(FileFault::NotUtf8 { line: before.split(|byte| *byte == b'\n').count() })
            }
        },
    }
}

/// The pairs of `.env` in the working folder; none where there is no such file. What a bad line says is
/// not repeated: it may be a token.
fn read_dot_env(path: &Path) -> Result<BTreeMap<String, String>, ConfigFaults> {
    let fault = |words: String| ConfigFaults(vec![words]);
    let text = match text_of(path) {
        Ok(text) => text,
        Err(FileFault::Missing) => return Ok(BTreeMap::new()),
        Err(cause) => return Err(fault(format!(".env {cause}"))),
    };
    let mut settings = BTreeMap::new();
    for (count, entry) in dotenvy::from_read_iter(text.as_bytes()).enumerate() {
        let Ok((name, value)) = entry else {
            return Err(fault(format!(
                ".env: setting number {} cannot be read; write each as NAME=value on a line of its own, with \
                 quotes around a value that has spaces",
                count + 1
            )));
        };
        // The first of two wins, as with dotenvy itself.
        settings.entry(name).or_insert(value);
    }
    Ok(settings)
}

/// The token that `DISCORD_TOKEN_FILE` names a file for. Its path is not repeated: somebody may have put the token itself there.
fn read_token_file(settings: &BTreeMap<String, String>) -> Result<Option<String>, String> {
    let get = |name: &str| settings.get(name).map(|value| value.trim()).filter(|value| !value.is_empty());
    let Some(path) = get(TOKEN_FILE) else { return Ok(None) };
    if get("DISCORD_TOKEN").is_some() {
        return Err(format!("{TOKEN_FILE} and DISCORD_TOKEN are both set; keep one of them"));
    }
    let text =
        text_of(Path::new(path)).map_err(|cause| format!("{TOKEN_FILE}: the file that it names {cause}"))?;
    match text.trim() {
        "" => Err(format!("{TOKEN_FILE}: the file that it names is empty; put the bot's token into it")),
        token => Ok(Some(token.to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use secrecy::ExposeSecret;

    fn from(pairs: &[(&str, &str)]) -> Result<Config, ConfigFaults> {
        let settings = pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        Config::from_settings(&settings)
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
        assert_eq!(config.discord_guild_id, Some(123_456_789_012_345_678));
        assert_eq!(config.discord_api_url.as_deref(), Some("http://127.0.0.1:3000"));
        assert_eq!(config.articles_dir, PathBuf::from("/srv/news"));
        assert!(!config.articles_watch);
    }

    #[test]
    fn all_faults_are_told_at_once_and_no_secret() {
        let faults = from(&[
            ("DISCORD_TOKEN", "se cret"),
            ("DISCORD_TOKEN_FILE", "hunter2"),
            ("DISCORD_GUILD_ID", "my server"),
            ("DISCORD_API_URL", "ftp://x"),
            ("ARTICLES_WATCH", "sometimes"),
            ("NEWS_CHANNEL_ID", "#news"),
            ("NEWS_MIN_QUALITY", "good"),
            ("NEWS_MAX_AGE_DAYS", "-1"),
            ("DATABASE_URL", "postgres://bot:hunter2@db/heatwire"),
            ("RUST_LOG", "loud=very=much"),
        ])
        .unwrap_err();
        assert_eq!(faults.0.len(), SETTINGS.len() - 1, "only ARTICLES_DIR takes anything: {faults}");
        assert!(!faults.to_string().contains("se cret") && !faults.to_string().contains("hunter2"));
        for name in SETTINGS.map(|(name, _)| name).into_iter().filter(|name| *name != "ARTICLES_DIR") {
            assert!(faults.0.iter().any(|fault| fault.starts_with(name)), "{name}");
        }
    }

    /// In the form of a real token; it opens nothing.
    const TOKEN: &str = "MTEwMDAwMDAwMDAwMDAwMDAwMQ.GfAkEx.this-is-no-token-of-anybody-at-all";

    #[test]
    fn a_fault_never_repeats_the_value_that_it_is_about() {
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
    fn the_debug_form_of_the_settings_holds_no_text_of_theirs() {
        let config = from(&[
            ("DISCORD_TOKEN", "hunter2"),
            ("DISCORD_API_URL", "http://127.0.0.1:3000/hunter2"),
            ("ARTICLES_DIR", "/hunter2"),
            ("DATABASE_URL", "sqlite://hunter2.db"),
            ("RUST_LOG", "hunter2=info"),
            ("HEATWIRE_hunter2", "hunter2"),
        ])
        .unwrap();
        assert!(!format!("{config:?} {:?}", config.warnings).contains("hunter2"), "{config:?}");
    }

    fn written(bytes: &[u8]) -> (tempfile::TempDir, PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("settings");
        std::fs::write(&path, bytes).unwrap();
        (folder, path)
    }

    fn utf16(text: &str, bytes_of: fn(u16) -> [u8; 2]) -> Vec<u8> {
        std::iter::once(0xFEFF).chain(text.encode_utf16()).flat_map(bytes_of).collect()
    }

    #[test]
    fn a_byte_order_mark_is_no_part_of_the_first_name() {
        let text = "# größer\nDISCORD_TOKEN=abc\nNEWS_MIN_QUALITY=\"70\"\n";
        for bytes in [
            text.as_bytes().to_vec(),
            format!("\u{feff}{text}").into_bytes(),
            text.replace('\n', "\r\n").into_bytes(),
            utf16(text, u16::to_le_bytes),
            utf16(text, u16::to_be_bytes),
        ] {
            let (_folder, path) = written(&bytes);
            let settings = read_dot_env(&path).unwrap();
            let expected = [("DISCORD_TOKEN", "abc"), ("NEWS_MIN_QUALITY", "70")];
            assert_eq!(settings, expected.map(|(name, value)| (name.to_owned(), value.to_owned())).into());
        }
        let (_folder, path) = written("\u{feff}DISCORD_TOKEN=abc".as_bytes());
        assert_eq!(read_dot_env(&path).unwrap().keys().collect::<Vec<_>>(), ["DISCORD_TOKEN"]);
    }

    #[test]
    fn what_is_no_text_is_refused_with_its_line_and_without_its_words() {
        let odd = [utf16("A=hunter2", u16::to_le_bytes), vec![b'x']].concat();
        for (bytes, words) in [
            (b"A=1\nB=hunter2\nC=\xe9\n".to_vec(), "is not UTF-8 in line 3"),
            (b"\xe9".to_vec(), "is not UTF-8 in line 1"),
            (odd, "begins as UTF-16"),
            (vec![0xFF, 0xFE, 0x00, 0xD8], "begins as UTF-16"),
            (vec![b'#'; 64 * 1024 + 1], "is larger than 65536 bytes"),
            (b"A=1\nhunter2\n".to_vec(), "setting number 2 cannot be read"),
        ] {
            let (_folder, path) = written(&bytes);
            let faults = read_dot_env(&path).unwrap_err().to_string();
            assert!(faults.contains(words) && !faults.contains("hunter2"), "{faults}");
        }
        let (_folder, path) = written(&[]);
        assert_eq!(read_dot_env(&path), Ok(BTreeMap::new()));
        assert_eq!(read_dot_env(&path.with_extension("none")), Ok(BTreeMap::new()));
    }

    #[test]
    fn what_is_no_regular_file_is_refused_and_not_waited_for() {
        let folder = tempfile::tempdir().unwrap();
        let fifo = folder.path().join("fifo");
        rustix::fs::mkfifoat(rustix::fs::CWD, &fifo, Mode::from_raw_mode(0o600)).unwrap();
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
            let faults = read_dot_env(path).unwrap_err().to_string();
            assert!(faults.contains(words), "{faults}");
            let named = path.to_str().unwrap();
            let faults = from(&[("DISCORD_TOKEN_FILE", named)]).unwrap_err().to_string();
            assert!(faults.contains(words) && !faults.contains(named), "{faults}");
        }
    }

    #[test]
    fn a_token_may_stand_in_a_file_of_its_own() {
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
                .contains("is not there")
        );
    }

    #[test]
    fn colours_can_be_switched_off() {
        let allows = |pairs: &[(&str, &str)]| from(pairs).unwrap().allows_colours;
        assert!(allows(&[]) && allows(&[("NO_COLOR", ""), ("TERM", "xterm")]));
        assert!(
            !allows(&[("NO_COLOR", "1")]) && !allows(&[("NO_COLOR", " ")]) && !allows(&[("TERM", "dumb")])
        );
    }

    #[test]
    fn unknown_and_planned_names_are_warned_of() {
        let config =
            from(&[("HEATWIRE_TOKEN", "x"), ("HEATWIRE_HTTP_ADDR", "1"), ("HOME", "/root")]).unwrap();
        assert_eq!(config.warnings.len(), 2, "{:?}", config.warnings);
    }
}
