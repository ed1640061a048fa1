//! `allowed_mentions`. Discord's docs: Message, "Allowed Mentions Object".

use serde_json::Value;

use super::FormErrors;
use super::field::{Object, boolean, list, not_among, object, present};

const IDS_MAX: usize = 100;

/// Checks `allowed_mentions` of a message.
pub(super) fn check_allowed_mentions(message: &Object, errors: &mut FormErrors) {
    let Some(value) = present(message, "allowed_mentions") else { return };
    errors.within("allowed_mentions", |errors| {
        let Some(allowed) = object(value, errors) else { return };
        let parse = list(allowed, "parse", 3, errors);
        errors.within("parse", |errors| {
            for (index, kind) in parse.iter().enumerate() {
                if !matches!(kind.as_str(), Some("users" | "roles" | "everyone")) {
                    not_among(&index.to_string(), "'everyone', 'roles', 'users'", errors);
                }
            }
        });
        for kind in ["users", "roles"] {
            let ids = list(allowed, kind, IDS_MAX, errors);
            check_ids(kind, ids, errors);
            if !ids.is_empty() && parse.iter().any(|parsed| parsed.as_str() == Some(kind)) {
                let message = format!("parse:[\"{kind}\"] and {kind}: [ids...] are mutually exclusive.");
                errors.add("MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE", message);
            }
        }
        boolean(allowed, "replied_user", errors);
    });
}

fn check_ids(kind: &str, ids: &[Value], errors: &mut FormErrors) {
    errors.within(kind, |errors| {
        for (index, id) in ids.iter().enumerate() {
            let is_id = id.is_u64() || id.as_str().is_some_and(|text| text.parse::<u64>().is_ok());
            if !is_id {
                let message = format!("Value {id} is not snowflake.");
                errors.add_at(&index.to_string(), "NUMBER_TYPE_COERCE", message);
            }
        }
    });
}
