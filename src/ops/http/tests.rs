//! The server on loopback: what it answers, and its bounds.

use std::net::Ipv4Addr;

use tokio::io::{AsyncReadExt, AsyncWriteExt};

use super::*;

struct Fixed(Option<&'static str>);

impl Fixed {
    fn checks(&self) -> Vec<Check> {
        vec![Check { name: "gateway", fault: self.0.map(str::to_owned) }]
    }
}

impl Probe for Fixed {
    fn health(&self) -> Vec<Check> {
        self.checks()
    }

    fn readiness(&self) -> BoxFuture<'_, Vec<Check>> {
        Box::pin(async { self.checks() })
    }

    fn facts(&self) -> BoxFuture<'_, metrics::Facts> {
        Box::pin(async { metrics::Facts::default() })
    }
}

async fn served(fault: Option<&'static str>) -> SocketAddr {
    let listener = bind((Ipv4Addr::LOCALHOST, 0).into()).await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(serve(listener, Arc::new(Fixed(fault))));
    address
}

async fn asked(address: SocketAddr, request: &str) -> String {
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    answer
}

fn get_of(path: &str) -> String {
    format!("GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n")
}

#[tokio::test]
async fn each_path_answers_and_no_other_does() {
    let address = served(None).await;
    for path in ["/healthz", "/readyz"] {
        let answer = asked(address, &get_of(path)).await;
        assert!(answer.starts_with("HTTP/1.1 200") && answer.ends_with("gateway: ok\n"), "{answer}");
    }
    let answer = asked(address, &get_of("/metrics")).await;
    assert!(
        answer.contains("text/plain; version=0.0.4") && answer.contains("heatwire_build_info{"),
        "{answer}"
    );
    assert!(asked(address, &get_of("/")).await.starts_with("HTTP/1.1 404"));
    let posted = "POST /healthz HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\nhello";
    assert!(asked(address, posted).await.starts_with("HTTP/1.1 405"));
}

#[tokio::test]
async fn a_fault_is_a_503_with_its_words() {
    let address = served(Some("no session")).await;
    for path in ["/healthz", "/readyz"] {
        let answer = asked(address, &get_of(path)).await;
        assert!(answer.starts_with("HTTP/1.1 503") && answer.ends_with("gateway: no session\n"), "{answer}");
    }
}

#[tokio::test]
async fn a_port_that_is_taken_is_an_error_in_words() {
    let address = served(None).await;
    let words = bind(address).await.unwrap_err().to_string();
    assert!(words.contains("another program uses") && words.contains(&address.to_string()), "{words}");
}

#[tokio::test(start_paused = true)]
async fn connections_that_say_nothing_end_and_let_others_in() {
    let address = served(None).await;
    let mut silent = Vec::new();
    for _ in 0..2 * CONNECTIONS_MAX {
        silent.push(TcpStream::connect(address).await.unwrap());
    }
    let answer = asked(address, &get_of("/healthz")).await;
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
}

#[tokio::test]
async fn a_head_without_end_is_refused() {
    let address = served(None).await;
    let mut stream = TcpStream::connect(address).await.unwrap();
    let head = format!("GET /healthz HTTP/1.1\r\nHost: localhost\r\nX: {}", "x".repeat(4 * HEAD_BYTES_MAX));
    // The server may have closed the connection before all is written.
    let _is_closed = stream.write_all(head.as_bytes()).await;
    let mut answer = Vec::new();
    let _is_closed = stream.read_to_end(&mut answer).await;
    assert!(!String::from_utf8_lossy(&answer).starts_with("HTTP/1.1 200"));
}
