//! Why the bot cannot run.

/// Why the bot cannot run, in words for the operator. All of these end the process: trying again by itself
/// would only repeat the refusal, and each new session counts against Discord's 1,000 a day.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// 401 or close code 4004.
    #[error(
        "Discord refuses the token; copy it again from the developer portal (Bot, Reset Token) into DISCORD_TOKEN in .env"
    )]
    WrongToken,
    /// Close code 4013 or 4014.
    #[error(
        "Discord refuses the gateway intents, though none that need approval are asked for; please report this"
    )]
    RefusedIntents,
    /// Close code 4010 or 4011.
    #[error("Discord refuses the number of shards; start again, and report this if it stays")]
    RefusedShards,
    /// Close code 4012.
    #[error("Discord does not serve the version of its gateway that I speak any more; update heatwire")]
    RefusedVersion,
    /// No answer, or none that can be used, from the REST API.
    #[error("Discord's API at {address} cannot be used: {cause}; check the network and DISCORD_API_URL")]
    Unreachable {
        /// Scheme, host and port of the base address.
        address: String,
        /// In words.
        cause: String,
    },
    /// No connection to the gateway, or no session in time.
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
        "Discord allows no new session for another {minutes} minutes; wait, and find out what restarted so often"
    )]
    NoSessionsLeft {
        /// Until the limit is reset, rounded up.
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
    /// The connection ended and cannot be taken up again.
    #[error("the connection to Discord ended: {0}; start again")]
    Ended(String),
}
