//! `/settings`, from the JSON to the plain answer and to the database.

use super::feed_languages::in_locale;
use super::languages::{LANGUAGES, check_but_for, shown};
use super::worker::{GUILD, data, moderator};
use super::*;
use crate::delivery::ledger::{GuildChoices, Ledger};
use crate::discord::channel_permissions::{ChannelFacts, SEND_MESSAGES, VIEW_CHANNEL};
use crate::messages::Language;

async fn with_database() -> State {
    let ledger = Ledger::open("sqlite::memory:").await.unwrap();
    state(articles()).with_guilds(ledger.guilds()).await.unwrap()
}

fn seen(permissions: u64) -> ChannelLookup {
    ChannelLookup::Found(ChannelFacts {
        is_locked: false,
        id: ChannelId(500),
        guild: Some(GUILD),
        kind: 0,
        name: "mods".into(),
        permissions,
        parent: None,
        requires_tag: false,
        tags: Vec::new(),
    })
}

fn usable() -> ChannelLookup {
    seen(VIEW_CHANNEL | SEND_MESSAGES)
}

async fn ask_in(locale: &str, options: &Value, lookup: ChannelLookup, state: &State) -> Reply {
    let interaction = in_locale(locale, 2, data("settings", None, options, None));
    let looks = Looks(lookup);
    let (command, invocation) = invocation(moderator(), &interaction, &looks, state);
    let reply = command.answer(&invocation, no_settings()).await;
    assert_eq!(reply.audience, Audience::AskerOnly);
    reply
}

async fn ask(options: Value, lookup: ChannelLookup, state: &State) -> String {
    ask_in("en-GB", &options, lookup, state).await.content
}

async fn chosen(state: &State) -> GuildChoices {
    state.guilds().unwrap().of(GUILD).await.unwrap()
}

#[tokio::test]
async fn what_moderators_choose_is_kept_and_shown_and_taken_away() {
    let state = with_database().await;
    state.guild_languages().note(GUILD, "fr");
    let nothing = ask(json!({}), usable(), &state).await;
    assert!(nothing.contains("no channel") && nothing.contains("Français, because"), "{nothing}");
    let both = ask(json!({ "notices": "500", "language": "de" }), usable(), &state).await;
    assert!(both.starts_with("✅ The bot reports troubles in <#500> from now on."), "{both}");
    assert!(both.contains("✅ New posts are in this language: Deutsch."), "{both}");
    assert_eq!(state.guild_languages().of(GUILD), Language::German);
    let kept =
        GuildChoices { notices: Some(ChannelId(500)), notices_fault: None, language: Some(Language::German) };
    assert_eq!(chosen(&state).await, kept);
    assert_eq!(state.guilds().unwrap().languages().await.unwrap(), [(GUILD, Language::German)]);
    let shown = ask(json!({}), usable(), &state).await;
    assert!(
        shown.contains("**Reports of troubles:** <#500>\n**Language of posts:** Deutsch, chosen"),
        "{shown}"
    );
    let cleared = ask(json!({ "clear": "language" }), usable(), &state).await;
    assert!(cleared.starts_with("✅ New posts follow the language of the server again."), "{cleared}");
    assert_eq!(state.guild_languages().of(GUILD), Language::French);
    assert_eq!(chosen(&state).await, GuildChoices { language: None, ..kept });
    ask(json!({ "clear": "notices", "language": "ja" }), usable(), &state).await;
    assert_eq!(
        chosen(&state).await,
        GuildChoices { language: Some(Language::Japanese), ..GuildChoices::default() }
    );
}

#[tokio::test]
async fn a_channel_that_cannot_be_used_changes_nothing() {
    let state = with_database().await;
    for (channel, lookup, words) in [
        ("500", seen(VIEW_CHANNEL), ": **Send Messages**. It changed nothing."),
        ("500", seen(0), "**View Channel** and **Send Messages**"),
        ("500", ChannelLookup::Elsewhere, "is not a channel of this server"),
        ("500", ChannelLookup::Hidden, "is not a channel of this server"),
        ("500", ChannelLookup::Gone, "does not exist"),
        ("500", ChannelLookup::Unknown("no answer".into()), "could not ask Discord"),
        ("515", usable(), "neither a text channel nor an announcement channel"),
        ("503", usable(), "Discord refused the test message in <#503>, so the bot changed nothing."),
        ("504", usable(), "Discord did not confirm the test message in <#504>"),
    ] {
        let said = ask(json!({ "notices": channel, "language": "de" }), lookup, &state).await;
        assert!(said.contains(words), "{words} in {said}");
        assert_eq!(chosen(&state).await, GuildChoices::default(), "{said}");
        assert_eq!(state.guild_languages().of(GUILD), Language::English);
    }
    for options in
        [json!({ "notices": "500", "clear": "notices" }), json!({ "language": "de", "clear": "language" })]
    {
        let said = ask(options, usable(), &state).await;
        assert!(said.contains("set and cleared the same setting"), "{said}");
    }
    for options in [json!({ "language": "xx" }), json!({ "clear": "everything" })] {
        let said = ask(options, usable(), &state).await;
        assert!(said.contains("another version"), "{said}");
    }
}

#[tokio::test]
async fn settings_speak_the_readers_language() {
    let arguments =
        ["Deutsch", "English", "Français", "mods", "notices", "DATABASE_URL", " and ", "AutoMod", "settings"];
    for (name, locale) in LANGUAGES {
        let state = with_database().await;
        let mut answers = Vec::new();
        for (options, lookup) in [
            (json!({}), usable()),
            (json!({ "notices": "500", "language": "de" }), usable()),
            (json!({}), usable()),
            (json!({ "clear": "language" }), usable()),
            (json!({ "clear": "notices" }), usable()),
            (json!({ "notices": "500", "clear": "notices" }), usable()),
            (json!({ "notices": "500" }), seen(VIEW_CHANNEL)),
            (json!({ "notices": "515" }), usable()),
            (json!({ "notices": "503" }), usable()),
            (json!({ "notices": "504" }), usable()),
        ] {
            answers.push(ask_in(locale, &options, lookup, &state).await);
        }
        answers.push(ask_in(locale, &json!({}), usable(), &super::state(articles())).await);
        answers.iter().for_each(|reply| check_but_for(locale, reply, &arguments));
        let answers: Vec<String> = answers.iter().map(shown).collect();
        insta::assert_snapshot!(format!("settings_{name}"), answers.join("\n\n"));
    }
}
