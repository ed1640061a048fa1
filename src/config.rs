//! The settings. All faults are reported at once. Only this module reads the environment.

use std::collections::BTreeMap;
use std::fmt;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use secrecy::SecretString;
use tracing_subscriber::filter::Targets;

use crate::collection::orders::HalfLife;
use crate::discord::operator_guilds::OperatorGuilds;
use crate::feed::FeedDefaults;
use crate::ids::{ChannelId, GuildId};
use crate::query::Sort;
use crate::shards::Shards;
pub use names::SETTINGS;
use names::value_of;

mod file;
mod names;
#[cfg(test)]
mod tests;
mod token;
mod values;

/// Valid settings.
#[derive(Clone)]
pub(crate) struct Config {
    /// `DISCORD_TOKEN`, or the text of the file that `DISCORD_TOKEN_FILE` names. Only `run` needs it.
    pub(crate) discord_token: Option<SecretString>,
    /// `DISCORD_GUILD_ID`: the only guild with commands. With `None`, every guild has them.
    pub(crate) discord_guild_id: Option<GuildId>,
    /// `DISCORD_API_URL`: the address that requests go to instead of discord.com, without a slash at the end.
    pub(crate) discord_api_url: Option<String>,
    /// `DISCORD_SHARDS`.
    pub(crate) discord_shards: Shards,
    /// `ARTICLES_DIR`.
    pub(crate) articles_dir: PathBuf,
    /// `ARTICLES_WATCH`: whether the bot reads changed files at once.
    pub(crate) articles_watch: bool,
    /// `SOURCES_FILE`: the list of web feeds and git repositories. Without the file there are no sources.
    pub(crate) sources_file: PathBuf,
    /// `HEAT_HALF_LIFE_DAYS`: the time in which heat halves, for the trending order.
    pub(crate) half_life: HalfLife,
    /// `NEWS_SORT`: the order of `/news` without the option `sort`: heat or trending.
    pub(crate) news_sort: Sort,
    /// `NEWS_CHANNEL_ID`: the channel that gets its first feed from the bot.
    pub(crate) news_channel_id: Option<ChannelId>,
    /// `NEWS_MIN_QUALITY` and `NEWS_MAX_AGE_DAYS`: the rules of a new feed.
    pub(crate) feed_defaults: FeedDefaults,
    /// `OPERATOR_GUILD_IDS`: the guilds whose moderators may reload, and see problems of files and sources.
    pub(crate) operator_guilds: OperatorGuilds,
    /// `DATABASE_URL`: the place of feeds and deliveries, in the form of [`crate::delivery::ledger::Address::parse`].
    pub(crate) database_url: SecretString,
    /// `HEATWIRE_HTTP_ADDR`: where `/healthz`, `/readyz` and `/metrics` are served. With `None`, nowhere.
    pub(crate) http_addr: Option<SocketAddr>,
    /// `HEATWIRE_KILL_AT`: where a test kills the process.
    #[cfg(feature = "kill-points")]
    pub(crate) kill_at: Option<String>,
    /// `RUST_LOG`.
    pub(crate) log_filter: Targets,
    /// Whether a terminal may get colours: not with `NO_COLOR` (<https://no-color.org>) or `TERM=dumb`. Both are settings of
    /// the whole system.
    pub(crate) allows_colours: bool,
    /// Warnings for the log, in words.
    pub(crate) warnings: Vec<String>,
}

/// Shows only values that are certainly no secret.
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
pub(crate) struct ConfigFaults(Vec<String>);

impl fmt::Display for ConfigFaults {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "the settings are wrong:")?;
        self.0.iter().try_for_each(|fault| write!(formatter, "\n  {fault}"))
    }
}

impl std::error::Error for ConfigFaults {}

impl Config {
    /// Reads the environment of the process, and `.env` in the working folder for settings that the environment has not.
    ///
    /// # Errors
    ///
    /// All faults at once, in words that repeat no secret.
    pub(crate) fn load() -> Result<Self, ConfigFaults> {
        let mut settings =
            file::read_dot_env(Path::new(".env")).map_err(|fault| ConfigFaults(vec![fault]))?;
        // A setting has a name in UTF-8. A value that is not UTF-8 becomes a fault below.
        settings.extend(std::env::vars_os().filter_map(|(name, value)| {
            Some((name.into_string().ok()?, value.to_string_lossy().into_owned()))
        }));
        Self::from_settings(&settings)
    }

    /// Checks settings by name, and reads the file of the token. An empty value counts as no value.
    ///
    /// # Errors
    ///
    /// All faults at once.
    fn from_settings(settings: &BTreeMap<String, String>) -> Result<Self, ConfigFaults> {
        let get = |name: &str| value_of(settings, name);
        let mut faults = Vec::new();
        let token_of_file = token::read_file(settings).unwrap_or_else(|fault| {
            faults.push(fault);
            None
        });
        let mut checked = |fault: String| faults.push(fault);
        let config = Self {
            discord_token: parse(
                token_of_file.as_deref().or(get("DISCORD_TOKEN")),
                token::check,
                &mut checked,
            ),
            discord_guild_id: parse(get("DISCORD_GUILD_ID"), values::guild_id, &mut checked),
            discord_api_url: parse(get("DISCORD_API_URL"), values::api_url, &mut checked),
            discord_shards: parse(get("DISCORD_SHARDS"), values::shards, &mut checked).unwrap_or_default(),
            articles_dir: get("ARTICLES_DIR").unwrap_or_default().into(),
            articles_watch: parse(get("ARTICLES_WATCH"), values::articles_watch, &mut checked)
                .unwrap_or(true),
            sources_file: get("SOURCES_FILE").unwrap_or_default().into(),
            half_life: parse(get("HEAT_HALF_LIFE_DAYS"), values::half_life, &mut checked).unwrap_or_default(),
            news_sort: parse(get("NEWS_SORT"), values::news_sort, &mut checked).unwrap_or_default(),
            news_channel_id: parse(get("NEWS_CHANNEL_ID"), values::channel_id, &mut checked),
            feed_defaults: FeedDefaults {
                quality_min: parse(get("NEWS_MIN_QUALITY"), values::quality_min, &mut checked)
                    .unwrap_or_default(),
                max_age_days: parse(get("NEWS_MAX_AGE_DAYS"), values::max_age_days, &mut checked)
                    .unwrap_or_default(),
            },
            operator_guilds: parse(get("OPERATOR_GUILD_IDS"), values::operator_guilds, &mut checked)
                .unwrap_or_default(),
            database_url: parse(get("DATABASE_URL"), values::database_url, &mut checked).unwrap_or_default(),
            http_addr: parse(get("HEATWIRE_HTTP_ADDR"), values::http_addr, &mut checked),
            #[cfg(feature = "kill-points")]
            kill_at: settings.get(names::KILL_AT).cloned(),
            log_filter: parse(get("RUST_LOG"), values::log_filter, &mut checked).unwrap_or_default(),
            allows_colours: settings.get("NO_COLOR").is_none_or(String::is_empty)
                && settings.get("TERM").is_none_or(|terminal| terminal != "dumb"),
            warnings: names::warnings(settings),
        };
        faults.extend(token::misplaced(settings));
        if config.discord_shards != Shards::Recommended && !values::is_server(get("DATABASE_URL")) {
            faults.push(values::SHARDS_NEED_A_SERVER.to_owned());
        }
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
