//! Servers of feeds that break the rules, and `heatwire fetch`: each fault is reported, and the other sources come.

use std::fs;
use std::io::Write;

use crate::feed_server::FeedServer;
use crate::sources::Scene;

const FEED: &str = "<rss version='2.0'><channel><title>Wire</title><item><title>A story</title>\
    <link>https://example.com/a</link><pubDate>Sat, 28 Nov 2026 09:00:00 GMT</pubDate></item></channel></rss>";

/// A list of private sources by name, each with the path of that name.
fn list(server: &FeedServer, names: &[&str]) -> String {
    let source =
        |name: &&str| format!("- name: {name}\n  feed: {}/{name}\n  private: true\n", server.address);
    format!("sources:\n{}", names.iter().map(source).collect::<String>())
}

/// The requests since the last question, with their headers.
fn new_requests(server: &FeedServer) -> Vec<String> {
    std::mem::take(&mut server.state.lock().unwrap().requests)
}

/// The line of a source in the output, or else all of the output.
fn line<'a>(text: &'a str, name: &str) -> &'a str {
    let begin = format!("{name}: ");
    text.lines().find_map(|line| line.strip_prefix(&*begin)).unwrap_or(text)
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

#[tokio::test]
async fn each_fault_of_a_server_is_reported_and_the_other_sources_come() {
    let server = FeedServer::start();
    let gzipped = [("Content-Encoding", "gzip")];
    server.serve_page("/good", FEED.to_owned());
    server.serve_answer("/packed", "200 OK", &gzipped, gzip(FEED.as_bytes()));
    server.serve_answer("/bomb", "200 OK", &gzipped, gzip(&vec![b' '; 6 << 20]));
    server.serve_answer("/broken", "500 Internal Server Error", &[], "");
    server.serve_answer("/busy", "429 Too Many Requests", &[("Retry-After", "3600")], "");
    server.serve_answer("/down", "503 Service Unavailable", &[("Retry-After", "3600")], "");
    server.serve_answer("/gone", "410 Gone", &[], "");
    server.serve_answer("/round", "302 Found", &[("Location", "/round")], "");
    server.serve_answer("/outside", "302 Found", &[("Location", "file:///etc/passwd")], "");
    server.serve_page("/page", "<!DOCTYPE html><html><body>No feed here</body></html>".to_owned());
    server.serve_page("/empty", String::new());
    server.serve_bytes("/half", b"HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\n<rss>".to_vec());
    server.serve_bytes("/noise", b"\0\x01no web server".to_vec());
    server.serve_bytes("/silent", Vec::new());
    let faults = [
        ("bomb", "the document has more than 5 MiB after decompression"),
        ("broken", "the server answers with the status 500 Internal Server Error"),
        ("busy", "the server asks to wait until"),
        ("down", "the server asks to wait until"),
        ("gone", "the server says that the feed is gone for good (410)"),
        ("round", "the server redirects more than 5 times"),
        ("outside", "the server redirects to an address that is no web address"),
        ("page", ""),
        ("empty", ""),
        ("half", ""),
        ("noise", ""),
        ("silent", ""),
    ];
    let names: Vec<&str> =
        ["good", "packed"].into_iter().chain(faults.iter().map(|(name, _)| *name)).collect();
    let scene = Scene::new(&list(&server, &names));
    let (code, text) = scene.run(&["fetch"]).await;
    assert_eq!(code, Some(1), "{text}");
    for (name, reason) in faults {
        let found = line(&text, name);
        assert!(found.starts_with(&format!("not fetched: {reason}")), "{name}: {found}");
        assert!(scene.files(name).is_empty(), "{name}");
    }
    assert_eq!((scene.files("good").len(), scene.files("packed").len()), (1, 1));
    assert!(
        text.contains(&format!("{} of {} sources were not fetched.", faults.len(), names.len())),
        "{text}"
    );
    // A source whose server recovers goes on with the next fetch.
    for (name, _) in faults {
        server.serve_page(&format!("/{name}"), FEED.to_owned());
    }
    let (code, text) = scene.run(&["fetch"]).await;
    assert_eq!(code, Some(0), "{text}");
    assert!(faults.iter().all(|(name, _)| scene.files(name).len() == 1), "{text}");
    let (code, text) = scene.run(&["check", "--strict"]).await;
    assert_eq!(code, Some(0), "{text}");
}

