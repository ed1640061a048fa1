//! Registers the commands, only if they differ from the commands that Discord has: Discord allows 200 new commands a day in a guild,
//! and after each overwrite, all clients load the commands again.

use serde_json::{Map, Number, Value};
use serenity::all::{ApplicationId, Command, CommandType};
use serenity::http::Route;

use super::sender::requests::Requests;
use super::{RunError, commands, connect, failure, translations};
use crate::delivery::send::Outcome;
use crate::ids::{CommandId, GuildId};
use crate::messages::{Language, Words};

/// The compared fields of a command. Discord adds the other fields: ids, versions, and `dm_permission`, which is deprecated and
/// follows `contexts`.
const COMPARED: [&str; 10] = [
    "type",
    "name",
    "name_localizations",
    "description",
    "description_localizations",
    "options",
    "default_member_permissions",
    "nsfw",
    "integration_types",
    "contexts",
];
/// The places where a command can be installed and used. Discord accepts these fields only for global commands (Discord's docs,
/// "Application Command Structure").
const GLOBAL_ONLY: [&str; 2] = ["integration_types", "contexts"];

/// Registers the commands in the guild `guild_id`, or globally with `None`. With a guild, removes the global commands. Returns the
/// names and ids of the slash commands. [`clear_guild`] removes the commands of a guild.
///
/// # Errors
///
/// [`RunError::Registration`] if Discord refuses.
pub async fn register(
    requests: &Requests,
    application: ApplicationId,
    guild_id: Option<GuildId>,
) -> Result<Vec<(String, CommandId)>, RunError> {
    let wanted = definitions()?;
    let registered = match guild_id {
        Some(guild) => {
            let registered = overwrite(requests, application, Some(guild), &wanted).await?;
            overwrite(requests, application, None, &[]).await?;
            registered
        }
        None => overwrite(requests, application, None, &wanted).await?,
    };
    let slash = registered.into_iter().filter(|command| command.kind == CommandType::ChatInput);
    Ok(slash.map(|command| (command.name, CommandId(command.id.get()))).collect())
}

/// Removes the commands that an earlier `DISCORD_GUILD_ID` left in a guild. Otherwise members of the guild see each command twice.
///
/// # Errors
///
/// [`RunError::Registration`] if Discord refuses.
pub async fn clear_guild(
    requests: &Requests,
    application: ApplicationId,
    guild: GuildId,
) -> Result<(), RunError> {
    overwrite(requests, application, Some(guild), &[]).await.map(|_| ())
}

/// Whether Discord has exactly the commands of this version, in the guild or globally.
///
/// # Errors
///
/// [`RunError::Registration`] if Discord refuses.
pub(super) async fn are_registered(
    requests: &Requests,
    application: ApplicationId,
    guild: Option<GuildId>,
) -> Result<bool, RunError> {
    let registered = registered(requests, application, guild).await?;
    Ok(is_same(&registered, &definitions()?, guild.is_some()))
}

/// The definitions in English, with their translations.
pub(super) fn definitions() -> Result<Vec<Value>, RunError> {
    let mut definitions = definitions_in(Language::English)?;
    for language in Language::translations() {
        for (definition, translated) in definitions.iter_mut().zip(definitions_in(language)?) {
            translations::add(definition, &translated, language.locales());
        }
    }
    Ok(definitions)
}

fn definitions_in(language: Language) -> Result<Vec<Value>, RunError> {
    let definitions = commands::definitions(Words::of(language));
    let values = definitions.iter().map(serde_json::to_value).collect::<Result<_, _>>();
    values.map_err(|error| RunError::Registration {
        place: String::new(),
        cause: format!("a definition cannot be written as JSON ({error})"),
        remedy: "please report this",
    })
}

/// Makes `wanted` the commands of a guild, or the global commands. Returns the registered commands.
async fn overwrite(
    requests: &Requests,
    application_id: ApplicationId,
    guild: Option<GuildId>,
    wanted: &[Value],
) -> Result<Vec<Command>, RunError> {
    let registered = registered(requests, application_id, guild).await?;
    let (place, route) = (place_of(guild), route_of(application_id, guild));
    if is_same(&registered, wanted, guild.is_some()) {
        tracing::debug!(%place, "the commands are registered already");
        return Ok(registered);
    }
    let body = Value::Array(if guild.is_some() { of_guild(wanted) } else { wanted.to_vec() }).to_string();
    let written = connect::patiently(|| requests.put::<Vec<Command>>(route, body.clone().into())).await;
    let written = written.map_err(|outcome| registration_error(&place, &outcome))?;
    tracing::info!(count = written.len(), "registered the commands{place}");
    Ok(written)
}

/// The commands that Discord has.
async fn registered(
    requests: &Requests,
    application: ApplicationId,
    guild: Option<GuildId>,
) -> Result<Vec<Command>, RunError> {
    let route = route_of(application, guild);
    let translated = || vec![("with_localizations", "true".to_owned())];
    let registered = connect::patiently(|| requests.get_with::<Vec<Command>>(route, translated())).await;
    registered.map_err(|outcome| registration_error(&place_of(guild), &outcome))
}

