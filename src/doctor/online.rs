//! The tests that ask Discord.

use crate::collection::incremental::Clock;
use crate::config::Config;
use crate::delivery::send::is_off;
use crate::discord::inspect::{FeedFault, Inspector};
use crate::discord::{RunError, Settings};
use crate::feed::Feed;

use super::report::Report;

/// The most feeds whose permissions are tested. Each takes a request or more.
const FEEDS_MAX: usize = 500;

/// Token, application, gateway, commands, clock, and the permissions of each feed.
pub(super) async fn examine(config: &Config, feeds: &[Feed], clock: Clock, report: &mut Report) {
    let Some(token) = config.discord_token.clone() else {
        let left_out = "application, gateway, commands, clock and permissions of feeds were not tested";
        return report
            .warn("token", format!("DISCORD_TOKEN is not set, so {left_out}; write the token into .env"));
    };
    let settings = Settings {
        token,
        guild_id: config.discord_guild_id,
        api_url: config.discord_api_url.clone(),
        shards: config.discord_shards,
    };
    let now = clock();
    let inspector = match Inspector::new(settings, clock).await {
        Ok(inspector) => inspector,
        Err(error) => return report.fail(area(&error), error.to_string()),
    };
    accepted(&inspector, report);
    match inspector.has_commands().await {
        Ok(true) => report.ok("commands", "Discord has the commands of this version"),
        Ok(false) => report
            .warn("commands", "Discord has other commands; the next start of heatwire run registers them"),
        Err(error) => report.fail("commands", error.to_string()),
    }
    match inspector.clock_ahead(now) {
        Some(ahead) if is_off(ahead) => {
            let (seconds, way) =
                (ahead.as_secs().abs(), if ahead.is_negative() { "behind" } else { "ahead of" });
            report.warn(
                "clock",
                format!("this machine is {seconds} s {way} Discord; set its clock, as with NTP"),
            );
        }
        Some(_) => report.ok("clock", "this machine and Discord agree"),
        None => report.warn("clock", "Discord did not say its time, so the clock was not tested"),
    }
    permissions(&inspector, feeds, report).await;
}

fn area(error: &RunError) -> &'static str {
    match error {
        RunError::WrongToken => "token",
        RunError::GatewayUnreachable { .. } | RunError::NoSessionsLeft { .. } => "gateway",
        _ => "api",
    }
}

fn accepted(inspector: &Inspector, report: &mut Report) {
    let (bot, application) = (inspector.bot(), inspector.application());
    report.ok("token", format!("Discord accepts the token of {bot}, application {application}"));
    match inspector.installs() {
        None => report.warn("installs", "Discord does not say where people can install the bot"),
        Some(installs) if !installs.in_guilds => report.fail(
            "installs",
            "nobody can add the bot to a server; in the developer portal, on the page Installation, allow Guild Install",
        ),
        Some(installs) if !installs.in_accounts => report.warn(
            "installs",
            "people can add the bot to servers and not to their accounts; to let them, allow User Install on the page \
             Installation of the developer portal",
        ),
        Some(_) => report.ok("installs", "people can add the bot to servers and to their accounts"),
    }
    let (sessions, shards) = inspector.sessions();
    report
        .ok("gateway", format!("it takes connections; {sessions} sessions are left today; {shards} shards"));
    report.ok("intents", "the bot asks for Guilds only, which needs no approval");
}

async fn permissions(inspector: &Inspector, feeds: &[Feed], report: &mut Report) {
    let mut good = 0;
    for feed in feeds.iter().take(FEEDS_MAX) {
        let id = feed.id.0;
        match inspector.feed(feed).await {
            Ok(()) => good += 1,
            Err(FeedFault::Lacks { permissions, channel }) => report.fail(
                "permissions",
                format!("feed {id} in #{channel}: the bot lacks {permissions}; allow that in the settings of the channel"),
            ),
            Err(FeedFault::WrongKind { channel }) => report.fail(
                "permissions",
                format!("feed {id}: no feed can post in a channel of the kind of #{channel}; remove the feed"),
            ),
            Err(FeedFault::Unknown { cause }) => report.fail(
                "permissions",
                format!("feed {id}: its channel cannot be read ({cause}); let the bot see the channel, or remove the feed"),
            ),
        }
    }
    if good > 0 || feeds.is_empty() {
        report.ok("permissions", format!("{good} feeds have all permissions that they need"));
    }
    let left_out = feeds.len().saturating_sub(FEEDS_MAX);
    if left_out > 0 {
        report.warn(
            "permissions",
            format!("{left_out} further feeds were not tested; /feed list names their troubles"),
        );
    }
}