#[tokio::test]
async fn conditions_and_moves_are_remembered_from_one_run_to_the_next() {
    let server = FeedServer::start();
    let validators = [("ETag", "\"1\""), ("Last-Modified", "Sat, 28 Nov 2026 09:00:00 GMT")];
    server.serve_answer("/new", "200 OK", &validators, FEED);
    server.serve_answer("/old", "301 Moved Permanently", &[("Location", "/new")], "");
    let scene = Scene::new(&list(&server, &["old"]));
    let (code, text) = scene.run(&["fetch"]).await;
    assert_eq!(code, Some(0), "{text}");
    let requests = new_requests(&server);
    assert!(requests.len() == 2 && requests[0].contains("user-agent: heatwire/"), "{requests:?}");
    server.serve_answer("/new", "304 Not Modified", &[], "");
    let (code, text) = scene.run(&["fetch"]).await;
    assert!(code == Some(0) && text.contains("old: 0 written, 0 deleted, 1 files"), "{text}");
    let requests = new_requests(&server);
    let [request] = &*requests else { panic!("{requests:?}") };
    assert!(request.starts_with("GET /new ") && request.contains("if-none-match: \"1\""), "{request}");
    assert!(request.contains("if-modified-since: Sat, 28 Nov 2026 09:00:00 GMT"), "{request}");
}

#[tokio::test]
async fn no_redirect_leads_into_a_private_network() {
    let server = FeedServer::start();
    server.serve_page("/secret", FEED.to_owned());
    let address = |host: &str| server.address.replace("127.0.0.1", host);
    let hosts = ["127.0.0.1", "localhost", "[::ffff:127.0.0.1]", "0x7f.1", "2130706433"];
    let mut list = "sources:\n".to_owned();
    for (number, host) in hosts.iter().enumerate() {
        list += &format!("- name: s{number}\n  feed: {}/secret\n", address(host));
    }
    let scene = Scene::new(&list);
    let (code, text) = scene.run(&["fetch"]).await;
    assert_eq!(code, Some(1), "{text}");
    for number in 0..hosts.len() {
        let found = line(&text, &format!("s{number}"));
        assert!(found.contains("is in a private network"), "{found}");
    }
    assert!(new_requests(&server).is_empty());
}

#[tokio::test]
async fn what_a_person_changed_or_deleted_stays_so() {
    let server = FeedServer::start();
    server.serve("/wire", "example.com", &["First story", "Second story"]);
    let scene = Scene::new(&list(&server, &["wire"]));
    scene.run(&["fetch"]).await;
    let [first, second] = <[String; 2]>::try_from(scene.files("wire")).unwrap();
    let path = |name: &str| scene.path("articles/wire").join(name);
    let mine = fs::read_to_string(path(&first)).unwrap().replace("First story", "By a person");
    fs::write(path(&first), &mine).unwrap();
    fs::remove_file(path(&second)).unwrap();
    for is_memory_lost in [false, true] {
        if is_memory_lost {
            fs::remove_dir_all(scene.path("articles/.heatwire")).unwrap();
        }
        server.serve("/wire", "example.com", &["First story", "Second story", "Third story"]);
        let (code, text) = scene.run(&["fetch"]).await;
        assert_eq!(code, Some(0), "{text}");
        // Without its memory, fetching knows no deletion any more (the contract).
        assert_eq!(scene.files("wire").len(), if is_memory_lost { 3 } else { 2 }, "{text}");
        assert_eq!(fs::read_to_string(path(&first)).unwrap(), mine);
    }
}
