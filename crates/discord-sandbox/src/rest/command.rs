//! Registered commands. Discord's docs: "Application Commands", "Endpoints".

use axum::http::StatusCode;

use super::super::api_error::ApiError;
use super::super::state::{Scope, World};
use super::super::validate::{check_command, check_command_list};
use super::route::id_of;
use super::{Call, Reply};

/// `/applications/{id}/commands` and the guild's.
pub(super) fn all(world: &mut World, call: &Call<'_>, scope: Scope) -> Result<Reply, ApiError> {
    match call.method {
        "GET" => Ok(Reply::json(&world.commands.of(scope))),
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
pub(super) fn one(world: &mut World, call: &Call<'_>, scope: Scope, id: &str) -> Result<Reply, ApiError> {
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

/// Discord's docs: "Get Guild Application Command Permissions".
pub(super) fn permissions(world: &World) -> Reply {
    Reply::json(&world.commands.permissions())
}
