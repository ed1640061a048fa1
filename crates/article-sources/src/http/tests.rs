use std::io::Write;
use std::net::Ipv4Addr;

use super::*;
use crate::tests::server::{Answer, Server};

const AGENT: &str = "tester/1 (+https://tester.example)";

const NOW: Timestamp = Timestamp::UNIX_EPOCH;

/// A client for which one loopback address stands for the public internet.
fn client() -> HttpClient {
    HttpClient::with(AGENT, |address| address == Ipv4Addr::LOCALHOST, TIME_MAX).unwrap()
}

async fn get(server: &Server, path: &str) -> Result<Fetched, HttpError> {
    client().get(&server.url(path), &Validators::default(), false, NOW).await
}

#[track_caller]
fn document(fetched: Result<Fetched, HttpError>) -> Document {
    match fetched {
        Ok(Fetched::Document(document)) => document,
        other => panic!("{other:?}"),
    }
}

#[track_caller]
fn reason(fetched: Result<Fetched, HttpError>) -> String {
    fetched.unwrap_err().to_string()
}

#[tokio::test]
async fn a_document_comes_with_what_the_next_request_needs() {
    let server = Server::start().await;
    let headers = [
        ("ETag", "W/\"a\""),
        ("Last-Modified", "Sat, 28 Nov 2026 10:00:00 GMT"),
        ("Cache-Control", "public, max-age=600"),
        ("Content-Type", "application/rss+xml; charset=utf-8"),
        ("Set-Cookie", "a=b"),
    ];
    server.plan("/feed", Answer::new("200 OK", &headers, "<rss/>"));
    let client = client();
    let first = document(client.get(&server.url("/feed"), &Validators::default(), false, NOW).await);
    assert_eq!(first.bytes, b"<rss/>");
    assert_eq!(first.content_type.as_deref(), Some("application/rss+xml; charset=utf-8"));
    assert_eq!((first.max_age, first.moved_to), (Some(Duration::from_secs(600)), None));
    let request = server.take_requests().concat().to_lowercase();
    assert!(request.contains("user-agent: tester/1 (+https://tester.example)"), "{request}");
    assert!(request.contains("accept-encoding: gzip,br"), "{request}");
    server.plan("/feed", Answer::new("304 Not Modified", &[], ""));
    // The planned answers are given one after the other: the document once more, then the status.
    document(client.get(&server.url("/feed"), &first.validators, false, NOW).await);
    let second = client.get(&server.url("/feed"), &first.validators, false, NOW).await;
    assert_eq!(second.unwrap(), Fetched::NotModified { max_age: None, moved_to: None });
    let request = server.take_requests().concat().to_lowercase();
    assert!(request.contains("if-none-match: w/\"a\""), "{request}");
    assert!(request.contains("if-modified-since: sat, 28 nov 2026 10:00:00 gmt"), "{request}");
    assert!(!request.contains("cookie"), "{request}");
    // Nobody asked for a condition.
    server.plan("/other", Answer::new("304 Not Modified", &[], ""));
    assert_eq!(reason(get(&server, "/other").await), "the server answers with the status 304 Not Modified");
}

#[tokio::test]
async fn only_a_permanent_redirect_is_remembered() {
    let server = Server::start().await;
    let to = |status: &str, location: &str| Answer::new(status, &[("Location", location)], "");
    server.plan("/301", to("301 Moved Permanently", "/308"));
    server.plan("/308", to("308 Permanent Redirect", server.url("/302").as_str()));
    server.plan("/302", to("302 Found", "/301-behind-302"));
    server.plan("/301-behind-302", to("301 Moved Permanently", "feed"));
    server.plan("/feed", Answer::ok("feed"));
    for (path, moved_to) in [("/301", Some("/302")), ("/308", Some("/302")), ("/302", None), ("/feed", None)]
    {
        let found = document(get(&server, path).await);
        assert_eq!(found.moved_to, moved_to.map(|path| server.url(path)), "{path}");
        assert_eq!(found.address, server.url("/feed"));
    }
}

#[tokio::test]
async fn redirects_are_bounded_and_lead_to_web_addresses_only() {
    let server = Server::start().await;
    let to = |location: &str| Answer::new("302 Found", &[("Location", location)], "");
    server.plan("/loop", to("/loop"));
    assert_eq!(reason(get(&server, "/loop").await), "the server redirects more than 5 times");
    assert_eq!(server.take_requests().len(), 6);
    for location in ["file:///etc/passwd", "ftp://example.com/", "http://", "http://ada:pw@127.0.0.1/"] {
        let path = format!("/{}", location.len());
        server.plan(&path, to(location));
        let expected = "the server redirects to an address that is no web address";
        assert_eq!(reason(get(&server, &path).await), expected, "{location}");
    }
    server.plan("/without", Answer::new("302 Found", &[], ""));
    assert!(matches!(get(&server, "/without").await, Err(HttpError::NoWebAddress)));
}

#[tokio::test]
async fn private_addresses_are_refused_also_behind_a_redirect_and_a_name() {
    let server = Server::start().await;
    let private = Server::start_on("127.0.0.2:0").await;
    private.plan("/", Answer::ok("secret"));
    server.plan("/", Answer::new("302 Found", &[("Location", private.url("/").as_str())], ""));
    let expected = "127.0.0.2 is in a private network; if this is intended, write private: true for the source in sources.yaml";
    assert_eq!(reason(get(&server, "/").await), expected);
    let real = HttpClient::new(AGENT).unwrap();
    for host in ["127.0.0.1", "localhost", "[::1]", "2130706433", "0x7f.1", "[::ffff:127.0.0.1]", "0"] {
        let address = Url::parse(&format!("http://{host}:{}/", private.url("/").port().unwrap())).unwrap();
        let found = real.get(&address, &Validators::default(), false, NOW).await;
        assert!(matches!(found, Err(HttpError::Private { .. })), "{host}: {found:?}");
    }
    assert!(private.take_requests().is_empty());
    let allowed = real.get(&private.url("/"), &Validators::default(), true, NOW).await;
    assert_eq!(document(allowed).bytes, b"secret");
}

