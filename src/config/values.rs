//! What the value of each setting means. A fault begins with the name of the setting, says what to write, and never repeats
//! the value: the value may be a secret.

use std::net::SocketAddr;
use std::path::Path;

use secrecy::SecretString;
use tracing_subscriber::filter::Targets;
use url::Url;

use crate::collection::orders::HalfLife;
use crate::delivery::ledger::Address;
use crate::discord::operator_guilds::OperatorGuilds;
use crate::ids::{ChannelId, GuildId};
use crate::query::Sort;
use crate::shards::{SHARDS_MAX, ShardRange, Shards};

/// A longer half-life has no effect that anybody sees.
const HALF_LIFE_DAYS_MAX: u16 = 365;

pub(super) fn guild_id(value: &str) -> Result<GuildId, String> {
    snowflake("DISCORD_GUILD_ID", value, "the server and choose Copy Server ID").map(GuildId)
}

pub(super) fn shards(value: &str) -> Result<Shards, String> {
    if value.eq_ignore_ascii_case("auto") {
        return Ok(Shards::Recommended);
    }
    ShardRange::parse(value).map(Shards::Own).ok_or_else(|| {
        format!(
            "DISCORD_SHARDS is neither auto nor a range of shards; write for example 0-15/64: the shards 0 to 15 of 64, at most \
             {SHARDS_MAX} for one process"
        )
    })
}

/// Other processes run the other shards, and share the database.
pub(super) const SHARDS_NEED_A_SERVER: &str = "DISCORD_SHARDS names some of the shards, so several processes share the database; set DATABASE_URL to a PostgreSQL server, or \
     DISCORD_SHARDS to auto";

/// Whether a database is on a server.
pub(super) fn is_server(database_url: Option<&str>) -> bool {
    matches!(database_url.map(Address::parse), Some(Ok(Address::Server(_))))
}

/// Ids with commas or spaces between them.
pub(super) fn operator_guilds(value: &str) -> Result<OperatorGuilds, String> {
    let ids = value.split([',', ' ']).filter(|id| !id.is_empty());
    let guilds: Option<Vec<GuildId>> =
        ids.map(|id| id.parse().ok().filter(|id| *id > 0).map(GuildId)).collect();
    guilds.filter(|guilds| !guilds.is_empty()).map(OperatorGuilds::only).ok_or_else(|| {
        "OPERATOR_GUILD_IDS is not a list of ids; write the ids of the servers with commas between them, or remove the \
         setting to trust the moderators of all servers. Switch on Developer Mode in Discord, right-click a server and \
         choose Copy Server ID"
            .to_owned()
    })
}

pub(super) fn channel_id(value: &str) -> Result<ChannelId, String> {
    snowflake("NEWS_CHANNEL_ID", value, "the channel and choose Copy Channel ID").map(ChannelId)
}

fn snowflake(name: &str, value: &str, what_to_click: &str) -> Result<u64, String> {
    value.parse().ok().filter(|id| *id > 0).ok_or_else(|| {
        format!(
            "{name} is not an id; switch on Developer Mode in Discord, right-click {what_to_click}, and write this number \
             of 17 to 20 digits"
        )
    })
}

pub(super) fn quality_min(value: &str) -> Result<i64, String> {
    value.parse().map_err(|_| {
        "NEWS_MIN_QUALITY is not a whole number; write the lowest quality of articles that a new feed posts, for example 60"
            .to_owned()
    })
}

pub(super) fn max_age_days(value: &str) -> Result<u16, String> {
    value.parse().map_err(|_| {
        format!(
            "NEWS_MAX_AGE_DAYS is not a number of days; write a number from 1 to {}, or 0 for no limit",
            u16::MAX
        )
    })
}

pub(super) fn database_url(value: &str) -> Result<SecretString, String> {
    let address = Address::parse(value)?;
    // A message names the path of a file that cannot be used, so the path may hold no password.
    let has_user = |path: &Path| {
        let path = path.to_string_lossy();
        path.split_once('@').is_some_and(|(before, _)| before.contains(':'))
    };
    if matches!(&address, Address::File(path) if has_user(path)) {
        return Err(
            "DATABASE_URL has a user and a password, and a file needs neither; write for example sqlite://heatwire.db"
                .to_owned(),
        );
    }
    Ok(value.into())
}

pub(super) fn api_url(value: &str) -> Result<String, String> {
    let fault = |what: &str| {
        format!("DISCORD_API_URL {what}; write for example http://127.0.0.1:3000, or remove the setting")
    };
    let url = Url::parse(value).ok().filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host());
    let Some(url) = url else { return Err(fault("is not the base address of a proxy")) };
    // The parser hides the sign `@` of an empty user or password.
    let authority = value.split(['/', '\\', '?', '#']).find(|part| part.contains('@'));
    if authority.is_some() || !url.username().is_empty() || url.password().is_some() {
        return Err(fault(
            "has a user or a password (the text before an @), and heatwire sends neither to a proxy",
        ));
    }
    if url.query().is_some() || url.fragment().is_some() {
        return Err(fault("has a ? or a #, and a base address has neither"));
    }
    Ok(url.as_str().trim_end_matches('/').to_owned())
}

pub(super) fn articles_watch(value: &str) -> Result<bool, String> {
    value.to_lowercase().parse().map_err(|_| {
        "ARTICLES_WATCH is neither true nor false; write true (the bot reads changed files at once) or false (only /reload \
         reads them)"
            .to_owned()
    })
}

pub(super) fn half_life(value: &str) -> Result<HalfLife, String> {
    let days = value.parse().ok().filter(|days| (1..=HALF_LIFE_DAYS_MAX).contains(days));
    days.map(|days| HalfLife { days }).ok_or_else(|| {
        format!(
            "HEAT_HALF_LIFE_DAYS is not a number of days from 1 to {HALF_LIFE_DAYS_MAX}; write the number of days in which the \
             heat of an article halves, for example 3"
        )
    })
}

pub(super) fn news_sort(value: &str) -> Result<Sort, String> {
    let sort = [Sort::Heat, Sort::Trending].into_iter().find(|sort| sort.value() == value.to_lowercase());
    sort.ok_or_else(|| {
        "NEWS_SORT is neither heat nor trending; write the order that /news has without the option sort"
            .to_owned()
    })
}

/// An address of this machine, never a name: a name may lead to more than one address.
pub(super) fn http_addr(value: &str) -> Result<SocketAddr, String> {
    value.parse().map_err(|_| {
        "HEATWIRE_HTTP_ADDR is not an address with a port; write for example 127.0.0.1:9464, or 0.0.0.0:9464 in a container, \
         or remove the setting"
            .to_owned()
    })
}

pub(super) fn log_filter(value: &str) -> Result<Targets, String> {
    value.parse().map_err(|_| {
        "RUST_LOG is not a log filter; write a level (error, warn, info, debug or trace), or pairs target=level with \
         commas, for example info,heatwire=debug"
            .to_owned()
    })
}
