use tokio::sync::mpsc::Receiver;

use super::*;
use crate::collection::Collection;
use crate::delivery::desk::Request;
use crate::delivery::send::Outcome;
use crate::discord::channel_lookup::ChannelLookup;
use crate::discord::reply::Reply;
use crate::feed::FeedDefaults;
use crate::ids::ChannelId;
use crate::messages::Language;

/// Discord, of which only the roles are asked.
struct Roles;

#[serenity::async_trait]
impl Channels for Roles {
    async fn look_up(&self, _: GuildId, _: ChannelId) -> ChannelLookup {
        ChannelLookup::Gone
    }

    async fn roles(&self, guild: GuildId) -> Result<Vec<RoleId>, String> {
        Ok(vec![RoleId(guild.0)])
    }

    async fn send(&self, _: ChannelId, _: Reply) -> Outcome {
        panic!("events send no message")
    }
}

fn scene() -> (Arc<State>, GuildEvents, Receiver<Request>) {
    let (desk, arriving) = Desk::new();
    let now = "2026-06-15T12:00:00Z".parse().unwrap();
    let state = State::new(Collection::default(), Arc::new(move || now));
    let state = Arc::new(state.with_feeds(desk, FeedDefaults::default()));
    let events = GuildEvents::new(Arc::clone(&state));
    (state, events, arriving)
}

fn channel(id: u64, name: &str, kind: u8) -> GatewayChannel<'_> {
    GatewayChannel { id: ChannelId(id), name, kind }
}

/// Forwards the pending events, and returns the requests that the desk got.
async fn requests(events: &GuildEvents, arriving: &mut Receiver<Request>) -> Vec<String> {
    let mut requests = Vec::new();
    let mut passing = std::pin::pin!(events.forward_pending(&Roles));
    loop {
        tokio::select! {
            biased;
            Some(request) = arriving.recv() => requests.push(event(request)),
            () = &mut passing => break,
        }
    }
    while let Ok(request) = arriving.try_recv() {
        requests.push(event(request));
    }
    requests
}

