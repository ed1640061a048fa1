//! Why the bot cannot run.

/// Why the bot cannot run, in words for the operator. Each of these errors ends the process. Another attempt would fail too, and each
/// new session counts against Discord's limit of 1,000 a day.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// 401 or close code 4004.
    #[error(
        "Discord refuses the token; copy it again from the developer portal (Bot, Reset Token) into DISCORD_TOKEN in .env"
    )]
    WrongToken,
    /// Close code 4013 or 4014.
    #[error(
        "Discord refuses the gateway intents of the bot, although they need no approval; please report this"
    )]
    RefusedIntents,
    /// Close code 4010 or 4011.
    #[error("Discord refuses the number of shards; start the bot again, and report this if it happens again")]
    RefusedShards,
    /// Close code 4012.
    #[error("Discord no longer supports the gateway version of this heatwire; update heatwire")]
    RefusedVersion,
    /// No answer from the REST API, or an answer that cannot be used.
    #[error("Discord's API at {address} cannot be used: {cause}; check the network and DISCORD_API_URL")]
    Unreachable {
        /// Scheme, host and port of the base address.
        address: String,
        /// In words.
        cause: String,
    },
    /// No connection to the gateway, or no session within the time limit.
    #[error(
        "Discord's gateway at {address} cannot be used: {cause}; check the network, then status.discord.com"
    )]
    GatewayUnreachable {
        /// Scheme, host and port of the gateway's address.
        address: String,
        /// In words.
        cause: String,
    },
    /// The daily number of session starts is used up.
    #[error(
        "Discord allows the bot no new session for {minutes} minutes; wait, and find out why the bot was started so often"
    )]
    NoSessionsLeft {
        /// The minutes until the limit is reset, rounded up.
        minutes: u64,
    },
    /// The commands could not be registered.
    #[error("the commands cannot be registered{place}: {cause}; {remedy}")]
    Registration {
        /// Where, in words, with a space before.
        place: String,
        /// In words.
        cause: String,
        /// In words.
        remedy: &'static str,
    },
    /// The connection ended, and the session cannot be resumed.
    #[error("the connection to Discord ended: {0}; start the bot again")]
    Ended(String),
}
