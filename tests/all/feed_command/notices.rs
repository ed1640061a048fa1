//! Reports of troubles in the channel of `/settings notices`.

use std::fs;

use jiff::SignedDuration;

use super::*;

/// A bot that reports, with a database that lasts, and the operator's server alone.
async fn reporting() -> FeedBot {
    FeedBot::start_with(|sandbox| BotOptions {
        is_lasting: true,
        reports: true,
        operator_guilds: OperatorGuilds::only([GuildId(sandbox.guild_id())]),
    })
    .await
}

impl FeedBot {
    /// Chooses #general. Its first message is the test.
    async fn choose_general(&self) {
        let set = self.settings(json!({ "notices": "general" })).await;
        assert!(set.starts_with("✅ The bot reports troubles"), "{set}");
    }

    /// Waits until a channel has so many reports after the test message. Returns the last report.
    async fn report(&self, channel: &str, count: usize) -> Arc<Value> {
        let waited = async {
            while self.texts(channel).len() <= count {
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
        };
        let waited = tokio::time::timeout(PATIENCE, waited).await;
        assert!(waited.is_ok(), "{:?}", self.texts(channel));
        let reports = self.open_messages(channel);
        assert_eq!(reports.len(), count + 1, "{:?}", self.texts(channel));
        let last = Arc::clone(reports.last().unwrap());
        assert_eq!((&last["mentions"], &last["mention_roles"]), (&json!([]), &json!([])));
        last
    }

    async fn report_text(&self, count: usize) -> String {
        self.report("general", count).await["content"].as_str().unwrap().to_owned()
    }

    async fn pause(&self, feed: i64) {
        let paused = self.say(json!({ "pause": { "feed": feed.to_string() } })).await;
        assert!(paused.contains("The bot paused feed"), "{paused}");
    }

    async fn add_feeds(&self, count: usize) {
        for _ in 0..count {
            self.say(json!({ "add": { "channel": "news", "topic": "AI" } })).await;
        }
    }

    /// Presses a button of a report, as a person's client does.
    async fn press_report(&self, person: &Person, report: &Value, label: &str) -> Answer {
        let rows = report["components"].as_array().unwrap().iter();
        let buttons: Vec<&Value> = rows.flat_map(|row| row["components"].as_array().unwrap()).collect();
        let button = buttons.iter().find(|button| button["label"] == label);
        assert!(button.is_some(), "no {label} in {buttons:?}");
        let custom_id = &button.unwrap()["custom_id"];
        let data = json!({ "component_type": 2, "custom_id": custom_id });
        let press = json!({ "type": 3, "message": { "id": report["id"] }, "data": data });
        person.interaction(press).await.unwrap().settled().await.unwrap()
    }
}

#[tokio::test]
async fn a_paused_feed_is_told_once_with_its_remedy_and_so_is_its_recovery() {
    let bot = reporting().await;
    let news = bot.channel("news");
    bot.choose_general().await;
    bot.deny("news", SEND_MESSAGES);
    bot.say(json!({ "add": { "channel": "news", "min_quality": 60, "backfill": 1 } })).await;
    let paused = bot.report("general", 1).await;
    let text = paused["content"].as_str().unwrap();
    let expected =
        format!("Feed **1** in <#{news}>: ⚠️ **paused**: The bot lacks permissions in the channel:");
    assert!(text.starts_with(&expected) && text.contains("**Send Messages**"), "{text}");
    let ben = bot.sandbox.person("ben").in_channel("general");
    let refused = bot.press_report(&ben, &paused, "Resume feed 1").await;
    assert!(refused.content().contains("Manage Server"), "{}", refused.content());

    bot.sandbox.remove_overwrite(news, bot.sandbox.application_id()).unwrap();
    let recovered = bot.report_text(2).await;
    assert_eq!(recovered, format!("✅ Feed **1** in <#{news}> is active again."));

    bot.pause(1).await;
    let by_moderator = bot.report("general", 3).await;
    assert!(by_moderator["content"].as_str().unwrap().contains("paused by a moderator"), "{by_moderator}");
    let mona = bot.sandbox.person("mod").in_channel("general");
    let resumed = bot.press_report(&mona, &by_moderator, "Resume feed 1").await;
    assert!(resumed.content().starts_with("The bot resumed feed **1**"), "{}", resumed.content());
    assert!(resumed.is_ephemeral());
    bot.report("general", 4).await;
    bot.end().await;
}

#[tokio::test]
async fn a_restart_tells_nothing_again() {
    let bot = reporting().await;
    bot.choose_general().await;
    bot.add_feeds(2).await;
    bot.pause(1).await;
    assert!(bot.report_text(1).await.contains("Feed **1**"));
    let bot = bot.restart().await;
    assert!(bot.settings(json!({})).await.contains(&format!("<#{}>", bot.channel("general"))));
    bot.pause(2).await;
    let second = bot.report_text(2).await;
    assert!(second.contains("Feed **2**") && !second.contains("Feed **1**"), "{second}");
    bot.end().await;
}

#[tokio::test]
async fn a_server_gets_six_reports_an_hour_and_the_rest_is_summed_up_in_the_next() {
    let bot = reporting().await;
    bot.choose_general().await;
    bot.add_feeds(8).await;
    for feed in 1..=6 {
        bot.pause(feed).await;
        let feed = usize::try_from(feed).unwrap();
        assert!(bot.report_text(feed).await.contains(&format!("Feed **{feed}**")));
    }
    bot.pause(7).await;
    bot.pause(8).await;
    *bot.now.lock().unwrap() += SignedDuration::from_mins(60);
    let rest = bot.report_text(7).await;
    assert_eq!(rest.lines().count(), 2, "{rest}");
    assert!(rest.contains("Feed **7**") && rest.contains("Feed **8**"), "{rest}");
    bot.end().await;
}

#[tokio::test]
async fn failed_posts_are_told_together_with_buttons_that_settle_them() {
    let bot = reporting().await;
    let route = "POST /channels/*/messages".to_owned();
    bot.sandbox.plan_fault(Fault { route, kind: FaultKind::Status(400), count: 2 }).unwrap();
    bot.say(json!({ "add": { "channel": "news", "min_quality": 0, "backfill": 3 } })).await;
    bot.until_listed("⚠️ 2 failed · 0 due").await;
    bot.choose_general().await;
    let failed = bot.report("general", 1).await;
    let text = failed["content"].as_str().unwrap();
    assert!(text.contains("⚠️ “Story 6” in") && text.contains("⚠️ “Story 5” in"), "{text}");
    let mona = bot.sandbox.person("mod").in_channel("general");
    let dismissed = bot.press_report(&mona, &failed, "Dismiss “Story 5”").await;
    assert!(dismissed.content().starts_with("✅ “Story 5” stays as it is."), "{}", dismissed.content());
    let resent = bot.press_report(&mona, &failed, "Resend “Story 6”").await;
    assert!(resent.content().starts_with("✅ “Story 6” will be posted"), "{}", resent.content());
    bot.until_listed("0 due · 2 sent").await;
    // What a moderator settled is over without a word.
    bot.pause(1).await;
    let next = bot.report_text(2).await;
    assert!(next.starts_with("Feed **1**") && next.lines().count() == 1, "{next}");
    bot.end().await;
}

#[tokio::test]
async fn problems_of_files_are_told_to_the_operators_servers_alone() {
    let bot = reporting().await;
    bot.sandbox.add_bot_elsewhere();
    let theirs = bot.sandbox.person("mod").in_channel("elsewhere");
    let said = async |command: &str, options: Value| {
        let answer = theirs.command(command, options).await.unwrap();
        answer.settled().await.unwrap().content().to_owned()
    };
    bot.choose_general().await;
    let set = said("settings", json!({ "notices": "elsewhere" })).await;
    assert!(set.starts_with("✅ The bot reports troubles"), "{set}");
    fs::write(bot.articles.path().join("ai/bad.md"), "---\nheat: hot\n---\n").unwrap();
    bot.mona().command("reload", json!({})).await.unwrap().settled().await.unwrap();
    let told = bot.report("general", 1).await;
    let text = told["content"].as_str().unwrap();
    assert!(text.contains("new problem") && text.contains("ai/bad"), "{text}");
    let mona = bot.sandbox.person("mod").in_channel("general");
    let label = told["components"][0]["components"][0]["label"].as_str().unwrap();
    let shown = bot.press_report(&mona, &told, label).await;
    assert!(shown.content().contains("ai/bad"), "{}", shown.content());

    assert!(said("reload", json!({})).await.contains("operator’s servers"));
    assert!(!said("status", json!({})).await.contains("problem"));
    said("feed", json!({ "add": { "channel": "elsewhere" } })).await;
    said("feed", json!({ "pause": { "feed": "1" } })).await;
    let theirs = bot.report("elsewhere", 1).await;
    let text = theirs["content"].as_str().unwrap();
    assert!(text.starts_with("Feed **1**") && !text.contains("problem"), "{text}");

    fs::remove_file(bot.articles.path().join("ai/bad.md")).unwrap();
    *bot.now.lock().unwrap() += SignedDuration::from_mins(1);
    bot.mona().command("reload", json!({})).await.unwrap().settled().await.unwrap();
    let gone = bot.report_text(2).await;
    assert!(gone.starts_with("✅") && gone.contains("gone"), "{gone}");
    bot.end().await;
}

#[tokio::test]
async fn withdrawals_that_wait_are_told_and_a_button_decides_about_them() {
    let bot = reporting().await;
    bot.choose_general().await;
    bot.say(json!({ "add": { "channel": "news", "min_quality": 0, "backfill": 10 } })).await;
    bot.until_listed("0 due · 6 sent").await;
    for number in 1..=6 {
        let path = bot.articles.path().join(format!("ai/{number}.md"));
        let text = fs::read_to_string(&path).unwrap();
        fs::write(&path, text.replace("type: article", "type: article\npublished: false")).unwrap();
    }
    bot.mona().command("reload", json!({})).await.unwrap().settled().await.unwrap();
    let waiting = bot.report("general", 1).await;
    let text = waiting["content"].as_str().unwrap();
    assert!(text.contains("6 messages should be withdrawn."), "{text}");
    let mona = bot.sandbox.person("mod").in_channel("general");
    let kept = bot.press_report(&mona, &waiting, "Keep all 6 of feed 1").await;
    assert!(kept.content().starts_with("✅ 6 messages of feed **1** stay."), "{}", kept.content());
    bot.pause(1).await;
    let next = bot.report_text(2).await;
    assert!(next.starts_with("Feed **1**") && next.lines().count() == 1, "decided without a word: {next}");
    assert_eq!(bot.cards("news").len(), 6);
    bot.end().await;
}

#[tokio::test]
async fn a_channel_that_takes_no_report_is_named_and_tried_again_only_after_an_hour() {
    let bot = reporting().await;
    let general = bot.channel("general");
    bot.choose_general().await;
    bot.add_feeds(1).await;
    bot.deny("general", SEND_MESSAGES);
    bot.pause(1).await;
    let named = async {
        loop {
            let shown = bot.settings(json!({})).await;
            if shown.contains("The bot cannot report in") {
                break shown;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    let shown = tokio::time::timeout(PATIENCE, named).await.unwrap();
    let lacks = format!("⚠️ **Reports of troubles:** The bot cannot report in <#{general}>");
    assert!(shown.starts_with(&lacks) && shown.contains("**Send Messages**"), "{shown}");
    let status = bot.mona().command("status", json!({})).await.unwrap().settled().await.unwrap();
    assert!(status.content().contains(&lacks), "{}", status.content());
    let tried = || {
        let route = format!("/channels/{general}/messages");
        let requests = bot.sandbox.requests();
        requests.iter().filter(|request| request.method == "POST" && request.path.ends_with(&route)).count()
    };
    assert_eq!(tried(), 2, "the test message and one report");
    *bot.now.lock().unwrap() += SignedDuration::from_mins(59);
    bot.sandbox.remove_overwrite(general, bot.sandbox.application_id()).unwrap();
    bot.settings(json!({})).await;
    *bot.now.lock().unwrap() += SignedDuration::from_mins(1);
    assert!(bot.report_text(1).await.contains("Feed **1**"));
    assert_eq!(tried(), 3);
    assert!(!bot.settings(json!({})).await.contains("cannot report"));
    bot.end().await;
}

#[tokio::test]
async fn permissions_that_come_back_are_noticed_and_a_deleted_channel_is_named_once() {
    let bot = reporting().await;
    let general = bot.channel("general");
    bot.choose_general().await;
    bot.add_feeds(1).await;
    let settings_say = async |words: &str| {
        let said = async {
            while !bot.settings(json!({})).await.contains(words) {
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
        };
        assert!(tokio::time::timeout(PATIENCE, said).await.is_ok(), "{words}");
    };
    bot.deny("general", SEND_MESSAGES);
    bot.pause(1).await;
    settings_say("The bot cannot report in").await;
    // Nothing is left to tell when the bot may write again.
    bot.say(json!({ "resume": { "feed": "1" } })).await;
    bot.sandbox.remove_overwrite(general, bot.sandbox.application_id()).unwrap();
    *bot.now.lock().unwrap() += SignedDuration::from_mins(61);
    settings_say(&format!("**Reports of troubles:** <#{general}>\n")).await;
    bot.sandbox.delete_channel(general).unwrap();
    bot.pause(1).await;
    settings_say("because the channel does not exist in this server").await;
    *bot.now.lock().unwrap() += SignedDuration::from_mins(61);
    let requests =
        || bot.sandbox.requests().iter().filter(|one| one.path.contains(&general.to_string())).count();
    let before = requests();
    bot.add_feeds(1).await;
    bot.pause(2).await;
    bot.settings(json!({})).await;
    assert_eq!(requests(), before, "nobody asks for a channel that is gone");
    bot.end().await;
}

#[tokio::test]
async fn a_report_whose_answer_is_lost_is_not_repeated() {
    for (kind, is_there) in [(FaultKind::ResetAfter, true), (FaultKind::ResetBefore, false)] {
        let bot = reporting().await;
        bot.choose_general().await;
        bot.add_feeds(2).await;
        let route = "POST /channels/*/messages".to_owned();
        bot.sandbox.plan_fault(Fault { route, kind, count: 1 }).unwrap();
        bot.pause(1).await;
        let tried = async {
            while !bot.sandbox.planned_faults().is_empty() {
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
        };
        tokio::time::timeout(PATIENCE, tried).await.unwrap();
        bot.pause(2).await;
        let next = bot.report_text(1 + usize::from(is_there)).await;
        assert!(next.contains("Feed **2**") && !next.contains("Feed **1**"), "{next}");
        bot.end().await;
    }
}
