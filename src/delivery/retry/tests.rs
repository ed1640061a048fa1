//! Every code, every status and every kind of request that a worker meets.

use proptest::prelude::*;

use super::ActionKind::{
    Crosspost, Delete, DeleteForumPost, DeleteThread, Edit, EditForumPost, ForumPost, OpenThread, Post,
};
use super::*;
use crate::card::Fingerprint;
use crate::delivery::record::PostKey;
use crate::delivery::send::{Action, FeedMessage, Place};
use crate::ids::{ChannelId, GuildId, MessageId};
use crate::messages::Language;

/// A decision without its texts and delays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Gist {
    Done,
    Already,
    /// Whether the request certainly had no effect, and what waits.
    Retry(bool, Scope),
    Pictures,
    Pause,
    PauseForeign,
    Fail,
    Gone,
    Without,
    Stop,
}

fn gist(decision: &Decision) -> Gist {
    match decision {
        Decision::Done(_) => Gist::Done,
        Decision::AlreadyDone => Gist::Already,
        Decision::Retry { is_certainly_not_done, blocks, .. } => Gist::Retry(*is_certainly_not_done, *blocks),
        Decision::WithoutPictures => Gist::Pictures,
        Decision::PauseFeed(_) => Gist::Pause,
        Decision::PauseForeign => Gist::PauseForeign,
        Decision::Fail(_) => Gist::Fail,
        Decision::Gone => Gist::Gone,
        Decision::DoneWithout(_) => Gist::Without,
        Decision::StopProcess => Gist::Stop,
    }
}

fn tried(kind: ActionKind) -> Try {
    Try { kind, attempts: 1, has_pictures: true, jitter: 0.5 }
}

fn refusal(status: u16, code: u32) -> Outcome {
    Outcome::Refused(Refusal { status, code, said: "What Discord says".to_owned(), ..Refusal::default() })
}

fn check(status: u16, code: u32, expected: impl Fn(ActionKind) -> Gist) {
    for kind in ActionKind::ALL {
        let decision = decide(&tried(kind), &refusal(status, code));
        assert_eq!(gist(&decision), expected(kind), "{status} {code} {kind:?}: {decision:?}");
    }
}

/// A code that fails a delivery does not fail the post, if the request was a follow-up.
fn fails(kind: ActionKind) -> Gist {
    if matches!(kind, OpenThread | Crosspost) { Gist::Without } else { Gist::Fail }
}

fn pauses(_: ActionKind) -> Gist {
    Gist::Pause
}

/// Codes of wrong channels and missing permissions.
fn pauses_but_for_aftermath(kind: ActionKind) -> Gist {
    if matches!(kind, OpenThread | Crosspost) { Gist::Without } else { Gist::Pause }
}

#[test]
fn codes_that_pause_the_feed() {
    check(404, 10_003, |kind| match kind {
        EditForumPost => Gist::Gone,
        DeleteForumPost | DeleteThread => Gist::Already,
        _ => Gist::Pause,
    });
    check(404, 10_004, pauses);
    check(403, 50_001, pauses);
    check(403, 50_013, |kind| match kind {
        OpenThread | Crosspost | DeleteThread => Gist::Without,
        _ => Gist::Pause,
    });
    for code in [50_008, 50_024, 40_058] {
        check(400, code, pauses_but_for_aftermath);
    }
    check(400, 40_066, pauses);
    check(400, 40_067, pauses);
}

#[test]
fn a_message_that_is_not_there() {
    check(404, 10_008, |kind| match kind {
        Post | Edit | EditForumPost | OpenThread | Crosspost => Gist::Gone,
        Delete | DeleteForumPost | DeleteThread => Gist::Already,
        ForumPost => Gist::Fail,
    });
}

#[test]
fn codes_that_end_one_delivery() {
    for code in [
        50_035, 50_006, 50_109, 40_005, 50_045, 10_015, 50_007, 50_278, 40_060, 10_062, 40_094, 160_002,
        200_000, 200_001, 240_000, 20_009, 30_032, 30_034, 40_041, 50_027, 99_999,
    ] {
        check(400, code, fails);
    }
    // A post opens an archived thread, so only a locked thread refuses it.
    for code in [160_005, 50_083] {
        check(400, code, |kind| if kind == Post { Gist::Pause } else { fails(kind) });
    }
    check(400, 0, fails);
    check(404, 0, fails);
    check(413, 0, fails);
}

#[test]
fn what_was_done_before_is_done() {
    check(400, 40_033, |kind| if kind == Crosspost { Gist::Already } else { fails(kind) });
    check(400, 160_004, |kind| if kind == OpenThread { Gist::Already } else { fails(kind) });
}

#[test]
fn too_many_threads_are_waited_for_by_posts_only() {
    for code in [160_006, 160_007] {
        check(400, code, |kind| match kind {
            Post | ForumPost => Gist::Retry(true, Scope::ActionInChannel),
            kind => fails(kind),
        });
    }
}

