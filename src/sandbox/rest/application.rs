//! The bot itself: gateway addresses, user, application, commands.

use axum::http::StatusCode;
use serde_json::json;

use super::super::api_error::ApiError;
use super::super::state::{Scope, World, guild};
use super::super::validate::{check_command, check_command_list};
use super::{Call, Reply};

pub(super) fn gateway(world: &World) -> Reply {
    Reply::json(&json!({"url": gateway_url(world)}))
}

pub(super) fn gateway_bot(world: &World) -> Reply {
    let total = world.options.identifies_per_day;
    let remaining = total.saturating_sub(world.gateway.identifies().len());
    Reply::json(&json!({
        "url": gateway_url(world), "shards": world.options.shards_min,
        "session_start_limit": {
            "total": total, "remaining": remaining, "reset_after": 86_400_000, "max_concurrency": world.options.max_concurrency,
        },
    }))
}

pub(super) fn current_user() -> Reply {
    Reply::json(&guild::current_user())
}

pub(super) fn current() -> Reply {
    Reply::json(&guild::application())
}

pub(super) fn global_commands(world: &mut World, call: &Call<'_>) -> Result<Reply, ApiError> {
    commands(world, call, Scope::Global)
}

pub(super) fn guild_commands(world: &mut World, call: &Call<'_>) -> Result<Reply, ApiError> {
    commands(world, call, Scope::Guild)
}

/// Discord's docs: "Get Guild Application Command Permissions".
pub(super) fn command_permissions(world: &World) -> Reply {
    Reply::json(&world.commands.permissions())
}

fn commands(world: &mut World, call: &Call<'_>, scope: Scope) -> Result<Reply, ApiError> {
    match call.method {
        "GET" => Ok(Reply::json(&world.commands.of(scope))),
        "PUT" => {
            check_command_list(call.body)?;
            let bodies = call.body.as_array().map_or(&[][..], Vec::as_slice);
            Ok(Reply::json(&world.overwrite_commands(scope, bodies)))
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

fn gateway_url(world: &World) -> String {
    world.options.gateway_url.clone().unwrap_or_else(|| format!("ws://{}/gateway", world.host))
}
