//! The bot: gateway addresses, user, application.

use serde_json::json;

use super::reply::Reply;
use crate::state::{World, guild, member};

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
    Reply::json(&member::current_user())
}

pub(super) fn current() -> Reply {
    Reply::json(&guild::application())
}

fn gateway_url(world: &World) -> String {
    world.options.gateway_url.clone().unwrap_or_else(|| format!("ws://{}/gateway", world.host))
}