#[test]
fn trouble_is_tried_again_and_nobody_knows_what_it_did() {
    for (status, code) in
        [(500, 0), (502, 0), (503, 0), (504, 0), (599, 0), (500, 50_013), (503, 130_000), (408, 0), (302, 0)]
    {
        check(status, code, |_| Gist::Retry(false, Scope::Channel));
    }
    check(400, 130_000, |_| Gist::Retry(false, Scope::Channel));
    for may_have_arrived in [true, false] {
        for kind in ActionKind::ALL {
            let lost = Outcome::Lost { may_have_arrived, cause: "reset".to_owned() };
            let decision = decide(&tried(kind), &lost);
            assert_eq!(gist(&decision), Gist::Retry(!may_have_arrived, Scope::Channel));
        }
    }
}

#[test]
fn limits_hold_up_what_they_are_about_and_nothing_else() {
    let limit = |_| Gist::Retry(true, Scope::ActionInChannel);
    for code in [0, 20_028, 30_046, 20_016, 20_022, 40_062, 40_003, 50_035] {
        check(429, code, limit);
    }
    // The status of some of these codes is not known.
    for code in [20_028, 30_046, 20_016, 20_022, 40_062, 40_003] {
        check(400, code, limit);
    }
    for kind in ActionKind::ALL {
        let all = Refusal { status: 429, is_global: true, ..Refusal::default() };
        assert_eq!(gist(&decide(&tried(kind), &Outcome::Refused(all))), Gist::Retry(true, Scope::Bot));
    }
}

#[test]
fn the_bots_own_token_and_cloudflare() {
    check(401, 0, |_| Gist::Stop);
    check(401, 50_027, |_| Gist::Stop);
    check(401, 50_014, |_| Gist::Stop);
    check(403, 40_001, |_| Gist::Stop);
    check(403, 40_333, |_| Gist::Retry(true, Scope::Bot));
    check(403, 0, |_| Gist::Retry(true, Scope::Bot));
}

#[test]
fn a_faulty_picture_is_left_out_once() {
    let refused = |paths: &[&str]| {
        let faulty_fields = paths.iter().map(|path| (*path).to_owned()).collect();
        Outcome::Refused(Refusal { status: 400, code: 50_035, faulty_fields, ..Refusal::default() })
    };
    for path in [
        "embeds.0.image.url",
        "embeds.9.thumbnail.url",
        "embeds.0.image",
        "embeds.0.author.icon_url",
        "embeds.3.footer.icon_url",
        "message.embeds.0.thumbnail.url",
    ] {
        let decision = decide(&tried(Post), &refused(&["content", path]));
        assert_eq!(decision, Decision::WithoutPictures, "{path}");
        let bare = Try { has_pictures: false, ..tried(Post) };
        assert_eq!(
            gist(&decide(&bare, &refused(&[path]))),
            Gist::Fail,
            "{path}: it was without them already"
        );
    }
    for path in
        ["embeds.0.title", "embeds.0.author.url", "embeds.x.image.url", "image.url", "components.0", ""]
    {
        assert_eq!(gist(&decide(&tried(Edit), &refused(&[path]))), Gist::Fail, "{path}");
    }
    let Decision::Fail(refused) = decide(&tried(Post), &refused(&["embeds.0.title"])) else { panic!() };
    assert_eq!((refused.code, refused.faulty_fields), (50_035, vec!["embeds.0.title".to_owned()]));
}

