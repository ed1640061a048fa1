//! The reasons that a refusal gives to moderators.

use super::ActionKind;
use crate::delivery::reason::RefusedRequest;
use crate::delivery::send::Refusal;
use crate::delivery::wait::DiscordWait;
use crate::feed::pause::PauseReason;

/// Why the feed pauses. `None` if the code pauses no feed.
pub(super) fn of_pause(kind: ActionKind, refusal: &Refusal) -> Option<PauseReason> {
    Some(match refusal.code {
        10_003 => PauseReason::ChannelUnknown,
        10_004 => PauseReason::NotInGuild,
        50_001 => PauseReason::ChannelHidden,
        50_013 if refusal.lacks != 0 => PauseReason::PermissionsMissing(refusal.lacks),
        50_013 => match kind {
            ActionKind::Post | ActionKind::ForumPost => PauseReason::PostingForbidden,
            ActionKind::EditForumPost | ActionKind::DeleteForumPost => {
                PauseReason::ChangingForumPostsForbidden
            }
            _ => PauseReason::ChangingForbidden,
        },
        50_008 | 50_024 | 40_058 => PauseReason::ChannelKindChanged,
        40_066 => PauseReason::NoTagAllowed,
        40_067 => PauseReason::NoTagMatches,
        // Posting opens an archived thread, unless the thread is locked.
        160_005 | 50_083 if kind == ActionKind::Post => PauseReason::ThreadLocked,
        _ => return None,
    })
}

/// Why one request failed.
pub(super) fn of_failure(refusal: &Refusal) -> RefusedRequest {
    let Refusal { status, code, faulty_fields, said, .. } = refusal;
    RefusedRequest { status: *status, code: *code, faulty_fields: faulty_fields.clone(), said: said.clone() }
}

/// The kind of a limit.
pub(super) fn of_limit(kind: ActionKind) -> DiscordWait {
    match kind {
        ActionKind::Crosspost => DiscordWait::CrosspostLimit,
        ActionKind::Edit | ActionKind::EditForumPost => DiscordWait::EditLimit,
        _ => DiscordWait::Limit,
    }
}
