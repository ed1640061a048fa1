//! Turns Discord's response to a request into an [`Outcome`]. The reader looks only at the fields that the bot needs: a response
//! may hold parts that no library knows.

use std::time::Duration;

use reqwest::header::HeaderMap;
use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::Value;

use super::pacer::seconds;
use crate::card::text;
use crate::delivery::retry::ActionKind;
use crate::delivery::send::{Made, Outcome, Refusal};
use crate::ids::{ChannelId, MessageId};

/// The most characters of Discord's message in a refusal.
const WORDS_CHARACTERS_MAX: usize = 300;
/// The most faulty fields in a refusal, the most bytes of each path, and the deepest field.
const FAULTY_FIELDS_MAX: usize = 20;
const FAULTY_FIELD_BYTES_MAX: usize = 200;
const FAULTY_FIELD_DEPTH_MAX: usize = 12;

/// A response of Discord's REST API.
#[derive(Debug)]
pub(super) struct HttpResponse {
    pub(super) status: u16,
    pub(super) headers: HeaderMap,
    pub(super) body: Vec<u8>,
}

#[derive(Debug, Deserialize)]
struct MadeObject {
    id: String,
    message: Option<MadeMessage>,
}

#[derive(Debug, Deserialize)]
struct MadeMessage {
    id: String,
}

#[derive(Debug, Deserialize)]
struct MessageEmbeds {
    embeds: Option<Vec<IgnoredAny>>,
    message: Option<Box<MessageEmbeds>>,
}

impl HttpResponse {
    pub(super) fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }

    /// The outcome of a write.
    pub(super) fn outcome(&self, kind: ActionKind) -> Outcome {
        if !self.is_success() {
            return Outcome::Refused(self.refusal());
        }
        match self.made(kind) {
            Some(made) => Outcome::Done(made),
            None => Outcome::Lost {
                may_have_arrived: true,
                cause: "Discord's answer could not be read".to_owned(),
            },
        }
    }

    /// Whether the message, or the first message of a forum post, has no embed.
    pub(super) fn is_without_embeds(&self) -> bool {
        let shown: Option<MessageEmbeds> = serde_json::from_slice(&self.body).ok();
        let is_empty = |embeds: Option<Vec<IgnoredAny>>| embeds.is_some_and(|embeds| embeds.is_empty());
        shown.is_some_and(|shown| {
            is_empty(shown.embeds) || is_empty(shown.message.and_then(|message| message.embeds))
        })
    }

    fn made(&self, kind: ActionKind) -> Option<Made> {
        if !matches!(kind, ActionKind::Post | ActionKind::ForumPost | ActionKind::OpenThread) {
            return Some(Made::default());
        }
        let object: MadeObject = serde_json::from_slice(&self.body).ok()?;
        let id: u64 = object.id.parse().ok()?;
        Some(match kind {
            ActionKind::Post => Made { message: Some(MessageId(id)), thread: None },
            ActionKind::OpenThread => Made { message: None, thread: Some(ChannelId(id)) },
            // The first message has the thread's id (Discord's docs, "Start Thread in Forum or Media Channel").
            _ => Made {
                message: Some(MessageId(
                    object.message.and_then(|message| message.id.parse().ok()).unwrap_or(id),
                )),
                thread: Some(ChannelId(id)),
            },
        })
    }

    /// The refusal in a response that is no success.
    pub(super) fn refusal(&self) -> Refusal {
        let body: Option<Value> = serde_json::from_slice(&self.body).ok().filter(Value::is_object);
        let said = |name: &str| body.as_ref().and_then(|body| body.get(name));
        let header = |name: &str| self.headers.get(name).and_then(|value| value.to_str().ok());
        let code = said("code").and_then(|code| code.as_u64().or_else(|| code.as_str()?.parse().ok()));
        let in_body = said("retry_after")
            .and_then(Value::as_f64)
            .and_then(|wait| Duration::try_from_secs_f64(wait).ok());
        let in_header = header("retry-after").and_then(seconds);
        let is_global = said("global").and_then(Value::as_bool).unwrap_or(false)
            || header("x-ratelimit-global").is_some_and(|global| global.eq_ignore_ascii_case("true"))
            // A 429 without Discord's JSON comes from Cloudflare, which blocks the whole address.
            || self.status == 429 && body.is_none();
        let mut faulty_fields = Vec::new();
        if let Some(errors) = said("errors") {
            collect_faulty(errors, "", 0, &mut faulty_fields);
        }
        Refusal {
            status: self.status,
            code: code.and_then(|code| u32::try_from(code).ok()).unwrap_or(0),
            retry_after: in_body.max(in_header),
            is_global,
            faulty_fields,
            said: text::plain(
                said("message").and_then(Value::as_str).unwrap_or_default(),
                WORDS_CHARACTERS_MAX,
            ),
            ..Refusal::default()
        }
    }

    /// Parses the body of a read.
    pub(super) fn read<T: serde::de::DeserializeOwned>(&self) -> Result<T, Outcome> {
        if !self.is_success() {
            return Err(Outcome::Refused(self.refusal()));
        }
        serde_json::from_slice(&self.body).map_err(|_| Outcome::Lost {
            may_have_arrived: true,
            cause: "Discord's answer could not be read".to_owned(),
        })
    }
}

