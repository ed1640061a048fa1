//! Whoever answers at the API's address may be hostile: what they send is bounded, leads nowhere else, and is shown as words only.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use heatwire::collection::Collection;
use heatwire::delivery::send::Outcome;
use heatwire::discord::guild_events::GuildEvents;
use heatwire::discord::sender::DiscordSender;
use heatwire::discord::sender::requests::Requests;
use heatwire::discord::state::State;
use heatwire::discord::{self, Settings, channel_permissions, failure, guild_settings, membership, register};
use heatwire::ids::{ChannelId, GuildId};
use jiff::Timestamp;
use serenity::all::{ApplicationId, InteractionId, LightMethod};
use serenity::http::Route;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use crate::harness::{Bot, PATIENCE, borrowed, folder, output, program, twelve_and_one};
use heatwire::shards::Shards;

/// What is sent at most, if nobody hangs up before.
const FLOOD_BYTES: usize = 600 * 1024 * 1024;
/// What is taken of it, with what the system keeps between the two ends.
const TAKEN_BYTES_MAX: usize = 64 * 1024 * 1024;

/// Answers each connection with the same head and then so many bytes. Says where it is, how many connections it had, and how many
/// bytes it got rid of.
async fn hostile(head: String, bytes: usize) -> (SocketAddr, Arc<AtomicUsize>, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (connections, sent) = (Arc::<AtomicUsize>::default(), Arc::<AtomicUsize>::default());
    let (asked, taken) = (Arc::clone(&connections), Arc::clone(&sent));
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            asked.fetch_add(1, Ordering::SeqCst);
            tokio::spawn(answer(stream, head.clone(), bytes, Arc::clone(&taken)));
        }
    });
    (address, connections, sent)
}

async fn answer(mut stream: TcpStream, head: String, bytes: usize, taken: Arc<AtomicUsize>) {
    let mut request = Vec::new();
    while !request.windows(4).any(|end| end == b"\r\n\r\n") {
        let mut part = [0; 1024];
        match stream.read(&mut part).await {
            Ok(read @ 1..) => request.extend_from_slice(&part[..read]),
            _ => return,
        }
    }
    if stream.write_all(head.as_bytes()).await.is_err() {
        return;
    }
    let part = vec![b' '; 64 * 1024];
    for _ in 0..bytes / part.len() {
        if stream.write_all(&part).await.is_err() {
            return;
        }
        taken.fetch_add(part.len(), Ordering::SeqCst);
    }
}

fn settings(address: SocketAddr) -> Settings {
    Settings {
        token: "fake".into(),
        guild_id: None,
        api_url: Some(format!("http://{address}")),
        shards: Shards::Recommended,
    }
}

fn head(status: &str, more: &str) -> String {
    format!("HTTP/1.1 {status}\r\nContent-Type: application/json\r\nConnection: close\r\n{more}\r\n")
}

#[tokio::test]
async fn an_answer_without_end_is_not_read_to_its_end() {
    for status in ["200 OK", "403 Forbidden"] {
        for length in [String::new(), format!("Content-Length: {FLOOD_BYTES}\r\n")] {
            let (address, _, sent) = hostile(head(status, &length), FLOOD_BYTES).await;
            let settings = settings(address);
            let asked = discord::connect::prepare(&settings);
            let error = tokio::time::timeout(PATIENCE, asked).await.unwrap().unwrap_err().to_string();
            assert!(error.contains("more than 16777216 bytes"), "{error}");
            let sender = DiscordSender::new(&settings, Arc::new(Timestamp::now)).unwrap();
            let words = tokio::time::timeout(PATIENCE, sender.place_of_feed(ChannelId(1)))
                .await
                .unwrap()
                .unwrap_err();
            assert!(words.contains("more than 16777216 bytes"), "{words}");
            assert!(sent.load(Ordering::SeqCst) < 2 * TAKEN_BYTES_MAX, "{status} {length}: {sent:?}");
        }
    }
}