fn route_of(application_id: ApplicationId, guild: Option<GuildId>) -> Route<'static> {
    match guild {
        Some(guild) => Route::GuildCommands { application_id, guild_id: guild.into() },
        None => Route::Commands { application_id },
    }
}

fn place_of(guild: Option<GuildId>) -> String {
    guild.map_or_else(String::new, |guild| format!(" in the server {guild}"))
}

/// The definitions without the fields of global commands.
fn of_guild(wanted: &[Value]) -> Vec<Value> {
    let mut wanted = wanted.to_vec();
    for command in wanted.iter_mut().filter_map(Value::as_object_mut) {
        command.retain(|key, _| !GLOBAL_ONLY.contains(&key.as_str()));
    }
    wanted
}

fn registration_error(place: &str, outcome: &Outcome) -> RunError {
    let status = if let Outcome::Refused(refusal) = outcome { refusal.status } else { 0 };
    let remedy = match status {
        401 => return RunError::WrongToken,
        403 | 404 => {
            "invite the bot to that server with the scope applications.commands, or correct DISCORD_GUILD_ID"
        }
        400 => "please report this",
        _ => "start the bot again later",
    };
    RunError::Registration { place: place.to_owned(), cause: failure::in_words(outcome), remedy }
}

/// Whether Discord has exactly these commands, in any order.
fn is_same(registered: &[Command], wanted: &[Value], is_in_guild: bool) -> bool {
    let registered: Result<Vec<Value>, _> = registered.iter().map(serde_json::to_value).collect();
    let Ok(mut registered) = registered else { return false };
    let key = |command: &Value| (kind(command), command["name"].to_string());
    let mut wanted: Vec<&Value> = wanted.iter().collect();
    wanted.sort_by_key(|command| key(command));
    registered.sort_by_key(key);
    registered.len() == wanted.len()
        && registered.iter().zip(wanted).all(|(registered, wanted)| {
            COMPARED.into_iter().all(|field| is_same_field(field, registered, wanted, is_in_guild))
        })
}

fn is_same_field(field: &str, registered: &Value, wanted: &Value, is_in_guild: bool) -> bool {
    let (registered_says, wanted_says) = (registered.get(field), wanted.get(field));
    match field {
        _ if is_in_guild && GLOBAL_ONLY.contains(&field) => true,
        "type" => kind(registered) == kind(wanted),
        "description" => text(registered_says) == text(wanted_says),
        // Without this field in the definition, the developer portal decides where the bot can be installed.
        "integration_types" => wanted_says.is_none() || numbers(registered_says) == numbers(wanted_says),
        "contexts" => numbers(registered_says) == numbers(wanted_says),
        _ => normal(registered_says) == normal(wanted_says),
    }
}

/// The type of a command. The default is 1, a slash command.
fn kind(command: &Value) -> u64 {
    command["type"].as_u64().unwrap_or(1)
}

fn text(said: Option<&Value>) -> &str {
    said.and_then(Value::as_str).unwrap_or_default()
}

/// The numbers of a list, sorted.
fn numbers(said: Option<&Value>) -> Option<Vec<u64>> {
    let mut numbers: Vec<u64> = said?.as_array()?.iter().filter_map(Value::as_u64).collect();
    numbers.sort_unstable();
    numbers.dedup();
    Some(numbers)
}

