//! What moderators chose for guilds, in both databases.

use jiff::SignedDuration;

use super::*;
use crate::messages::Language;
use crate::notices::Told;
use crate::shards::Shard;

in_both_homes!(
    choices_outlive_the_process,
    choices_go_when_the_bot_has_left_for_thirty_days,
    an_unknown_language_is_no_choice,
    what_was_told_belongs_to_its_channel
);

const GUILD: GuildId = GuildId(u64::MAX);

fn german() -> GuildChoices {
    GuildChoices { notices: Some(CHANNEL), notices_fault: None, language: Some(Language::German) }
}

async fn choices_outlive_the_process(home: Home) {
    let kept = Kept::new(home).await;
    let store = kept.ledger.guilds();
    assert_eq!(store.of(GUILD).await.unwrap(), GuildChoices::default());
    assert_eq!(store.choose(GUILD, |chosen| *chosen = german()).await.unwrap(), german());
    store.choose(GuildId(2), |chosen| chosen.notices = Some(CHANNEL)).await.unwrap();
    drop(store);
    let kept = kept.reopened().await;
    let store = kept.ledger.guilds();
    assert_eq!(store.of(GUILD).await.unwrap(), german());
    assert_eq!(store.languages().await.unwrap(), [(GUILD, Language::German)]);
    let cleared = store.choose(GUILD, |chosen| chosen.language = None).await.unwrap();
    assert_eq!(cleared, GuildChoices { language: None, ..german() });
    store.choose(GUILD, |chosen| chosen.notices = None).await.unwrap();
    assert_eq!(store.of(GUILD).await.unwrap(), GuildChoices::default());
}

async fn choices_go_when_the_bot_has_left_for_thirty_days(home: Home) {
    let kept = Kept::new(home).await;
    let store = kept.ledger.guilds();
    let guilds = [1, 2, 3].map(GuildId);
    for guild in guilds {
        store.choose(guild, |chosen| *chosen = german()).await.unwrap();
    }
    let after = |days: i64| at(0) + SignedDuration::from_hours(24 * days);
    store.left(GuildId(1), at(0)).await.unwrap();
    store.are(Shard { number: 0, total: 1 }, &[GuildId(3)], after(10)).await.unwrap();
    let kept_guilds = async |now| {
        store.forget_left(now).await.unwrap();
        let mut kept = Vec::new();
        for guild in guilds {
            kept.extend((store.of(guild).await.unwrap() == german()).then_some(guild.0));
        }
        kept
    };
    assert_eq!(kept_guilds(after(30)).await, [1, 2, 3]);
    assert_eq!(kept_guilds(after(31)).await, [2, 3]);
    // The bot came back to the second in time.
    store.joined(GuildId(2)).await.unwrap();
    assert_eq!(kept_guilds(after(1_000)).await, [2, 3]);
    store.are(Shard { number: 0, total: 1 }, &[], after(1_000)).await.unwrap();
    store.are(Shard { number: 0, total: 1 }, &[GuildId(2)], after(1_001)).await.unwrap();
    assert_eq!(kept_guilds(after(2_000)).await, [2]);
}

async fn an_unknown_language_is_no_choice(home: Home) {
    let kept = Kept::new(home).await;
    let store = kept.ledger.guilds();
    store.choose(GUILD, |chosen| *chosen = german()).await.unwrap();
    execute(&kept.ledger, "UPDATE guild SET language = 'klingon'").await;
    assert_eq!(store.of(GUILD).await.unwrap(), GuildChoices { language: None, ..german() });
    assert_eq!(store.languages().await.unwrap(), []);
}

async fn what_was_told_belongs_to_its_channel(home: Home) {
    let kept = Kept::new(home).await;
    let store = kept.ledger.guilds();
    store.choose(GuildId(3), |chosen| chosen.language = Some(Language::German)).await.unwrap();
    store.choose(GUILD, |chosen| *chosen = german()).await.unwrap();
    let told = Told::default().after_failure(at(1));
    let fault = Some(PauseReason::PermissionsMissing(2048));
    let row = NoticesRow { guild: GUILD, channel: CHANNEL, fault: fault.clone(), told };
    assert!(store.tell(&row).await.unwrap());
    assert_eq!(store.with_notices().await.unwrap(), std::slice::from_ref(&row));
    drop(store);
    let kept = kept.reopened().await;
    let store = kept.ledger.guilds();
    assert_eq!(store.with_notices().await.unwrap(), std::slice::from_ref(&row));
    // The same channel again, as after the permission was granted.
    let same = |chosen: &mut GuildChoices| (chosen.notices, chosen.notices_fault) = (Some(CHANNEL), None);
    store.choose(GUILD, same).await.unwrap();
    assert_eq!(store.with_notices().await.unwrap(), [NoticesRow { fault: None, ..row.clone() }]);
    store.left(GUILD, at(2)).await.unwrap();
    assert_eq!(store.with_notices().await.unwrap(), []);
    store.joined(GUILD).await.unwrap();
    let other = ChannelId(9);
    store.choose(GUILD, |chosen| chosen.notices = Some(other)).await.unwrap();
    let fresh = NoticesRow { channel: other, fault: None, told: Told::default(), ..row.clone() };
    assert_eq!(store.with_notices().await.unwrap(), [fresh]);
    assert!(!store.tell(&row).await.unwrap(), "a notice for the earlier channel comes too late");
}