fn event(request: Request) -> String {
    match request {
        Request::Event(event) => format!("{event:?}"),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn each_event_reaches_the_feeds_it_concerns_with_its_guild() {
    let (state, events, mut arriving) = scene();
    events.session_begins(Shard { number: 0, total: 1 }, [GuildId(100), GuildId(200)].into_iter());
    assert_eq!(
        requests(&events, &mut arriving).await,
        ["GuildsAre(Shard { number: 0, total: 1 }, [GuildId(100), GuildId(200)])"]
    );
    assert!(events.is_in(GuildId(100)) && !events.is_in(GuildId(300)));
    // A guild that was on the list is reported once.
    events.guild_created(0, GuildId(100), [channel(9, "all", 4), channel(10, "news", 0)], vec![RoleId(7)]);
    let expected = [
        "RolesAre(GuildId(100), [RoleId(7)])",
        "ChannelsAre(GuildId(100), [(ChannelId(10), Text)])",
        "PermissionsChanged(GuildId(100))",
    ];
    assert_eq!(requests(&events, &mut arriving).await, expected);
    events.guild_created(0, GuildId(300), [channel(30, "fresh", 15)], vec![RoleId(8)]);
    assert!(events.is_in(GuildId(300)));
    let expected = [
        "GuildJoined(GuildId(300))",
        "RolesAre(GuildId(300), [RoleId(8)])",
        "ChannelsAre(GuildId(300), [(ChannelId(30), Forum)])",
        "PermissionsChanged(GuildId(300))",
    ];
    assert_eq!(requests(&events, &mut arriving).await, expected);
    events.channel_created(GuildId(100), channel(11, "made", 2));
    events.channel_updated(GuildId(100), channel(10, "renamed", 5));
    let list = state.channel_list();
    assert_eq!(
        (list.name(GuildId(100), ChannelId(10)).unwrap(), list.name(GuildId(100), ChannelId(11)).unwrap()),
        ("#renamed".into(), "#made".into())
    );
    let expected =
        ["ChannelsAre(GuildId(100), [(ChannelId(10), Announcement)])", "PermissionsChanged(GuildId(100))"];
    assert_eq!(requests(&events, &mut arriving).await, expected);
    events.channel_deleted(GuildId(100), ChannelId(10));
    events.thread_deleted(GuildId(100), ChannelId(12));
    events.role_deleted(GuildId(100), RoleId(7));
    let expected = [
        "ChannelsAre(GuildId(100), [])",
        "PermissionsChanged(GuildId(100))",
        "ChannelGone(GuildId(100), ChannelId(10))",
        "ThreadGone(GuildId(100), ChannelId(12))",
        "RoleGone(GuildId(100), RoleId(7))",
    ];
    assert_eq!(requests(&events, &mut arriving).await, expected);
    events.thread_is_open(GuildId(100), ChannelId(12));
    assert_eq!(requests(&events, &mut arriving).await, ["ThreadOpen(GuildId(100), ChannelId(12))"]);
    events.permissions_changed(GuildId(300));
    events.guild_deleted(GuildId(300));
    assert_eq!(requests(&events, &mut arriving).await, ["GuildLeft(GuildId(300))"]);
    assert_eq!(
        (list.name(GuildId(100), ChannelId(10)), list.name(GuildId(300), ChannelId(30))),
        (None, None)
    );
    assert_eq!(list.kind(GuildId(300), ChannelId(30)), None);
}

#[tokio::test]
async fn events_that_nobody_takes_wait_in_a_bounded_place() {
    let (_, events, mut arriving) = scene();
    events.session_begins(Shard { number: 0, total: 1 }, [GuildId(100), GuildId(200)].into_iter());
    let count = 20_000;
    for number in 0..count {
        events.channel_updated(GuildId(100), channel(10, "news", if number % 2 == 0 { 0 } else { 5 }));
        events.permissions_changed(GuildId(200));
        events.thread_deleted(GuildId(100), ChannelId(number));
        events.thread_is_open(GuildId(200), ChannelId(number));
        events.role_deleted(GuildId(200), RoleId(number));
        events.guild_created(0, GuildId(200), [channel(20, "other", 15)], vec![RoleId(200), RoleId(number)]);
    }
    {
        let pending = events.pending();
        assert_eq!((pending.changed.len(), pending.deleted.len()), (2, DELETIONS_MAX));
        assert_eq!(pending.changed[&GuildId(200)].open_threads.len(), OPEN_THREADS_MAX);
        assert_eq!(pending.overflowed.iter().copied().collect::<Vec<_>>(), [GuildId(100), GuildId(200)]);
    }
    let mut requests = requests(&events, &mut arriving).await;
    requests.retain(|request| !request.starts_with("ThreadOpen"));
    let last = count - 1;
    let of_guilds = [
        "GuildsAre(Shard { number: 0, total: 1 }, [GuildId(100), GuildId(200)])".to_owned(),
        "ChannelsAre(GuildId(100), [(ChannelId(10), Announcement)])".to_owned(),
        "PermissionsChanged(GuildId(100))".to_owned(),
        format!("RolesAre(GuildId(200), [RoleId(200), RoleId({last})])"),
        "ChannelsAre(GuildId(200), [(ChannelId(20), Forum)])".to_owned(),
        "PermissionsChanged(GuildId(200))".to_owned(),
    ];
    assert_eq!(requests[..6], of_guilds, "the newest change of each guild is reported once");
    assert_eq!(requests.len(), 6 + DELETIONS_MAX + 2);
    // Of the deletions that found no place the roles are read from Discord.
    assert_eq!(
        requests[requests.len() - 2..],
        ["RolesAre(GuildId(100), [RoleId(100)])", "RolesAre(GuildId(200), [RoleId(200)])"]
    );
}

#[tokio::test]
async fn a_list_of_guilds_is_newer_than_who_went_before_it() {
    let (_, events, mut arriving) = scene();
    events.session_begins(Shard { number: 0, total: 1 }, [GuildId(100)].into_iter());
    events.guild_deleted(GuildId(100));
    events.session_begins(Shard { number: 0, total: 1 }, [GuildId(100)].into_iter());
    assert_eq!(
        requests(&events, &mut arriving).await,
        ["GuildsAre(Shard { number: 0, total: 1 }, [GuildId(100)])"]
    );
    events.guild_deleted(GuildId(100));
    events.guild_created(0, GuildId(100), [], Vec::new());
    let requests = requests(&events, &mut arriving).await;
    assert_eq!(
        requests,
        [
            "GuildJoined(GuildId(100))",
            "RolesAre(GuildId(100), [])",
            "ChannelsAre(GuildId(100), [])",
            "PermissionsChanged(GuildId(100))"
        ]
    );
}

#[tokio::test]
async fn the_language_of_a_guild_is_forgotten_with_the_guild() {
    let (state, events, _arriving) = scene();
    // The last digit tells the shard.
    let [first, of_another_shard, left] = [100, 201, 300].map(|number| GuildId(number << 22));
    let languages =
        || [first, of_another_shard, left].map(|guild| state.guild_languages().of(guild) == Language::Pseudo);
    // An event may overtake the list of its session.
    for guild in [first, of_another_shard, left] {
        events.locale_is(guild, "pseudo");
    }
    events.session_begins(Shard { number: 0, total: 2 }, [first].into_iter());
    assert_eq!(languages(), [true, true, false], "the other shard tells of its own guilds");
    events.session_begins(Shard { number: 1, total: 2 }, [of_another_shard].into_iter());
    assert_eq!(languages(), [true, true, false]);
    events.guild_deleted(first);
    assert_eq!(languages(), [false, true, false]);
    events.locale_is(of_another_shard, "en-US");
    assert_eq!(languages(), [false, false, false]);
}