/// The value without all defaults, because Discord may write a default or leave it out. `None` if nothing is left.
fn normal(said: Option<&Value>) -> Option<Value> {
    match said? {
        Value::Null | Value::Bool(false) => None,
        Value::Object(map) => {
            let said = map.iter().filter_map(|(key, value)| Some((key.clone(), normal(Some(value))?)));
            let said: Map<String, Value> = said.collect();
            (!said.is_empty()).then_some(Value::Object(said))
        }
        Value::Array(values) => {
            // An element of a list keeps its place, also if only defaults are in it.
            let said: Vec<Value> =
                values.iter().map(|value| normal(Some(value)).unwrap_or_default()).collect();
            (!said.is_empty()).then_some(Value::Array(said))
        }
        // 0 and 0.0 are equal.
        Value::Number(number) => {
            Some(Value::Number(number.as_f64().and_then(Number::from_f64).unwrap_or_else(|| number.clone())))
        }
        scalar => Some(scalar.clone()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    /// A definition with something of everything.
    fn wanted() -> Value {
        json!({
            "name": "feed", "description": "Feeds", "name_localizations": {}, "nsfw": false,
            "description_localizations": { "de": "Kanäle" }, "default_member_permissions": "32",
            "integration_types": [0], "contexts": [0],
            "options": [{
                "type": 4, "name": "count", "description": "How many", "required": false, "min_value": 0,
                "description_localizations": { "de": "Wie viele" },
                "choices": [{ "name": "None", "value": 0, "name_localizations": { "de": "Keine" } }]
            }]
        })
    }

    /// Discord's answer after `wanted` was written, with Discord's additions and a change.
    fn registered(change: impl FnOnce(&mut Value)) -> Command {
        let mut command = wanted();
        for (key, value) in [
            ("id", json!("1")),
            ("application_id", json!("2")),
            ("version", json!("3")),
            ("type", json!(1)),
            ("dm_permission", json!(true)),
            ("name_localizations", Value::Null),
        ] {
            command[key] = value;
        }
        let option = &mut command["options"][0];
        option["min_value"] = json!(0.0);
        option["name_localizations"] = Value::Null;
        option.as_object_mut().unwrap().remove("required");
        change(&mut command);
        serde_json::from_value(command).unwrap()
    }

    #[test]
    fn what_discord_adds_is_no_difference() {
        assert!(is_same(&[registered(|_| ())], &[wanted()], false));
        let two_places = json!({ "name": "a", "description": "b", "contexts": [0, 1] });
        let backwards = json!({
            "id": "1", "application_id": "2", "version": "3", "type": 1, "name": "a", "description": "b",
            "contexts": [1, 0], "integration_types": [0, 1], "nsfw": false, "default_member_permissions": null
        });
        let backwards: Command = serde_json::from_value(backwards).unwrap();
        assert!(is_same(std::slice::from_ref(&backwards), std::slice::from_ref(&two_places), false));
        let both = [backwards, registered(|_| ())];
        assert!(is_same(&both, &[wanted(), two_places], false), "in any order");
    }

    type Change = fn(&mut Value);

    #[test]
    fn each_field_alone_is_a_difference() {
        let changes: [(&str, Change); 22] = [
            ("name", |command| command["name"] = json!("feeds")),
            ("description", |command| command["description"] = json!("Channels")),
            ("a name's translation", |command| command["name_localizations"] = json!({ "de": "kanal" })),
            ("no translation", |command| command["description_localizations"] = Value::Null),
            ("another translation", |command| command["description_localizations"]["de"] = json!("Feeds")),
            ("one more translation", |command| command["description_localizations"]["fr"] = json!("Fils")),
            ("rights", |command| command["default_member_permissions"] = json!("8")),
            ("rights, admins only", |command| command["default_member_permissions"] = json!("0")),
            ("no rights", |command| command["default_member_permissions"] = Value::Null),
            ("nsfw", |command| command["nsfw"] = json!(true)),
            ("installed by users", |command| command["integration_types"] = json!([1])),
            ("installed by users too", |command| command["integration_types"] = json!([0, 1])),
            ("nowhere installed", |command| command["integration_types"] = json!([])),
            ("contexts", |command| command["contexts"] = json!([0, 1])),
            ("all contexts", |command| command["contexts"] = Value::Null),
            ("no options", |command| command["options"] = json!([])),
            ("required", |command| command["options"][0]["required"] = json!(true)),
            ("bound", |command| command["options"][0]["min_value"] = json!(1)),
            ("choice", |command| command["options"][0]["choices"][0]["value"] = json!(2)),
            ("an option's translation", |command| {
                command["options"][0]["description_localizations"]["de"] = json!("Anzahl");
            }),
            ("a choice's translation", |command| {
                command["options"][0]["choices"][0]["name_localizations"] = Value::Null;
            }),
            ("autocomplete", |command| command["options"][0]["autocomplete"] = json!(true)),
        ];
        for (what, change) in changes {
            assert!(!is_same(&[registered(change)], &[wanted()], false), "{what}");
        }
        let other_kind = json!({ "name": "feed", "type": 3, "contexts": [0], "integration_types": [0] });
        let plain = json!({ "name": "feed", "description": "", "contexts": [0], "integration_types": [0] });
        let message = json!({
            "id": "1", "application_id": "2", "version": "3", "type": 3, "name": "feed", "description": "",
            "contexts": [0], "integration_types": [0]
        });
        let message: Command = serde_json::from_value(message).unwrap();
        assert!(is_same(std::slice::from_ref(&message), &[other_kind], false));
        assert!(!is_same(&[message], &[plain], false), "kind");
        assert!(!is_same(&[], &[wanted()], false) && !is_same(&[registered(|_| ())], &[], false));
    }

    #[test]
    fn a_guilds_own_command_says_nothing_of_places() {
        let guild_command = registered(|command| {
            command["guild_id"] = json!("4");
            for key in GLOBAL_ONLY {
                command.as_object_mut().unwrap().remove(key);
            }
        });
        assert!(is_same(&[guild_command], &[wanted()], true));
        let permissions = registered(|command| command["default_member_permissions"] = Value::Null);
        assert!(!is_same(&[permissions], &[wanted()], true));
        let written = of_guild(&[wanted()]);
        assert!(GLOBAL_ONLY.iter().all(|key| written[0].get(key).is_none()), "{written:?}");
        assert_eq!(written[0]["default_member_permissions"], "32");
    }

    #[test]
    fn what_we_register_comes_back_as_the_same() {
        let wanted = definitions().unwrap();
        let answered = wanted.iter().map(|definition| {
            let mut command = definition.clone();
            for key in ["id", "application_id", "version"] {
                command[key] = json!("1");
            }
            command["type"] = json!(kind(definition));
            command["description"] = json!(text(definition.get("description")));
            serde_json::from_value(command).unwrap()
        });
        assert!(is_same(&answered.collect::<Vec<Command>>(), &wanted, false));
    }
}