#[test]
fn a_refusal_names_its_reason() {
    let pause = |kind, code, lacks| {
        let refusal = Refusal { status: 403, code, lacks, ..Refusal::default() };
        match decide(&tried(kind), &Outcome::Refused(refusal)) {
            Decision::PauseFeed(reason) => reason,
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(pause(Post, 10_003, 0), PauseReason::ChannelUnknown);
    assert_eq!(pause(Post, 10_004, 0), PauseReason::NotInGuild);
    assert_eq!(pause(Edit, 50_001, 0), PauseReason::ChannelHidden);
    assert_eq!(pause(Post, 50_013, 1 << 14), PauseReason::PermissionsMissing(1 << 14));
    assert_eq!(pause(ForumPost, 50_013, 0), PauseReason::PostingForbidden);
    assert_eq!(pause(Delete, 50_013, 0), PauseReason::ChangingForbidden);
    assert_eq!(pause(EditForumPost, 50_013, 0), PauseReason::ChangingForumPostsForbidden);
    assert_eq!(pause(Post, 40_058, 0), PauseReason::ChannelKindChanged);
    assert_eq!(pause(ForumPost, 40_066, 0), PauseReason::NoTagAllowed);
    assert_eq!(pause(ForumPost, 40_067, 0), PauseReason::NoTagMatches);
    assert_eq!(pause(Post, 160_005, 0), PauseReason::ThreadLocked);
    for (kind, code, expected) in [
        (OpenThread, 50_013, FollowUpRefusal::ThreadsForbidden),
        (Crosspost, 50_013, FollowUpRefusal::CrosspostsForbidden),
        (DeleteThread, 50_013, FollowUpRefusal::ThreadDeletionForbidden),
        (OpenThread, 50_024, FollowUpRefusal::WrongChannelKind),
    ] {
        assert_eq!(decide(&tried(kind), &refusal(403, code)), Decision::DoneWithout(expected), "{kind:?}");
    }
    for (kind, status, code, expected) in [
        (Post, 429, 0, DiscordWait::Limit),
        (Edit, 429, 0, DiscordWait::EditLimit),
        (Crosspost, 429, 0, DiscordWait::CrosspostLimit),
        (ForumPost, 400, 160_006, DiscordWait::TooManyThreads),
        (Post, 502, 0, DiscordWait::Outage(502)),
        (Post, 403, 40_333, DiscordWait::Blocked),
    ] {
        let Decision::Retry { reason, .. } = decide(&tried(kind), &refusal(status, code)) else { panic!() };
        assert_eq!(reason, expected);
    }
}

#[test]
fn kinds_are_read_from_actions() {
    let place = |channel, message| Place { channel, message };
    let message = || FeedMessage {
        key: PostKey(1),
        content: String::new(),
        cards: Vec::new(),
        stories: Vec::new(),
        mention: None,
        is_silent: false,
        language: Language::English,
        fingerprint: Fingerprint::default(),
    };
    for (action, kind) in [
        (
            Action::Post {
                guild: GuildId(1),
                channel: ChannelId(1),
                message: message(),
                nonce: String::new(),
            },
            Post,
        ),
        (
            Action::ForumPost {
                guild: GuildId(1),
                channel: ChannelId(1),
                name: String::new(),
                topics: Vec::new(),
                message: message(),
            },
            ForumPost,
        ),
        (Action::Edit { place: place(ChannelId(1), MessageId(2)), message: message() }, Edit),
        (Action::Edit { place: place(ChannelId(2), MessageId(2)), message: message() }, EditForumPost),
        (Action::Delete { place: place(ChannelId(1), MessageId(2)) }, Delete),
        (Action::Delete { place: place(ChannelId(2), MessageId(2)) }, DeleteForumPost),
        (Action::DeleteThread { thread: ChannelId(2) }, DeleteThread),
        (Action::OpenThread { place: place(ChannelId(1), MessageId(2)), name: String::new() }, OpenThread),
        (Action::Crosspost { place: place(ChannelId(1), MessageId(2)) }, Crosspost),
    ] {
        assert_eq!(ActionKind::from(&action), kind, "{action:?}");
    }
}

#[test]
fn delays_double_up_to_the_bound() {
    let delay = |attempts| match decide(&Try { attempts, jitter: 1.0, ..tried(Post) }, &refusal(503, 0)) {
        Decision::Retry { after, .. } => after.as_secs(),
        other => panic!("{other:?}"),
    };
    assert_eq!([1, 2, 3, 8, 9, 10, u32::MAX].map(delay), [1, 2, 4, 128, 256, 300, 300]);
}

fn any_outcome() -> impl Strategy<Value = Outcome> {
    let code =
        prop_oneof![Just(0_u32), Just(20_028), Just(160_006), Just(40_333), Just(130_000), any::<u32>()];
    let status = prop_oneof![Just(429_u16), Just(503), Just(403), any::<u16>()];
    let asked = proptest::option::of((0_u64..2_000_000, 0_u32..1_000_000_000));
    prop_oneof![
        (status, code, asked, any::<bool>()).prop_map(|(status, code, asked, is_global)| {
            let retry_after = asked.map(|(seconds, nanos)| Duration::new(seconds, nanos));
            Outcome::Refused(Refusal { status, code, retry_after, is_global, ..Refusal::default() })
        }),
        any::<bool>().prop_map(|may_have_arrived| Outcome::Lost { may_have_arrived, cause: String::new() }),
    ]
}

proptest! {
    #[test]
    fn delays_are_bounded_and_never_shorter_than_asked(
        outcome in any_outcome(), kind in 0_usize..9, attempts in any::<u32>(), jitter in any::<f64>(),
    ) {
        let tried = Try { kind: ActionKind::ALL[kind], attempts, has_pictures: true, jitter };
        if let Decision::Retry { after, .. } = decide(&tried, &outcome) {
            prop_assert!(after >= BACK_OFF_MIN / 2 && after <= ASKED_MAX + ASKED_SPREAD);
            if let Outcome::Refused(Refusal { retry_after: Some(asked), status: 429, .. }) = outcome {
                prop_assert!(after >= asked.min(ASKED_MAX));
            }
        }
    }

    #[test]
    fn a_limit_is_never_waited_for_longer_than_it_takes(asked in 0_u64..100_000, jitter in 0.0..=1.0_f64) {
        let limit = Refusal { status: 429, retry_after: Some(Duration::from_secs(asked)), ..Refusal::default() };
        let decision = decide(&Try { jitter, ..tried(Crosspost) }, &Outcome::Refused(limit));
        let Decision::Retry { after, .. } = decision else { panic!() };
        prop_assert!(after <= Duration::from_secs(asked.min(ASKED_MAX.as_secs())) + ASKED_SPREAD);
    }
}

#[test]
fn a_channel_of_another_guild_pauses_the_feed_for_good() {
    for kind in [Post, ForumPost] {
        assert_eq!(decide(&tried(kind), &Outcome::ForeignChannel), Decision::PauseForeign);
    }
}
