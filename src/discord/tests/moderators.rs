//! What is for moderators, from the call to the plain answer, without a connection or a folder.

use std::time::Duration;

use super::*;
use crate::article_key::ArticleKey;
use crate::delivery::record::DeliveryId;
use crate::discord::command::Access;
use crate::discord::commands::feed::list::{DeliveryDecision, FeedListPage, WithdrawalsDecision};
use crate::discord::commands::feed::post::PostNow;
use crate::discord::commands::feed::resume_button::ResumeFeed;
use crate::discord::commands::problems::{ProblemsPage, ShowProblems};
use crate::discord::commands::why::WhyPage;
use crate::discord::invocation::Connection;
use crate::discord::moderators::{CallerMember, MANAGE_GUILD, Override, Target};
use crate::discord::operator_guilds::OperatorGuilds;
use crate::discord::reply::{CONTENT_CHARACTERS_MAX, Deferral};
use crate::feed::FeedId;
use crate::ids::CommandId;
use crate::messages::Language;
use crate::sources::SourceBoard;
use article_format::hash_to_text;
use article_format::problem::{Position, Problem};
use article_sources::runner::SourceStatus;

const GUILD: GuildId = GuildId(100);

pub(super) fn caller(permissions: u64) -> Caller {
    let member = CallerMember {
        guild: GUILD,
        channel: ChannelId(3),
        roles: vec![RoleId(21)],
        permissions,
        may_write: true,
        may_show: true,
    };
    Caller { user: ADA, member: Some(member) }
}

async fn call(name: &str, caller: Caller, state: &State) -> Reply {
    call_in("en-GB", name, caller, state).await
}

/// The same for a person whose Discord has this locale.
pub(super) async fn call_in(locale: &str, name: &str, caller: Caller, state: &State) -> Reply {
    let data = json!({ "id": "4", "name": name, "type": 1, "options": [{ "name": "list", "type": 1, "options": [] }] });
    let interaction = interaction(2, data);
    let (command, invocation) = invocation(caller, &interaction, &NOTHING_THERE, state);
    let words = Words::of_locale(locale);
    let connection = Connection { latency: Some(Duration::from_millis(45)), discord_now: Some(state.now()) };
    let invocation = Invocation { words, connection, ..invocation };
    command.answer(&invocation, no_settings()).await
}

/// Every component of moderators, with the commands that it belongs to: `feed` 1, `why` 2, `reload` 3, `status` 4.
fn components_of_moderators() -> Vec<(CustomId, &'static [u64])> {
    let page = 0;
    let delivery = |is_resent| DeliveryDecision { delivery: DeliveryId(1), is_resent, page }.id();
    let withdrawals = |are_done| WithdrawalsDecision { feed: FeedId(1), are_done, page }.id();
    vec![
        (ShowProblems.id(), &[3, 4]),
        (ProblemsPage { page }.id(), &[3, 4]),
        (FeedListPage { page }.id(), &[1]),
        (delivery(true), &[1]),
        (delivery(false), &[1]),
        (withdrawals(true), &[1]),
        (withdrawals(false), &[1]),
        (ResumeFeed { feed: FeedId(1) }.id(), &[1]),
        (PostNow { feed: FeedId(1), article: ArticleKey(1) }.id(), &[1]),
        (WhyPage { article: ArticleKey(1), page }.id(), &[2]),
    ]
}

pub(super) fn problem(number: usize) -> Problem {
    Problem {
        path: format!("news/{:03}.md", number / 2).into(),
        position: Some(Position { line: number + 1, column: 7 }),
        cause: "heat is “*hot*”, not a whole number".into(),
        remedy: "write digits, as 73".into(),
    }
}

pub(super) fn with_problems(count: usize) -> State {
    let now = "2026-06-15T12:00:00Z".parse().unwrap();
    let problems = (0..count).map(problem).collect();
    State::new(Collection::new(articles(), &[], problems), Arc::new(move || now))
}

#[tokio::test]
async fn every_registered_command_is_answered() {
    let state = state(articles());
    let mut moderators = 0;
    for (command, definition) in commands::COMMANDS.iter().zip(commands::definitions(Words::english())) {
        let (name, definition) = (command.name, serde_json::to_value(definition).unwrap());
        assert_eq!(definition["name"], name);
        assert!(std::ptr::eq(commands::find(name).unwrap(), *command), "{name} is the name of two commands");
        assert!(
            !call(name, caller(MANAGE_GUILD), &state).await.content.contains("another version"),
            "{name}"
        );
        let is_for_moderators = command.access == Access::Moderators;
        let permissions = if is_for_moderators { json!("32") } else { Value::Null };
        assert_eq!(definition["default_member_permissions"], permissions, "{name}");
        assert_eq!(definition["contexts"], if is_for_moderators { json!([0]) } else { json!([0, 1, 2]) });
        let installed = if is_for_moderators { json!([0]) } else { json!([0, 1]) };
        assert_eq!(definition["integration_types"], installed, "{name}");
        assert_eq!(command.deferral(), is_for_moderators.then_some(Deferral::Message));
        moderators += usize::from(is_for_moderators);
    }
    assert_eq!(moderators, 5);
    assert!(commands::find("unknown").is_none());
    let unknown = json!({ "id": "4", "name": "feed", "type": 1, "options": [{ "name": "x", "type": 1, "options": [] }] });
    let answer = run(caller(MANAGE_GUILD), unknown, &state).await;
    assert!(answer.content.contains("another version"), "a subcommand: {}", answer.content);
}

