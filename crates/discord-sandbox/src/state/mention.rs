//! The mentions of a message. Discord's docs: Message, "Allowed Mentions Object".

use serde_json::{Value, json};

use super::component::all_components;
use super::guilds::Role;
use super::member::{MEMBERS, Member};

/// The mentions of a message without `allowed_mentions`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum DefaultMentions {
    /// Messages in channels: users, roles, everyone.
    All,
    /// Interactions and webhooks: users.
    Users,
}

/// Sets `mentions`, `mention_roles` and `mention_everyone` of a stored message from its content and the texts of
/// its components.
/// `pings_all` is the permission `MENTION_EVERYONE`. Without it a message pings only mentionable roles.
pub(super) fn set_mentions(
    message: &mut Value,
    allowed: Option<&Value>,
    default: DefaultMentions,
    pings_all: bool,
    roles: &[Role],
) {
    let mut content = message["content"].as_str().unwrap_or_default().to_owned();
    for text in all_components(&message["components"]).iter().filter(|part| part["type"] == 10) {
        content.push(' ');
        content.push_str(text["content"].as_str().unwrap_or_default());
    }
    let allows = |kind: &str, id: Option<&str>| match allowed {
        None => default == DefaultMentions::All || kind == "users",
        Some(allowed) => {
            let lists = |key: &str, wanted: &str| {
                allowed[key].as_array().is_some_and(|list| list.iter().any(|item| item == wanted))
            };
            lists("parse", kind) || id.is_some_and(|id| lists(kind, id))
        }
    };
    let names_user =
        |id: &str| content.contains(&format!("<@{id}>")) || content.contains(&format!("<@!{id}>"));
    let users: Vec<_> = MEMBERS
        .iter()
        .filter(|member| {
            let id = member.id.to_string();
            names_user(&id) && allows("users", Some(&id))
        })
        .map(Member::user)
        .collect();
    let role_ids: Vec<_> = roles
        .iter()
        .filter(|role| pings_all || role.is_mentionable)
        .map(|role| role.id.to_string())
        .filter(|id| content.contains(&format!("<@&{id}>")) && allows("roles", Some(id)))
        .collect();
    let names_everyone = content.contains("@everyone") || content.contains("@here");
    message["mentions"] = json!(users);
    message["mention_roles"] = json!(role_ids);
    message["mention_everyone"] = json!(pings_all && names_everyone && allows("everyone", None));
}
