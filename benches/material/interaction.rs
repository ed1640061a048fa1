//! An interaction as Discord sends it, and the bot's answer without a connection.

use heatwire::delivery::send::Outcome;
use heatwire::discord::channel_lookup::{ChannelLookup, Channels};
use heatwire::discord::invocation::Connection;
use heatwire::discord::reply::{Answer, Reply};
use heatwire::discord::request::Request;
use heatwire::discord::state::State;
use heatwire::ids::{ChannelId, GuildId, RoleId};
use serde_json::json;
use serenity::model::application::Interaction;

/// An interaction of a member who uses the command with this text, or still types it. Without an option no text is given.
pub(crate) fn interaction(command: &str, option: Option<(&str, &str)>, is_focused: bool) -> Interaction {
    let given = option.map(|(name, typed)| {
        let mut given = json!({ "name": name, "type": 3, "value": typed });
        if is_focused {
            given["focused"] = json!(true);
        }
        given
    });
    let options: Vec<_> = given.into_iter().collect();
    serde_json::from_value(json!({
        "id": "1", "application_id": "2", "type": if is_focused { 4 } else { 2 }, "token": "t", "version": 1,
        "channel_id": "3", "locale": "en-GB",
        "data": { "id": "4", "name": command, "type": 1, "options": options },
        "user": { "id": "5", "username": "ada", "discriminator": "0" },
        "entitlements": [], "attachment_size_limit": 10_485_760, "authorizing_integration_owners": {}
    }))
    .expect("the interaction is one")
}

/// The bot's answer to what everybody may ask.
pub(crate) async fn answer(interaction: &Interaction, state: &State) -> Answer {
    let request =
        Request::read(interaction, Connection::default(), &NoChannels, state).expect("a command of the bot");
    request.answer(std::future::pending()).await
}

struct NoChannels;

#[serenity::async_trait]
impl Channels for NoChannels {
    async fn look_up(&self, _: GuildId, _: ChannelId) -> ChannelLookup {
        ChannelLookup::Gone
    }

    async fn roles(&self, _: GuildId) -> Result<Vec<RoleId>, String> {
        Ok(Vec::new())
    }

    async fn send(&self, _: ChannelId, _: Reply) -> Outcome {
        Outcome::ForeignChannel
    }
}