#[tokio::test]
async fn a_server_that_asks_to_wait_is_obeyed_for_at_most_a_day() {
    let server = Server::start().await;
    let wait = |status: &str, after: &str| Answer::new(status, &[("Retry-After", after)], "");
    for (number, (answer, seconds)) in [
        (wait("429 Too Many Requests", "120"), 120),
        (wait("503 Service Unavailable", "Thu, 01 Jan 1970 00:10:00 GMT"), 600),
        (wait("429 Too Many Requests", "99999999999999"), 86_400),
        (wait("503 Service Unavailable", "Thu, 01 Jan 2099 00:10:00 GMT"), 86_400),
        (wait("503 Service Unavailable", "Wed, 31 Dec 1969 00:00:00 GMT"), 0),
    ]
    .into_iter()
    .enumerate()
    {
        let path = format!("/{number}");
        server.plan(&path, answer);
        let expected = Timestamp::from_second(seconds).unwrap();
        assert_eq!(get(&server, &path).await.unwrap(), Fetched::Wait(expected), "{number}");
    }
    server.plan("/without", Answer::new("503 Service Unavailable", &[], ""));
    server.plan("/odd", wait("429 Too Many Requests", "soon"));
    assert!(matches!(get(&server, "/without").await, Err(HttpError::Status(_))));
    assert!(matches!(get(&server, "/odd").await, Err(HttpError::Status(_))));
}

#[tokio::test]
async fn other_answers_are_typed_reasons() {
    let server = Server::start().await;
    server.plan("/gone", Answer::new("410 Gone", &[], ""));
    assert_eq!(get(&server, "/gone").await.unwrap(), Fetched::Gone);
    assert_eq!(reason(get(&server, "/missing").await), "the server answers with the status 404 Not Found");
    let truncated = b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n<rss>".to_vec();
    server.plan("/truncated", Answer::Raw(truncated));
    assert!(matches!(get(&server, "/truncated").await, Err(HttpError::Body(_))));
    server.plan("/garbage", Answer::Raw(b"I am no web server\r\n\r\n".to_vec()));
    assert!(matches!(get(&server, "/garbage").await, Err(HttpError::Connection(_))));
    server.plan("/nothing", Answer::Raw(Vec::new()));
    assert!(matches!(get(&server, "/nothing").await, Err(HttpError::Connection(_))));
    let closed = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let address = Url::parse(&format!("http://{closed}/")).unwrap();
    let refused = client().get(&address, &Validators::default(), false, NOW).await;
    assert!(reason(refused).starts_with("no connection to the server: "));
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn brotli(bytes: &[u8]) -> Vec<u8> {
    let mut compressed = Vec::new();
    brotli::CompressorWriter::new(&mut compressed, 4096, 5, 22).write_all(bytes).unwrap();
    compressed
}

#[tokio::test]
async fn compressed_bodies_are_read_and_bombs_are_not() {
    let server = Server::start().await;
    for encoding in ["gzip", "br"] {
        let compress = |bytes: &[u8]| if encoding == "br" { brotli(bytes) } else { gzip(bytes) };
        let answer = |bytes: &[u8]| Answer::new("200 OK", &[("Content-Encoding", encoding)], compress(bytes));
        let (good, full, bomb) =
            (format!("/{encoding}"), format!("/{encoding}/5"), format!("/{encoding}/bomb"));
        server.plan(&good, answer(b"<rss/>"));
        assert_eq!(document(get(&server, &good).await).bytes, b"<rss/>");
        server.plan(&full, answer(&vec![b' '; BODY_BYTES_MAX]));
        assert_eq!(document(get(&server, &full).await).bytes.len(), BODY_BYTES_MAX);
        server.plan(&bomb, answer(&vec![b' '; BODY_BYTES_MAX + 1]));
        let expected = "the document has more than 5 MiB after decompression";
        assert_eq!(reason(get(&server, &bomb).await), expected, "{encoding}");
        let mut damaged = compress(b"<rss>some text</rss>");
        let half = damaged.len() / 2;
        damaged.truncate(half);
        let path = format!("/{encoding}/damaged");
        server.plan(&path, Answer::new("200 OK", &[("Content-Encoding", encoding)], damaged));
        assert!(matches!(get(&server, &path).await, Err(HttpError::Body(_))), "{encoding}");
    }
}

#[tokio::test]
async fn endless_and_silent_servers_are_left() {
    let server = Server::start().await;
    let head = "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n".to_owned();
    server.plan("/endless", Answer::Endless { head, unit: vec![b' '; 1 << 16] });
    assert!(matches!(get(&server, "/endless").await, Err(HttpError::TooLarge)));
    server.plan("/silent", Answer::Silence);
    let hasty = HttpClient::with(AGENT, |_| true, Duration::from_millis(50)).unwrap();
    let found = hasty.get(&server.url("/silent"), &Validators::default(), false, NOW).await;
    assert_eq!(reason(found), "the server did not answer within 30 seconds");
}