#[tokio::test]
async fn members_and_direct_messages_are_refused() {
    let state = with_problems(3);
    for name in ["reload", "status", "feed", "why", "settings"] {
        for (who, words) in [(caller(0), "Manage Server"), (Caller::direct(ADA), "direct messages")] {
            let refused = call(name, who, &state).await;
            assert!(refused.content.contains(words), "{name}: {}", refused.content);
            assert_eq!((refused.audience, refused.rows.len()), (Audience::AskerOnly, 0));
        }
    }
    for (id, _) in components_of_moderators() {
        for who in [caller(0), Caller::direct(ADA)] {
            let answer = use_component(&id, &pressed(who, &state), GuildCommandSettings::default()).await;
            let Answer::Message(refused) = answer else { panic!("{id}") };
            let words = &refused.content;
            assert!(words.contains("Manage Server") || words.contains("direct messages"), "{words}");
        }
    }
}

/// What a component shows where the settings allow Ada one command alone, and the bot's commands have the ids 1 to 4.
async fn shown_to_ada(custom_id: &str, allowed: u64) -> String {
    let state = with_problems(3);
    let names = ["feed", "why", "reload", "status"].map(str::to_owned);
    state.registered().set(names.into_iter().zip((1..).map(CommandId)));
    let entries = vec![Override { target: Target::User(ADA), is_allowed: true }];
    let settings = GuildCommandSettings {
        of_commands: vec![(CommandId(allowed), entries)],
        ..GuildCommandSettings::default()
    };
    let (component, fields) = components::find(custom_id).unwrap();
    match component.answer(fields, &pressed(caller(0), &state), async { Ok(settings) }).await {
        Answer::Message(reply) | Answer::Update(reply) => reply.content,
        Answer::Choices(_) => panic!(),
    }
}

#[tokio::test]
async fn the_guilds_settings_let_a_member_in_for_the_command_that_a_component_belongs_to() {
    for (id, of) in components_of_moderators() {
        for allowed in 1..=5 {
            let shown = shown_to_ada(&id.to_string(), allowed).await;
            assert_eq!(!shown.contains("Manage Server"), of.contains(&allowed), "{id} {allowed}: {shown}");
        }
    }
}

#[test]
fn no_component_of_moderators_is_left_out_above() {
    let listed = components::COMPONENTS.iter().filter(|component| component.is_for_moderators());
    let mut listed: Vec<&str> = listed.map(|component| component.tag).collect();
    let ids = components_of_moderators().into_iter().map(|(id, _)| id.to_string());
    let mut above: Vec<String> = ids.map(|id| id.split('.').next().unwrap().to_owned()).collect();
    listed.sort_unstable();
    above.sort_unstable();
    above.dedup();
    assert_eq!(above, listed);
}

#[tokio::test]
async fn a_commands_id_in_a_forged_button_opens_nothing() {
    let (why, one) = (hash_to_text(2), hash_to_text(1));
    for forged in [
        format!("problems1.{why}"),
        format!("problempage1.{why}.0"),
        format!("feeds1.{why}.0"),
        format!("delivery1.{why}.{one}.leave.0"),
        format!("withdraw1.{why}.{one}.all.0"),
    ] {
        let shown = shown_to_ada(&forged, 2).await;
        assert!(shown.contains("Manage Server"), "{forged}: {shown}");
    }
    let own = shown_to_ada(&format!("why1.{}.{one}.0", hash_to_text(9)), 2).await;
    assert!(own.contains("another version"), "{own}");
}

#[tokio::test]
async fn problems_are_paged_by_file_and_line() {
    let state = with_problems(12);
    let press = async |id: &CustomId| {
        use_component(id, &pressed(caller(MANAGE_GUILD), &state), GuildCommandSettings::default()).await
    };
    let status = call("status", caller(MANAGE_GUILD), &state).await;
    assert_eq!(buttons(&status)[0].0, "Show problems (12)");
    let show = button(&status, "Show problems");
    let deferral = |id: &CustomId, answered| {
        let text = id.to_string();
        let (component, _) = components::find(&text).unwrap();
        component.deferral(&Pressed { answered, ..pressed(caller(MANAGE_GUILD), &state) })
    };
    assert_eq!(deferral(&show, Some(ADA)), Some(Deferral::Message));
    let Answer::Message(first) = press(&show).await else { panic!() };
    assert!(
        first.content.starts_with(
            "⚠️ There are 12 problems in 6 files.\nPage 1 of 3\n• news/000\\.md\\:1\\:7\\: heat is “\\*hot\\*”"
        ),
        "{}",
        first.content
    );
    let next = button(&first, "Next");
    assert_eq!(deferral(&next, Some(ADA)), Some(Deferral::Update));
    for answered in [Some(UserId(ADA.0 + 1)), None] {
        assert_eq!(deferral(&next, answered), Some(Deferral::Message), "no message of others changes");
    }
    let Answer::Update(second) = press(&next).await else { panic!() };
    assert!(second.content.contains("Page 2 of 3"));
    // The problems are fixed meanwhile.
    state.replace(Collection::default());
    let Answer::Update(gone) = press(&button(&second, "Next")).await else { panic!() };
    assert_eq!((gone.content.as_str(), gone.rows.len()), ("No file has a problem.", 0));
}

