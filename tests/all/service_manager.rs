//! systemd with `Type=notify`: the real program tells a socket of the test how it is.

use std::net::TcpListener;
use std::process::Child;
use std::time::Duration;

use discord_sandbox::SandboxOptions;
use tokio::net::UnixDatagram;

use crate::harness::{PATIENCE, borrowed, folder, program, sandbox_with, twelve_and_one};

/// The next message of the program.
async fn told(socket: &UnixDatagram) -> String {
    let mut message = [0; 256];
    let received = tokio::time::timeout(PATIENCE, socket.recv(&mut message));
    let bytes = received.await.unwrap().unwrap();
    String::from_utf8(message[..bytes].to_vec()).unwrap()
}

async fn stopped(child: Child) -> Option<i32> {
    let killed =
        std::process::Command::new("kill").args(["-TERM", &child.id().to_string()]).status().unwrap();
    assert!(killed.success());
    let ended = tokio::task::spawn_blocking(move || child.wait_with_output().unwrap());
    tokio::time::timeout(PATIENCE, ended).await.unwrap().unwrap().status.code()
}

/// Stops the bot, whose next message besides signs of life tells the stop.
async fn assert_stop_is_told(child: Child, socket: &UnixDatagram) {
    assert_eq!(stopped(child).await, Some(0));
    let mut last = told(socket).await;
    while last == "WATCHDOG=1\n" {
        last = told(socket).await;
    }
    assert_eq!(last, "STOPPING=1\n");
}

#[tokio::test]
async fn the_service_manager_is_told_that_the_bot_is_ready_lives_and_stops() {
    let sandbox = sandbox_with(SandboxOptions::default()).await;
    let articles = folder(&borrowed(&twelve_and_one()));
    let path = articles.path().join(".notify");
    let socket = UnixDatagram::bind(&path).unwrap();
    let (token, api_url) = (sandbox.token(), sandbox.api_url());
    let settings = [
        ("DISCORD_TOKEN", token.as_str()),
        ("DISCORD_API_URL", api_url.as_str()),
        ("ARTICLES_DIR", articles.path().to_str().unwrap()),
        ("NOTIFY_SOCKET", path.to_str().unwrap()),
        ("WATCHDOG_USEC", "1000000"),
    ];
    let child = program(&["run"], &settings).spawn().unwrap();
    let mut messages = Vec::new();
    while messages.last().is_none_or(|message| message != "READY=1\n") {
        messages.push(told(&socket).await);
    }
    sandbox.wait_until_bot_ready(Duration::ZERO).await.unwrap();
    assert!(messages[..messages.len() - 1].iter().all(|message| message == "WATCHDOG=1\n"), "{messages:?}");
    assert_eq!(told(&socket).await, "WATCHDOG=1\n");
    assert_stop_is_told(child, &socket).await;
}

#[tokio::test]
async fn a_bot_without_a_session_lives_and_is_not_ready() {
    // An API that takes connections and never answers.
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let api_url = format!("http://{}", silent.local_addr().unwrap());
    let articles = folder(&borrowed(&twelve_and_one()));
    let path = articles.path().join(".notify");
    let socket = UnixDatagram::bind(&path).unwrap();
    let settings = [
        ("DISCORD_TOKEN", "a-token-of-nobody"),
        ("DISCORD_API_URL", &api_url),
        ("ARTICLES_DIR", articles.path().to_str().unwrap()),
        ("NOTIFY_SOCKET", path.to_str().unwrap()),
        ("WATCHDOG_USEC", "400000"),
    ];
    let child = program(&["run"], &settings).spawn().unwrap();
    // Longer than the bot takes from one look whether it is ready to the next.
    for _ in 0..5 {
        assert_eq!(told(&socket).await, "WATCHDOG=1\n");
    }
    assert_stop_is_told(child, &socket).await;
}
