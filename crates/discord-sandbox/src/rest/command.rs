//! Registered commands. Discord's docs: "Application Commands", "Endpoints".

use axum::http::StatusCode;
use serde_json::Value;

use super::call::{Call, id_of};
use super::reply::Reply;
use crate::api_error::ApiError;
use crate::state::{CommandScope, World};
use crate::validate::{check_command, check_command_list};

/// `/applications/{id}/commands` and the guild's.
pub(super) fn all(world: &mut World, call: &Call<'_>, scope: CommandScope) -> Result<Reply, ApiError> {
    match call.method {
        "GET" => {
            let mut commands: Vec<Value> = world.commands.of(scope).into_iter().cloned().collect();
            if !matches!(call.query("with_localizations"), Some("true" | "True" | "1")) {
                commands.iter_mut().for_each(leave_out_localizations);
            }
            Ok(Reply::json(&commands))
        }
        "PUT" => {
            check_command_list(call.body)?;
            let bodies = call.body.as_array().map_or(&[][..], Vec::as_slice);
            Ok(Reply::json(&world.overwrite_commands(scope, bodies)?))
        }
        "POST" => {
            check_command(call.body)?;
            let (is_new, command) = world.put_command(scope, call.body)?;
            let status = if is_new { StatusCode::CREATED } else { StatusCode::OK };
            Ok(Reply::with_status(status, &command))
        }
        _ => Err(ApiError::UNKNOWN_ROUTE),
    }
}

/// `/applications/{id}/commands/{command}` and the guild's.
pub(super) fn one(
    world: &mut World,
    call: &Call<'_>,
    scope: CommandScope,
    id: &str,
) -> Result<Reply, ApiError> {
    let id = id_of(id).ok_or(ApiError::UNKNOWN_COMMAND)?;
    match call.method {
        "GET" => Ok(Reply::json(world.commands.by_id(scope, id).ok_or(ApiError::UNKNOWN_COMMAND)?)),
        "PATCH" => {
            let changed = world.changed_command(scope, id, call.body)?;
            check_command(&changed)?;
            Ok(Reply::json(&world.change_command(scope, id, &changed)?))
        }
        "DELETE" => {
            world.delete_command(scope, id)?;
            Ok(Reply::empty())
        }
        _ => Err(ApiError::UNKNOWN_ROUTE),
    }
}

/// Removes the translations of a command, its options and choices. A list has them only with `with_localizations`.
/// Discord's docs: "Get Global Application Commands".
fn leave_out_localizations(part: &mut Value) {
    if let Some(part) = part.as_object_mut() {
        part.retain(|key, _| !matches!(key.as_str(), "name_localizations" | "description_localizations"));
    }
    for key in ["options", "choices"] {
        let inner = part.get_mut(key).and_then(Value::as_array_mut);
        inner.into_iter().flatten().for_each(leave_out_localizations);
    }
}

/// Discord's docs: "Get Guild Application Command Permissions".
pub(super) fn permissions(world: &World) -> Reply {
    Reply::json(&world.commands.permissions())
}