/// Collects the paths of the faulty fields. The object at such a path has a key `_errors`.
fn collect_faulty(errors: &Value, path: &str, depth: usize, found: &mut Vec<String>) {
    let Some(object) = errors.as_object().filter(|_| depth <= FAULTY_FIELD_DEPTH_MAX) else { return };
    for (name, below) in object {
        if found.len() >= FAULTY_FIELDS_MAX || path.len() + name.len() > FAULTY_FIELD_BYTES_MAX {
            return;
        }
        if name == "_errors" {
            found.push(path.to_owned());
        } else {
            let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
            collect_faulty(below, &path, depth + 1, found);
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    fn answer(status: u16, headers: &[(&'static str, &str)], body: impl Into<Vec<u8>>) -> HttpResponse {
        let headers =
            headers.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap())).collect();
        HttpResponse { status, headers, body: body.into() }
    }

    #[test]
    fn only_the_ids_of_what_was_made_are_read() {
        let body = json!({"id": "7", "components": [{"type": 99}], "message": {"id": "8"}}).to_string();
        for (kind, expected) in [
            (ActionKind::Post, Made { message: Some(MessageId(7)), thread: None }),
            (ActionKind::ForumPost, Made { message: Some(MessageId(8)), thread: Some(ChannelId(7)) }),
            (ActionKind::OpenThread, Made { message: None, thread: Some(ChannelId(7)) }),
            (ActionKind::Edit, Made::default()),
        ] {
            assert_eq!(answer(200, &[], body.clone()).outcome(kind), Outcome::Done(expected), "{kind:?}");
        }
        let bare = answer(201, &[], r#"{"id":"7"}"#);
        assert_eq!(
            bare.outcome(ActionKind::ForumPost),
            Outcome::Done(Made { message: Some(MessageId(7)), thread: Some(ChannelId(7)) })
        );
        assert_eq!(answer(204, &[], "").outcome(ActionKind::Delete), Outcome::Done(Made::default()));
    }

    #[test]
    fn a_success_that_cannot_be_read_may_have_been_one() {
        for body in ["", "<html>", "{}", r#"{"id":7}"#, r#"{"id":"x"}"#] {
            let outcome = answer(200, &[], body).outcome(ActionKind::Post);
            assert!(matches!(outcome, Outcome::Lost { may_have_arrived: true, .. }), "{body}: {outcome:?}");
        }
    }

    #[test]
    fn the_longer_of_header_and_body_counts() {
        let refusal = |header: &str, body: f64| {
            let body =
                json!({"message": "You are being rate limited.", "retry_after": body, "global": false});
            answer(429, &[("retry-after", header)], body.to_string()).refusal()
        };
        assert_eq!(refusal("1", 1163.5).retry_after, Some(Duration::from_millis(1_163_500)));
        assert_eq!(refusal("65", 0.4).retry_after, Some(Duration::from_secs(65)));
        assert_eq!(refusal("soon", -1.0).retry_after, None);
        assert!(!refusal("1", 1.0).is_global);
    }

    #[test]
    fn what_is_global_is_seen_in_header_body_or_lack_of_either() {
        assert!(answer(429, &[("x-ratelimit-global", "true")], "{}").refusal().is_global);
        assert!(answer(429, &[], r#"{"global":true}"#).refusal().is_global);
        assert!(answer(429, &[("retry-after", "600")], "error code: 1015").refusal().is_global);
        assert!(!answer(403, &[], "error code: 1015").refusal().is_global);
    }

    #[test]
    fn faulty_fields_are_found_in_their_tree() {
        let body = json!({"code": 50035, "message": "Invalid Form Body", "errors": {
            "embeds": {"0": {
                "image": {"url": {"_errors": [{"code": "URL_TYPE_INVALID_SCHEME", "message": "x"}]}},
                "title": {"_errors": []},
            }},
            "_errors": [{"code": "X", "message": "y"}],
        }});
        let mut fields = answer(400, &[], body.to_string()).refusal().faulty_fields;
        fields.sort();
        assert_eq!(fields, ["", "embeds.0.image.url", "embeds.0.title"]);
        let mut deep = json!({"_errors": []});
        for _ in 0..100 {
            deep = json!({"a": deep});
        }
        let deep = json!({"code": 50035, "errors": deep}).to_string();
        assert!(answer(400, &[], deep).refusal().faulty_fields.is_empty());
        let wide: serde_json::Map<String, Value> =
            (0..500).map(|at| (at.to_string(), json!({"_errors": []}))).collect();
        let wide = json!({"code": 50035, "errors": wide}).to_string();
        assert_eq!(answer(400, &[], wide).refusal().faulty_fields.len(), FAULTY_FIELDS_MAX);
    }

    #[test]
    fn words_are_cut() {
        let body = json!({"code": 200000, "message": "w ".repeat(5_000)}).to_string();
        let refusal = answer(400, &[], body).refusal();
        assert_eq!((refusal.code, text::count(&refusal.said)), (200_000, WORDS_CHARACTERS_MAX));
        assert_eq!(answer(502, &[], "upstream").refusal().said, "");
    }

    proptest! {
        #[test]
        fn no_answer_makes_it_panic(status in 100_u16..600, body in any::<Vec<u8>>(), wait in ".{0,12}") {
            let mut answer = answer(status, &[], body);
            if let Ok(wait) = wait.parse() {
                answer.headers.insert("retry-after", wait);
            }
            for kind in ActionKind::ALL {
                let _outcome = answer.outcome(kind);
            }
        }
    }
}
