//! Answers to interactions, and their messages.

use super::call::{Call, id_of};
use super::reply::Reply;
use crate::api_error::ApiError;
use crate::state::World;
use crate::state::answer::AnswerTarget;
use crate::state::history::is_v2;
use crate::validate::message::{MessagePlace, check_message};

/// `POST /interactions/{id}/{token}/callback`: 204, or 200 with `with_response=true`.
pub(super) fn callback(world: &mut World, call: &Call<'_>, id: &str, token: &str) -> Result<Reply, ApiError> {
    let id = id_of(id).ok_or(ApiError::UNKNOWN_INTERACTION)?;
    let receipt = world.answer(id, token, call.body)?;
    // discord.py writes `with_response=1`.
    let wants_receipt = matches!(call.query("with_response"), Some("true" | "True" | "1"));
    Ok(if wants_receipt { Reply::json(&receipt) } else { Reply::empty() })
}

/// `POST /webhooks/{application}/{token}`.
pub(super) fn follow_up(world: &mut World, call: &Call<'_>, token: &str) -> Result<Reply, ApiError> {
    if call.method != "POST" {
        return Err(ApiError::UNKNOWN_ROUTE);
    }
    world.live_interaction(token)?;
    check_message(call.body, MessagePlace::Interaction)?;
    Ok(Reply::json(&*world.follow_up(token, call.body)?))
}

/// `/webhooks/{application}/{token}/messages/{message}`.
pub(super) fn message(
    world: &mut World,
    call: &Call<'_>,
    token: &str,
    target: AnswerTarget,
) -> Result<Reply, ApiError> {
    match call.method {
        "GET" => Ok(Reply::json(&*world.answered_message(token, target)?)),
        "PATCH" => {
            world.live_interaction(token)?;
            let is_v2 = world.answered_message(token, target).is_ok_and(|message| is_v2(&message));
            check_message(call.body, MessagePlace::Edit { is_v2 })?;
            Ok(Reply::json(&*world.edit_answer(token, target, call.body)?))
        }
        "DELETE" => {
            world.delete_answer(token, target)?;
            Ok(Reply::empty())
        }
        _ => Err(ApiError::UNKNOWN_ROUTE),
    }
}
