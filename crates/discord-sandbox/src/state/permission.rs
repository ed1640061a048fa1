//! The computation of permissions. Discord's docs: "Permissions", "Permission Overwrites".

/// Has every permission in every channel.
pub(crate) const ADMINISTRATOR: u64 = 1 << 3;
/// Changes and removes channels.
pub(crate) const MANAGE_CHANNELS: u64 = 1 << 4;
/// Without it no other permission counts in the channel.
pub(crate) const VIEW_CHANNEL: u64 = 1 << 10;
/// Posts in a channel and a forum. Threads need `SEND_MESSAGES_IN_THREADS`.
pub(crate) const SEND_MESSAGES: u64 = 1 << 11;
/// Without it messages lose their embeds.
pub(crate) const EMBED_LINKS: u64 = 1 << 14;
/// Uploads files.
pub(crate) const ATTACH_FILES: u64 = 1 << 15;
/// Reads earlier messages.
pub(crate) const READ_MESSAGE_HISTORY: u64 = 1 << 16;
/// Pings everyone, and roles that are not mentionable.
pub(crate) const MENTION_EVERYONE: u64 = 1 << 17;
/// Changes roles and overwrites.
pub(crate) const MANAGE_ROLES: u64 = 1 << 28;
/// Changes any thread, also a locked one.
pub(crate) const MANAGE_THREADS: u64 = 1 << 34;
/// Starts threads. A forum needs `SEND_MESSAGES` instead.
pub(crate) const CREATE_PUBLIC_THREADS: u64 = 1 << 35;
/// Posts in threads.
pub(crate) const SEND_MESSAGES_IN_THREADS: u64 = 1 << 38;
/// The answers of an app that only an account has are for all.
pub(crate) const USE_EXTERNAL_APPS: u64 = 1 << 50;
/// The permissions that a member keeps during a timeout.
const TIMED_OUT_PERMISSIONS: u64 = VIEW_CHANNEL | READ_MESSAGE_HISTORY;

/// The permissions that a channel allows and denies to one role or member.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Overwrite {
    /// The id of the role or member. @everyone has the guild's id.
    pub(crate) id: u64,
    pub(crate) is_member: bool,
    pub(crate) allow: u64,
    pub(crate) deny: u64,
}

/// A member. `base` has the permissions of @everyone and of all roles of the member.
#[derive(Debug, Clone)]
pub(crate) struct PermissionHolder {
    pub(crate) id: u64,
    pub(crate) role_ids: Vec<u64>,
    pub(crate) base: u64,
    pub(crate) is_timed_out: bool,
}

/// The permissions of a member in a channel: first the overwrite of @everyone, then those of the roles together, then
/// the member's.
pub(crate) fn channel_permissions(
    holder: &PermissionHolder,
    everyone_id: u64,
    overwrites: &[Overwrite],
) -> u64 {
    if holder.base & ADMINISTRATOR != 0 {
        return u64::MAX >> 11;
    }
    let merged = |is_meant: &dyn Fn(&Overwrite) -> bool| {
        let meant = overwrites.iter().filter(|overwrite| is_meant(overwrite));
        meant.fold((0, 0), |(allow, deny), overwrite| (allow | overwrite.allow, deny | overwrite.deny))
    };
    let steps = [
        merged(&|overwrite| !overwrite.is_member && overwrite.id == everyone_id),
        merged(&|overwrite| {
            !overwrite.is_member && overwrite.id != everyone_id && holder.role_ids.contains(&overwrite.id)
        }),
        merged(&|overwrite| overwrite.is_member && overwrite.id == holder.id),
    ];
    let held = steps.iter().fold(holder.base, |held, (allow, deny)| held & !deny | allow);
    if holder.is_timed_out { held & TIMED_OUT_PERMISSIONS } else { held }
}

/// Whether `held` has all permissions of `needed`. Administrators have every permission.
pub(crate) fn permits(held: u64, needed: u64) -> bool {
    held & ADMINISTRATOR != 0 || held & needed == needed
}

#[cfg(test)]
mod tests {
    use super::{
        ADMINISTRATOR, Overwrite, PermissionHolder, SEND_MESSAGES, VIEW_CHANNEL, channel_permissions, permits,
    };

    const EVERYONE: u64 = 1;
    const ROLE: u64 = 2;
    const OTHER_ROLE: u64 = 3;
    const MEMBER: u64 = 4;

    fn of(id: u64, allow: u64, deny: u64) -> Overwrite {
        Overwrite { id, is_member: id == MEMBER, allow, deny }
    }

    fn held(overwrites: &[Overwrite]) -> u64 {
        let holder = PermissionHolder {
            id: MEMBER,
            role_ids: vec![ROLE, OTHER_ROLE],
            base: VIEW_CHANNEL,
            is_timed_out: false,
        };
        channel_permissions(&holder, EVERYONE, overwrites)
    }

    #[test]
    fn the_nearer_overwrite_wins_and_roles_count_together() {
        let (view, send) = (VIEW_CHANNEL, SEND_MESSAGES);
        let cases = [
            (vec![], view),
            (vec![of(EVERYONE, 0, view)], 0),
            (vec![of(EVERYONE, 0, view), of(ROLE, view, 0)], view),
            (vec![of(EVERYONE, view, 0), of(ROLE, 0, view)], 0),
            (vec![of(ROLE, 0, view), of(OTHER_ROLE, view, 0)], view),
            (vec![of(ROLE, view | send, 0), of(MEMBER, 0, send)], view),
            (vec![of(EVERYONE, 0, send), of(MEMBER, send, 0)], view | send),
            (vec![of(99, send, view)], view),
        ];
        for (overwrites, wanted) in cases {
            assert_eq!(held(&overwrites), wanted, "{overwrites:?}");
        }
    }

    #[test]
    fn administrators_have_every_permission_and_a_timeout_leaves_reading() {
        let holder =
            |base, is_timed_out| PermissionHolder { id: MEMBER, role_ids: vec![], base, is_timed_out };
        let denied = [of(MEMBER, 0, VIEW_CHANNEL)];
        assert!(permits(
            channel_permissions(&holder(ADMINISTRATOR, false), EVERYONE, &denied),
            SEND_MESSAGES
        ));
        assert_eq!(
            channel_permissions(&holder(VIEW_CHANNEL | SEND_MESSAGES, true), EVERYONE, &[]),
            VIEW_CHANNEL
        );
    }
}