#[tokio::test]
async fn the_longest_problems_fit_into_a_message() {
    let now = "2026-06-15T12:00:00Z".parse().unwrap();
    let long = |number: usize| Problem { cause: "*".repeat(3_000).into(), ..problem(number) };
    let state =
        State::new(Collection::new(Vec::new(), &[], (0..999).map(long).collect()), Arc::new(move || now));
    let page = |words| commands::problems::page(1, words, &state);
    for language in [Language::English, Language::Pseudo] {
        let content = page(Words::of(language)).content;
        assert!(crate::card::text::count(&content) <= CONTENT_CHARACTERS_MAX);
    }
}

#[tokio::test]
async fn status_says_what_it_knows() {
    let state = with_problems(0);
    let status = call("status", caller(MANAGE_GUILD), &state).await;
    assert_eq!(
        status.content,
        format!(
            "**Articles:** 14. Members can see 14 now. **Topics:** 2.\nNo file has a problem.\n\
             **Feeds:** none, because the bot runs without a database.\n**Gateway latency:** 45 ms.\n\
             **heatwire** {}, started <t:1781524800:R>.",
            env!("CARGO_PKG_VERSION")
        )
    );
    assert_eq!((status.audience, status.rows.len()), (Audience::AskerOnly, 0));
}

#[tokio::test]
async fn only_the_operators_guilds_reload_and_see_files_and_sources() {
    let board = Arc::new(SourceBoard::default());
    let failed = SourceStatus {
        name: "blog".into(),
        last_success: None,
        files: 0,
        failure: Some(("no answer".into(), 3)),
        moved_to: None,
        is_over: false,
    };
    board.set_sources(vec![failed]);
    for (guild, is_operators) in [(GUILD, true), (GuildId(GUILD.0 + 1), false)] {
        let state = with_problems(12).with_sources(Arc::clone(&board));
        let state = state.with_operator_guilds(OperatorGuilds::only([guild]));
        let status = call("status", caller(MANAGE_GUILD), &state).await;
        for told in ["problems", "blog"] {
            assert_eq!(status.content.contains(told), is_operators, "{}", status.content);
        }
        assert_eq!(!status.rows.is_empty(), is_operators);
        assert!(status.content.contains("**Articles:**"), "{}", status.content);
        let reload = call("reload", caller(MANAGE_GUILD), &state).await;
        assert_eq!(reload.content.contains("operator’s servers"), !is_operators, "{}", reload.content);
        for id in [ShowProblems.id(), ProblemsPage { page: 0 }.id()] {
            let press = pressed(caller(MANAGE_GUILD), &state);
            let shown = match use_component(&id, &press, GuildCommandSettings::default()).await {
                Answer::Message(reply) | Answer::Update(reply) => reply.content,
                Answer::Choices(_) => panic!(),
            };
            assert_eq!(shown.contains("news/"), is_operators, "an old or a forged button: {shown}");
        }
    }
}

#[tokio::test]
async fn a_reload_without_anybody_to_load_is_told_and_a_guild_waits_for_the_next() {
    let state = with_problems(0);
    let stopping = call("reload", caller(MANAGE_GUILD), &state).await;
    assert!(stopping.content.contains("stopping"), "{}", stopping.content);
    let early = call("reload", caller(MANAGE_GUILD), &state).await;
    assert!(early.content.contains("Try again in 10 seconds"), "{}", early.content);
}

#[tokio::test]
async fn status_names_a_wrong_clock() {
    let state = with_problems(0);
    for (ahead, expected) in
        [(10, ""), (-10, ""), (200, "200 seconds ahead of Discord's."), (-11, "11 seconds behind Discord's.")]
    {
        let interaction = interaction(2, json!({ "id": "4", "name": "status", "type": 1 }));
        let (command, invocation) = invocation(caller(MANAGE_GUILD), &interaction, &NOTHING_THERE, &state);
        let discord_now = Some(state.now() - jiff::SignedDuration::from_secs(ahead));
        let connection = Connection { discord_now, ..Connection::default() };
        let invocation = Invocation { connection, ..invocation };
        let status = command.answer(&invocation, no_settings()).await.content;
        let clock = status.lines().find(|line| line.contains("Clock")).unwrap_or_default();
        assert!(clock.contains(expected) && clock.is_empty() == expected.is_empty(), "{ahead}: {clock}");
    }
}
