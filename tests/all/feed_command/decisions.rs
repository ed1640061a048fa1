//! The buttons of `/feed list`, each as a moderator presses it, and refused to a member.

use std::fs;

use article_format::hash_to_text;

use super::*;

const READ_MESSAGE_HISTORY: u64 = 1 << 16;

impl FeedBot {
    /// A feed in #news that posts so many of the six stories.
    async fn feed_of(&self, backfill: u8) {
        self.say(json!({ "add": { "channel": "news", "min_quality": 0, "backfill": backfill } })).await;
    }

    /// Changes files of stories, and has the folder read.
    async fn rewrite(&self, numbers: impl IntoIterator<Item = usize>, from: &str, to: &str) {
        for number in numbers {
            let path = self.articles.path().join(format!("ai/{number}.md"));
            let text = fs::read_to_string(&path).unwrap();
            assert!(text.contains(from), "{text}");
            fs::write(&path, text.replace(from, to)).unwrap();
        }
        // Which a guild may not do too often.
        self.wait_minutes(60);
        let answer = self.mona().command("reload", json!({})).await.unwrap().settled().await.unwrap();
        assert!(answer.content().contains("changed"), "{}", answer.content());
    }

    /// A member presses a button of the moderator's list, as only a forged request can; then the moderator does. Returns the
    /// answer to the moderator.
    async fn press_after_a_member(&self, label: &str) -> String {
        let list = self.feed(json!({ "list": {} })).await;
        let named = list.buttons().into_iter().find(|button| button["label"] == label);
        let custom_id = named.unwrap()["custom_id"].clone();
        let data = json!({ "component_type": 2, "custom_id": custom_id });
        let pressed = json!({ "type": 3, "message": { "id": list.message()["id"] }, "data": data });
        let ben = self.sandbox.person("ben").in_channel("announcements");
        ben.interaction(pressed).await.unwrap();
        let is_refused = || {
            let seen = ben.sees("announcements").unwrap();
            seen.iter().any(|message| message["content"].as_str().unwrap().contains("Manage Server"))
        };
        let refused = async {
            while !is_refused() {
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
        };
        tokio::time::timeout(PATIENCE, refused).await.unwrap();
        let again = self.feed(json!({ "list": {} })).await;
        assert_eq!(again.content(), list.content(), "nothing came of it");
        let pressed = self.mona().press(&list, label).await.unwrap().settled().await.unwrap();
        pressed.content().lines().next().unwrap().to_owned()
    }
}

/// A post of which nobody can know whether it stands there: its answer was lost, and the history may not be read.
async fn with_unknown(kind: FaultKind) -> FeedBot {
    let bot = FeedBot::start().await;
    bot.deny("news", READ_MESSAGE_HISTORY);
    let route = "POST /channels/*/messages".to_owned();
    bot.sandbox.plan_fault(Fault { route, kind, count: 1 }).unwrap();
    bot.feed_of(1).await;
    // A lost answer is asked for again with the same nonce as long as Discord knows it.
    bot.until_listed("1 due · Discord").await;
    bot.wait_minutes(10);
    let list = bot.until_listed("⚠️ 1 unknown").await;
    assert!(list.contains("The bot does not know whether the post is in the channel."), "{list}");
    bot
}

#[tokio::test]
async fn a_moderator_has_a_story_of_unknown_outcome_sent_again() {
    let bot = with_unknown(FaultKind::ResetBefore).await;
    let news = bot.channel("news");
    let said = bot.press_after_a_member("Resend “Story 6”").await;
    assert_eq!(said, format!("✅ “Story 6” will be posted in <#{news}>."));
    bot.until_listed("0 due · 1 sent").await;
    assert_eq!(bot.cards("news"), ["Story 6"]);
    bot.end().await;
}

#[tokio::test]
async fn a_moderator_leaves_a_story_of_unknown_outcome_as_it_is() {
    let bot = with_unknown(FaultKind::ResetAfter).await;
    let said = bot.press_after_a_member("Dismiss “Story 6”").await;
    assert_eq!(said, "✅ “Story 6” stays as it is.");
    let list = bot.until_listed("**1 feed** · 0 due").await;
    assert!(!list.contains("unknown"), "{list}");
    assert_eq!(bot.cards("news"), ["Story 6"], "it was there");
    bot.end().await;
}

/// Waits until the last message that Ben sees has these words.
async fn until_ben_sees(ben: &Person, words: &str) {
    let seen_last = async {
        loop {
            let seen = ben.sees("announcements").unwrap();
            if seen.last().is_some_and(|message| message["content"].as_str().unwrap().contains(words)) {
                return;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    tokio::time::timeout(PATIENCE, seen_last).await.unwrap();
}

#[tokio::test]
async fn who_may_ask_why_may_not_decide_whatever_command_a_forged_button_names() {
    let bot = with_unknown(FaultKind::ResetAfter).await;
    let list = bot.feed(json!({ "list": {} })).await;
    let ben = bot.sandbox.person("ben").in_channel("announcements");
    let registered = bot.sandbox.commands();
    let why = registered.iter().find(|command| command["name"] == "why").unwrap()["id"].as_str().unwrap();
    let allowed = json!({ "id": ben.id().unwrap().to_string(), "type": 2, "permission": true });
    bot.sandbox.set_command_permissions(why.parse().unwrap(), vec![allowed]);
    let options = json!([{ "type": 3, "name": "article", "value": "story 6" }]);
    let asks = json!({ "id": why, "name": "why", "type": 1, "options": options });
    ben.interaction(json!({ "type": 2, "data": asks })).await.unwrap();
    until_ben_sees(&ben, "does not know whether the post is in the channel").await;

    let dismiss = list.buttons().into_iter().find(|button| button["label"] == "Dismiss “Story 6”").unwrap();
    let custom_id = dismiss["custom_id"].as_str().unwrap();
    let delivery = custom_id.rsplit('.').nth(2).unwrap();
    let (why, one) = (hash_to_text(why.parse().unwrap()), hash_to_text(1));
    for forged in [
        custom_id.to_owned(),
        format!("delivery1.{why}.{delivery}.leave.0"),
        format!("delivery1.{why}.{delivery}.send.0"),
        format!("withdraw1.{why}.{one}.all.0"),
        format!("feeds1.{why}.0"),
        format!("problems1.{why}"),
    ] {
        // An earlier answer must not count as the answer to this press.
        let before = ben.sees("announcements").unwrap().len();
        let data = json!({ "component_type": 2, "custom_id": forged });
        let pressed = json!({ "type": 3, "message": { "id": list.message()["id"] }, "data": data });
        ben.interaction(pressed).await.unwrap();
        tokio::time::timeout(PATIENCE, async {
            while ben.sees("announcements").unwrap().len() == before {
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
        })
        .await
        .unwrap();
        until_ben_sees(&ben, "Manage Server").await;
        let again = bot.feed(json!({ "list": {} })).await;
        assert_eq!(again.content(), list.content(), "nothing came of {forged}");
    }
    bot.end().await;
}

#[tokio::test]
async fn many_withdrawals_at_once_are_done_by_a_moderators_word() {
    let bot = FeedBot::start().await;
    bot.feed_of(10).await;
    bot.until_listed("0 due · 6 sent").await;
    bot.rewrite(1..=6, "type: article", "type: article\npublished: false").await;
    bot.until_listed("⚠️ 6 to withdraw, if you decide so").await;
    assert_eq!(bot.cards("news").len(), 6);
    let said = bot.press_after_a_member("Withdraw all 6 of feed 1").await;
    assert_eq!(said, "✅ 6 messages of feed **1** will be withdrawn.");
    bot.until_listed("0 sent · 6 withdrawn").await;
    assert_eq!(bot.cards("news").len(), 0);
    bot.end().await;
}

#[tokio::test]
async fn a_forged_button_changes_no_feeds_message() {
    let bot = FeedBot::start().await;
    bot.feed_of(1).await;
    bot.until_listed("0 due · 1 sent").await;
    let ben = bot.sandbox.person("ben").in_channel("news");
    let card = ben.sees("news").unwrap().pop().unwrap();
    let data = json!({ "component_type": 2, "custom_id": "topics1.0" });
    let pressed = json!({ "type": 3, "message": { "id": card["id"] }, "data": data });
    let answer = ben.interaction(pressed).await.unwrap().settled().await.unwrap();
    assert!(answer.is_ephemeral());
    // Ben alone sees what he asked for, beside the card.
    assert_eq!(bot.cards("news"), ["Story 6", "Topics"]);
    assert_eq!(ben.sees("news").unwrap()[0], card, "the card is as it was");
    bot.end().await;
}

#[tokio::test]
async fn a_story_that_was_taken_back_stays_so_when_its_file_is_published_again() {
    for hidden in ["published: false", "removed: true"] {
        let bot = FeedBot::start().await;
        bot.feed_of(1).await;
        bot.until_listed("0 due · 1 sent").await;
        let (published, hides) = ("type: article", format!("type: article\n{hidden}"));
        bot.rewrite([6], published, &hides).await;
        bot.until_listed("1 withdrawn").await;
        let why = bot.why("story 6").await;
        assert!(
            why.contains("Its file said that the article was") && !why.contains("Members can see"),
            "{why}"
        );
        bot.rewrite([6], &hides, published).await;
        let why = bot.why("story 6").await;
        assert!(why.contains("Members can see the article again."), "{why}");
        assert!(why.contains("does not post a withdrawn article again automatically"), "{why}");
        bot.until_listed("0 due · 0 sent").await;
        assert_eq!(bot.cards("news").len(), 0, "{hidden}");
        bot.end().await;
    }
}

#[tokio::test]
async fn many_withdrawals_at_once_are_left_by_a_moderators_word() {
    let bot = FeedBot::start().await;
    bot.feed_of(10).await;
    bot.until_listed("0 due · 6 sent").await;
    bot.rewrite(1..=6, "type: article", "type: article\nremoved: true").await;
    bot.until_listed("⚠️ 6 to withdraw, if you decide so").await;
    let why = bot.why("story 6").await;
    assert!(why.contains("The post should be withdrawn together with many others"), "{why}");
    let said = bot.press_after_a_member("Keep all 6 of feed 1").await;
    assert_eq!(said, "✅ 6 messages of feed **1** stay.");
    let list = bot.until_listed("0 due · 6 sent").await;
    assert!(!list.contains("withdraw"), "{list}");
    assert!(
        bot.why("story 6")
            .await
            .contains("The post should be withdrawn, but a moderator decided to keep it.")
    );
    bot.wait_minutes(60);
    bot.until_listed("6 sent").await;
    assert_eq!(bot.cards("news").len(), 6);
    bot.end().await;
}

#[tokio::test]
async fn a_refused_withdrawal_is_tried_again_or_forgotten_when_the_article_is_back() {
    let bot = FeedBot::start().await;
    bot.feed_of(2).await;
    bot.until_listed("0 due · 2 sent").await;
    let route = "DELETE /channels/*/messages/*".to_owned();
    let kind = FaultKind::Code { status: 400, code: 50_021 };
    bot.sandbox.plan_fault(Fault { route, kind, count: 2 }).unwrap();
    bot.rewrite([5, 6], "type: article", "type: article\npublished: false").await;
    bot.until_listed("⚠️ 2 failed").await;
    assert!(
        bot.why("story 6").await.contains("the message is still there: https://"),
        "{}",
        bot.why("story 6").await
    );
    bot.rewrite([5], "published: false", "published: true").await;
    for story in ["5", "6"] {
        let said = bot.press_after_a_member(&format!("Withdraw “Story {story}”")).await;
        assert_eq!(said, format!("✅ “Story {story}” will be withdrawn, if its file still says so."));
    }
    bot.until_listed("0 due · 1 sent · 1 withdrawn").await;
    assert_eq!(bot.cards("news"), ["Story 5"], "it is published again, and stands there once");
    bot.end().await;
}

#[tokio::test]
async fn a_forums_post_that_a_moderator_deleted_is_known_to_be_gone_at_once() {
    let bot = FeedBot::start().await;
    bot.say(json!({ "add": { "channel": "discussions", "min_quality": 0, "backfill": 2 } })).await;
    bot.until_listed("0 due · 2 sent").await;
    let thread = bot.channel("Story 6");
    bot.sandbox.delete_channel(thread).unwrap();
    bot.until_listed("0 due · 1 sent · 1 withdrawn").await;
    assert!(bot.why("story 6").await.contains("Somebody deleted the message in Discord."));
    bot.end().await;
}

#[tokio::test]
async fn details_of_a_card_open_its_article_after_the_file_was_renamed() {
    let bot = FeedBot::start().await;
    bot.feed_of(1).await;
    bot.until_listed("0 due · 1 sent").await;
    let place = bot.articles.path().join("ai");
    fs::rename(place.join("6.md"), place.join("moved.md")).unwrap();
    // Another file changes with it, and nothing of the card does.
    bot.rewrite([1], "type: article", "type: video").await;
    let card = || bot.sandbox.person("ben").sees("news").unwrap()[0].clone();
    let corrected = async {
        while card()["edited_timestamp"].is_null() {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    tokio::time::timeout(PATIENCE, corrected).await.unwrap();
    let id: u64 = card()["id"].as_str().unwrap().parse().unwrap();
    let ben = bot.sandbox.person("ben").in_channel("news");
    let opened = ben.press(id, "Details").await.unwrap();
    assert_eq!(opened.embeds()[0]["title"], "Story 6", "{}", opened.content());
    bot.end().await;
}
