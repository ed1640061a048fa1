//! An interaction as Discord sends it.

use serde_json::json;
use serenity::model::application::CommandInteraction;

/// An interaction of a member who uses the command with this text, or still types it.
pub(crate) fn interaction(command: &str, option: &str, typed: &str, is_focused: bool) -> CommandInteraction {
    let mut given = json!({ "name": option, "type": 3, "value": typed });
    if is_focused {
        given["focused"] = json!(true);
    }
    serde_json::from_value(json!({
        "id": "1", "application_id": "2", "type": if is_focused { 4 } else { 2 }, "token": "t", "version": 1,
        "channel_id": "3", "locale": "en-GB",
        "data": { "id": "4", "name": command, "type": 1, "options": [given] },
        "user": { "id": "5", "username": "ada", "discriminator": "0" },
        "entitlements": [], "attachment_size_limit": 10_485_760, "authorizing_integration_owners": {}
    }))
    .expect("the interaction is one")
}