/// What the bot asks of Discord while it answers people. Each has its own name and says what came of it.
async fn asked_for_people(settings: &Settings) -> Vec<(&'static str, String)> {
    let requests = Requests::new(settings).unwrap();
    let (application, guild) = (ApplicationId::new(1), GuildId(2));
    let said = |outcome: Result<(), Outcome>| failure::in_words(&outcome.unwrap_err());
    let registered = register::register(&requests, application, None).await.map(|_| ());
    let in_guild = register::register(&requests, application, Some(GuildId(2))).await.map(|_| ());
    let cleared = register::clear_guild(&requests, application, guild).await;
    let written =
        requests.put::<Vec<u8>>(Route::Commands { application_id: application }, b"[]".into()).await;
    let set = guild_settings::read(&requests, application, Some(guild)).await.map(|_| ());
    let fetched = channel_permissions::fetch_channel(&requests, GuildId(2), ChannelId(3), Timestamp::now())
        .await
        .map(|_| ());
    let state = Arc::new(State::new(Collection::default(), Arc::new(Timestamp::now)));
    let member = membership::is_in_guild(GuildId(2), &GuildEvents::new(state), &requests).await;
    let callback = Route::InteractionResponse { interaction_id: InteractionId::new(4), token: "t" };
    let edit = Route::WebhookOriginalInteractionResponse { application_id: application, token: "t" };
    let further = Route::WebhookFollowupMessages { application_id: application, token: "t" };
    vec![
        ("commands", registered.unwrap_err().to_string()),
        ("commands of a guild", in_guild.unwrap_err().to_string()),
        ("commands to be cleared", cleared.unwrap_err().to_string()),
        ("commands that were written", said(written.map(|_| ()))),
        ("settings of a guild", set.unwrap_err()),
        ("a channel", said(fetched)),
        ("a guild", said(member.map(|_| ()))),
        ("an answer", said(requests.answer_interaction(LightMethod::Post, callback, &()).await)),
        (
            "an answer after a deferral",
            said(requests.answer_interaction(LightMethod::Patch, edit, &()).await),
        ),
        ("a further answer", said(requests.answer_interaction(LightMethod::Post, further, &()).await)),
    ]
}

#[tokio::test]
async fn no_answer_to_a_request_for_people_is_read_without_end() {
    for status in ["200 OK", "403 Forbidden"] {
        let (address, connections, sent) = hostile(head(status, ""), FLOOD_BYTES).await;
        let settings = settings(address);
        let asked = tokio::time::timeout(4 * PATIENCE, asked_for_people(&settings)).await.unwrap();
        for (what, words) in asked {
            let is_said =
                words.contains("more than 16777216 bytes") || words.contains("more than 1048576 bytes");
            assert!(is_said, "{what}: {words}");
        }
        let requests = connections.load(Ordering::SeqCst);
        assert!(requests >= 10, "{requests}");
        assert!(sent.load(Ordering::SeqCst) < requests * TAKEN_BYTES_MAX, "{status}: {sent:?}");
    }
}

#[tokio::test]
async fn the_gateways_address_is_asked_for_once() {
    let bot = Bot::with_files(&borrowed(&twelve_and_one())).await;
    let requests = bot.sandbox.requests();
    let paths = requests.iter().map(|request| request.path.as_str());
    let asked: Vec<&str> = paths.filter(|path| path.contains("/gateway")).collect();
    assert_eq!(asked, ["/api/v10/gateway/bot"]);
}

#[tokio::test]
async fn a_redirect_is_followed_nowhere() {
    let (elsewhere, connections, _) = hostile(head("200 OK", "Content-Length: 2\r\n") + "{}", 0).await;
    for status in ["301 Moved", "302 Found", "303 See Other", "307 Temporary", "308 Permanent"] {
        let location = format!("Location: http://{elsewhere}/api/v10/users/@me\r\nContent-Length: 0\r\n");
        let (address, _, _) = hostile(head(status, &location), 0).await;
        let error = discord::connect::prepare(&settings(address)).await.unwrap_err().to_string();
        assert!(error.contains(&format!("status {}", &status[..3])), "{error}");
        let sender = DiscordSender::new(&settings(address), Arc::new(Timestamp::now)).unwrap();
        sender.place_of_feed(ChannelId(1)).await.unwrap_err();
    }
    assert_eq!(connections.load(Ordering::SeqCst), 0);
}

#[tokio::test]
async fn words_of_an_api_are_words_in_the_terminal() {
    let body = r#"{"code": 7, "message": "no\nheatwire: all is well\u001b[2J\u001b]0;x\u0007\u009b \u202eyas\u2066"}"#;
    let (address, _, _) =
        hostile(head("403 Forbidden", &format!("Content-Length: {}\r\n", body.len())) + body, 0).await;
    let articles = folder(&[]);
    let settings = [
        ("DISCORD_TOKEN", "any"),
        ("DISCORD_API_URL", &*format!("http://{address}/a-secret-path")),
        ("ARTICLES_DIR", articles.path().to_str().unwrap()),
        ("RUST_LOG", "trace"),
    ];
    let shown = output(program(&["run"], &settings)).await.stderr;
    let shown = String::from_utf8(shown).unwrap();
    assert!(shown.contains("Discord refused with status 403, code 7: no"), "{shown}");
    assert_eq!(shown.lines().filter(|line| line.starts_with("heatwire: ")).count(), 1, "{shown}");
    let acts = |sign: char| (sign.is_control() && sign != '\n') || matches!(sign, '\u{202e}' | '\u{2066}');
    assert!(!shown.contains(acts), "{shown:?}");
    assert!(!shown.contains("a-secret-path"), "{shown}");
}
