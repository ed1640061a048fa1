//! Reasons survive the way into the database and back, also reasons of another version.

use proptest::prelude::*;

use super::*;
use crate::delivery::ledger::columns::{reason_column, reason_of_column};
use crate::delivery::reason::{FollowUpRefusal, RefusedRequest, SearchFailure, WithdrawalCause};
use crate::feed::pause::{Setting, UnreadableSetting};

in_both_homes!(a_reason_of_another_version_is_kept_and_loses_no_row,);

fn refused() -> RefusedRequest {
    RefusedRequest {
        status: 400,
        code: 50_035,
        faulty_fields: vec!["embeds.0.title".to_owned()],
        said: "Invalid \"Form\" Body".to_owned(),
    }
}

fn pauses() -> Vec<(PauseReason, &'static str)> {
    vec![
        (PauseReason::ChannelDeleted, r#"{"code":"channel_deleted"}"#),
        (PauseReason::RoleDeleted, r#"{"code":"role_deleted"}"#),
        (
            PauseReason::SettingsUnreadable(vec![UnreadableSetting {
                setting: Setting::TimeZone,
                value: "Europe/Atlantis".into(),
            }]),
            r#"{"code":"settings_unreadable","with":[{"setting":"time_zone","value":"Europe/Atlantis"}]}"#,
        ),
        (PauseReason::RowUnreadable(7), r#"{"code":"row_unreadable","with":7}"#),
        (PauseReason::ChannelUnknown, r#"{"code":"channel_unknown"}"#),
        (PauseReason::NotInGuild, r#"{"code":"not_in_guild"}"#),
        (PauseReason::ChannelHidden, r#"{"code":"channel_hidden"}"#),
        (
            PauseReason::PermissionsMissing(u64::MAX),
            r#"{"code":"permissions_missing","with":18446744073709551615}"#,
        ),
        (PauseReason::PostingForbidden, r#"{"code":"posting_forbidden"}"#),
        (PauseReason::ChangingForbidden, r#"{"code":"changing_forbidden"}"#),
        (PauseReason::ChangingForumPostsForbidden, r#"{"code":"changing_forum_posts_forbidden"}"#),
        (PauseReason::ChannelKindChanged, r#"{"code":"channel_kind_changed"}"#),
        (PauseReason::NoTagAllowed, r#"{"code":"no_tag_allowed"}"#),
        (PauseReason::NoTagMatches, r#"{"code":"no_tag_matches"}"#),
        (PauseReason::ThreadLocked, r#"{"code":"thread_locked"}"#),
        (PauseReason::Unknown(r#"{"code":"of_tomorrow"}"#.into()), r#"{"code":"of_tomorrow"}"#),
    ]
}

fn deliveries() -> Vec<(DeliveryReason, &'static str)> {
    let follow_up = DeliveryReason::FollowUpRefused;
    vec![
        (
            DeliveryReason::PostRefused(refused()),
            r#"{"code":"post_refused","with":{"status":400,"code":50035,"faulty_fields":["embeds.0.title"],"said":"Invalid \"Form\" Body"}}"#,
        ),
        (
            DeliveryReason::WithdrawalRefused(RefusedRequest { faulty_fields: Vec::new(), ..refused() }),
            r#"{"code":"withdrawal_refused","with":{"status":400,"code":50035,"faulty_fields":[],"said":"Invalid \"Form\" Body"}}"#,
        ),
        (
            DeliveryReason::CorrectionRefused(RefusedRequest { said: String::new(), ..refused() }),
            r#"{"code":"correction_refused","with":{"status":400,"code":50035,"faulty_fields":["embeds.0.title"],"said":""}}"#,
        ),
        (
            follow_up(FollowUpRefusal::ThreadsForbidden),
            r#"{"code":"follow_up_refused","with":{"code":"threads_forbidden"}}"#,
        ),
        (
            follow_up(FollowUpRefusal::CrosspostsForbidden),
            r#"{"code":"follow_up_refused","with":{"code":"crossposts_forbidden"}}"#,
        ),
        (
            follow_up(FollowUpRefusal::ThreadDeletionForbidden),
            r#"{"code":"follow_up_refused","with":{"code":"thread_deletion_forbidden"}}"#,
        ),
        (
            follow_up(FollowUpRefusal::WrongChannelKind),
            r#"{"code":"follow_up_refused","with":{"code":"wrong_channel_kind"}}"#,
        ),
        (
            follow_up(FollowUpRefusal::Refused(RefusedRequest {
                faulty_fields: Vec::new(),
                said: "no".to_owned(),
                ..refused()
            })),
            r#"{"code":"follow_up_refused","with":{"code":"refused","with":{"status":400,"code":50035,"faulty_fields":[],"said":"no"}}}"#,
        ),
        (
            DeliveryReason::Withdrawn(WithdrawalCause::FileHides),
            r#"{"code":"withdrawn","with":"file_hides"}"#,
        ),
        (DeliveryReason::Withdrawn(WithdrawalCause::FileGone), r#"{"code":"withdrawn","with":"file_gone"}"#),
        (
            DeliveryReason::Withdrawn(WithdrawalCause::MessageDeleted),
            r#"{"code":"withdrawn","with":"message_deleted"}"#,
        ),
        (DeliveryReason::Unknown("so".into()), "so"),
    ]
}

fn unconfirmed() -> Vec<(DeliveryReason, &'static str)> {
    let unconfirmed = DeliveryReason::Unconfirmed;
    vec![
        (
            unconfirmed(SearchFailure::HistoryHidden(1 << 16)),
            r#"{"code":"unconfirmed","with":{"code":"history_hidden","with":65536}}"#,
        ),
        (
            unconfirmed(SearchFailure::TooManyMessages),
            r#"{"code":"unconfirmed","with":{"code":"too_many_messages"}}"#,
        ),
        (
            unconfirmed(SearchFailure::ForumPostDeleted),
            r#"{"code":"unconfirmed","with":{"code":"forum_post_deleted"}}"#,
        ),
        (
            unconfirmed(SearchFailure::Paused(PauseReason::ChannelHidden)),
            r#"{"code":"unconfirmed","with":{"code":"paused","with":{"code":"channel_hidden"}}}"#,
        ),
        (
            unconfirmed(SearchFailure::Refused(RefusedRequest {
                faulty_fields: Vec::new(),
                said: "no".to_owned(),
                ..refused()
            })),
            r#"{"code":"unconfirmed","with":{"code":"refused","with":{"status":400,"code":50035,"faulty_fields":[],"said":"no"}}}"#,
        ),
    ]
}

/// A changed code would make the reasons of every database unknown.
#[test]
fn the_codes_of_reasons_stay_as_they_are() {
    for (reason, column) in pauses() {
        assert_eq!(reason_column(&reason), column);
        assert_eq!(reason_of_column::<PauseReason>(column), reason);
    }
    for (reason, column) in deliveries().into_iter().chain(unconfirmed()) {
        assert_eq!(reason_column(&reason), column);
        assert_eq!(reason_of_column::<DeliveryReason>(column), reason);
    }
}

async fn a_reason_of_another_version_is_kept_and_loses_no_row(home: Home) {
    let kept = Kept::new(home).await;
    let ledger = &kept.ledger;
    let mut feed = ledger.add_feed(&new_feed(), at(0)).await.unwrap();
    let stored = r#"{"code":"of_tomorrow","with":[1]}"#;
    feed.status = FeedStatus::Paused(PauseReason::Unknown(stored.into()));
    ledger.save_feed(&feed).await.unwrap();
    let reason = DeliveryReason::Unknown(stored.into());
    let made = post(feed.id, 1);
    let row = ledger.claim(&made, &[story(feed.id, 1)], &[], at(1)).await.unwrap().remove(0);
    ledger.record_outcome(&made, DeliveryState::Failed, Some(&reason), &[row.id], at(2)).await.unwrap();
    let kept = kept.reopened().await;
    assert_eq!(kept.ledger.everything().await.unwrap().feeds, [feed]);
    assert_eq!(kept.ledger.details(&[row.id]).await.unwrap()[0].reason.as_ref(), Some(&reason));
}

fn any_refused() -> impl Strategy<Value = RefusedRequest> {
    let fields = proptest::collection::vec(".{0,20}", 0..3);
    (any::<u16>(), any::<u32>(), fields, ".{0,40}")
        .prop_map(|(status, code, faulty_fields, said)| RefusedRequest { status, code, faulty_fields, said })
}

fn any_pause() -> impl Strategy<Value = PauseReason> {
    let setting = prop_oneof![
        Just(Setting::ChannelKind),
        Just(Setting::MaxAge),
        Just(Setting::PostsPerHour),
        Just(Setting::QuietHours),
        Just(Setting::TimeZone),
        Just(Setting::Digest),
        Just(Setting::Backfill),
        Just(Setting::Status),
    ];
    let unreadable =
        (setting, ".{0,40}").prop_map(|(setting, value)| UnreadableSetting { setting, value: value.into() });
    let plain: Vec<PauseReason> = pauses().into_iter().map(|(reason, _)| reason).collect();
    prop_oneof![
        proptest::sample::select(plain),
        any::<u64>().prop_map(PauseReason::PermissionsMissing),
        proptest::collection::vec(unreadable, 0..4).prop_map(PauseReason::SettingsUnreadable),
        "[^\\x00\n]{0,40}".prop_map(|stored| PauseReason::Unknown(stored.into())),
    ]
}

fn any_reason() -> impl Strategy<Value = DeliveryReason> {
    let plain: Vec<DeliveryReason> =
        deliveries().into_iter().chain(unconfirmed()).map(|(reason, _)| reason).collect();
    prop_oneof![
        proptest::sample::select(plain),
        any_refused().prop_map(DeliveryReason::PostRefused),
        any_refused().prop_map(DeliveryReason::WithdrawalRefused),
        any_refused().prop_map(DeliveryReason::CorrectionRefused),
        any_refused().prop_map(|refused| DeliveryReason::FollowUpRefused(FollowUpRefusal::Refused(refused))),
        any_refused().prop_map(|refused| DeliveryReason::Unconfirmed(SearchFailure::Refused(refused))),
        any_pause()
            .prop_filter("a refusal gives no reason of another version", |reason| !matches!(
                reason,
                PauseReason::Unknown(_)
            ))
            .prop_map(|reason| DeliveryReason::Unconfirmed(SearchFailure::Paused(reason))),
        any::<u64>().prop_map(|bits| DeliveryReason::Unconfirmed(SearchFailure::HistoryHidden(bits))),
        "[^\\x00\n]{0,40}".prop_map(|stored| DeliveryReason::Unknown(stored.into())),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn every_reason_comes_back_from_the_database(pause in any_pause(), reason in any_reason(), is_both in any::<bool>()) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let ledger = Ledger::open("sqlite::memory:").await.unwrap();
            let mut feed = ledger.add_feed(&new_feed(), at(0)).await.unwrap();
            feed.status = match is_both {
                true => FeedStatus::PausedByBoth(pause),
                false => FeedStatus::Paused(pause),
            };
            ledger.save_feed(&feed).await.unwrap();
            let made = post(feed.id, 1);
            let row = ledger.claim(&made, &[story(feed.id, 1)], &[], at(1)).await.unwrap().remove(0);
            ledger.record_outcome(&made, DeliveryState::Failed, Some(&reason), &[row.id], at(2)).await.unwrap();
            assert_eq!(ledger.everything().await.unwrap().feeds, [feed]);
            assert_eq!(ledger.details(&[row.id]).await.unwrap()[0].reason.as_ref(), Some(&reason));
        });
    }
}
