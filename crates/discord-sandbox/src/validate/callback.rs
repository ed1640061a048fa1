//! Answers to interactions. Discord's docs: "Receiving and Responding", "Interaction Callback Type".

use serde_json::Value;

use super::FormErrors;
use super::command_option::check_choice;
use super::field::{integer, list, not_among, object, present, required};
use super::message::{FLAG_EPHEMERAL, MessagePlace, check_message_at, is_empty};
use super::modal::check_modal;
use crate::api_error::ApiError;

const CHOICES_MAX: usize = 25;

/// The kind of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CallbackKind {
    /// 4: a message.
    Message = 4,
    /// 5: a message follows later. The person sees that the application is thinking.
    DeferredMessage = 5,
    /// 6: a change of the component's message follows later.
    DeferredUpdate = 6,
    /// 7: a change of the component's message.
    Update = 7,
    /// 8: choices for the focused option.
    Choices = 8,
    /// 9: a form.
    Modal = 9,
}

impl CallbackKind {
    fn of(number: i64) -> Option<Self> {
        let all = [
            Self::Message,
            Self::DeferredMessage,
            Self::DeferredUpdate,
            Self::Update,
            Self::Choices,
            Self::Modal,
        ];
        all.into_iter().find(|kind| *kind as i64 == number)
    }
}

/// Checks the body of an answer, but not whether the interaction accepts this kind of answer.
///
/// `option_kind` is the type of the focused option: 3 text, 4 integer, 10 number. `is_v2` says whether the message of
/// an update has the flag `IS_COMPONENTS_V2`.
pub(crate) fn check_callback(body: &Value, option_kind: i64, is_v2: bool) -> Result<CallbackKind, ApiError> {
    let mut errors = FormErrors::default();
    let Some(kind) = body["type"].as_i64().and_then(CallbackKind::of) else {
        not_among("type", "4, 5, 6, 7, 8, 9", &mut errors);
        return errors.into_result().map(|()| CallbackKind::Message);
    };
    let data = body.as_object().and_then(|body| present(body, "data"));
    match (kind, data) {
        (CallbackKind::DeferredUpdate, _) | (CallbackKind::DeferredMessage | CallbackKind::Update, None) => {}
        (_, None) => required("data", &mut errors),
        (CallbackKind::Update, Some(data)) => {
            errors.within("data", |errors| check_message_at(data, MessagePlace::Update { is_v2 }, errors));
        }
        (_, Some(data)) => errors.within("data", |errors| check_data(kind, data, option_kind, errors)),
    }
    errors.into_result()?;
    if kind == CallbackKind::Message && is_empty(&body["data"]) {
        return Err(ApiError::EMPTY_MESSAGE);
    }
    Ok(kind)
}

fn check_data(kind: CallbackKind, data: &Value, option_kind: i64, errors: &mut FormErrors) {
    match kind {
        CallbackKind::Message => check_message_at(data, MessagePlace::Interaction, errors),
        CallbackKind::DeferredMessage => check_deferral(data, errors),
        CallbackKind::Choices => check_choices(data, option_kind, errors),
        CallbackKind::Modal => check_modal(data, errors),
        CallbackKind::Update | CallbackKind::DeferredUpdate => {}
    }
}

fn check_deferral(data: &Value, errors: &mut FormErrors) {
    let Some(data) = object(data, errors) else { return };
    let flags = integer(data, "flags", 0..=i64::from(u32::MAX), errors).unwrap_or(0);
    if flags & !FLAG_EPHEMERAL != 0 {
        errors.add_at("flags", "SANDBOX_FLAGS_INVALID", "A deferred answer takes only the flag EPHEMERAL.");
    }
}

fn check_choices(data: &Value, option_kind: i64, errors: &mut FormErrors) {
    let Some(data) = object(data, errors) else { return };
    if present(data, "choices").is_none() {
        required("choices", errors);
    }
    let choices = list(data, "choices", CHOICES_MAX, errors);
    errors.within("choices", |errors| {
        for (index, choice) in choices.iter().enumerate() {
            errors.within(index, |errors| check_choice(choice, option_kind, errors));
        }
    });
}
