//! A server of web feeds on loopback.

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

use jiff::Timestamp;

/// What a feed server has.
#[derive(Default)]
pub(crate) struct State {
    /// Whole answers, by path.
    answers: HashMap<String, Vec<u8>>,
    /// When each title came out, by path and title.
    came_out: HashMap<String, Timestamp>,
    /// The requests so far, with their headers.
    pub(crate) requests: Vec<String>,
}

/// A server of feeds. It lives as long as the test.
pub(crate) struct FeedServer {
    pub(crate) address: String,
    pub(crate) state: Arc<Mutex<State>>,
}

impl FeedServer {
    pub(crate) fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let state = Arc::<Mutex<State>>::default();
        let served = Arc::clone(&state);
        std::thread::spawn(move || {
            for connection in listener.incoming().flatten() {
                answer(connection, &served);
            }
        });
        Self { address, state }
    }

    /// Serves a feed with these titles. A title came out when it was first served. The links lead to this host.
    pub(crate) fn serve(&self, path: &str, host: &str, titles: &[&str]) {
        let now = Timestamp::now();
        let item = |title: &&str| {
            let slug = title.replace(' ', "-");
            let came_out =
                *self.state.lock().unwrap().came_out.entry(format!("{path} {title}")).or_insert(now);
            format!(
                "<item><title>{title}</title><link>https://{host}/{slug}</link><pubDate>{came_out}</pubDate></item>"
            )
        };
        let items: String = titles.iter().map(item).collect();
        let feed = format!("<rss version='2.0'><channel><title>Wire</title>{items}</channel></rss>");
        self.serve_page(path, feed);
    }

    /// Serves a document.
    pub(crate) fn serve_page(&self, path: &str, page: String) {
        self.serve_answer(path, "200 OK", &[], page);
    }

    /// Serves an answer with this status and these headers.
    pub(crate) fn serve_answer(
        &self,
        path: &str,
        status: &str,
        headers: &[(&str, &str)],
        body: impl AsRef<[u8]>,
    ) {
        let body = body.as_ref();
        let headers: String = headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
        let length = body.len();
        let head =
            format!("HTTP/1.1 {status}\r\n{headers}Content-Length: {length}\r\nConnection: close\r\n\r\n");
        self.serve_bytes(path, [head.as_bytes(), body].concat());
    }

    /// Serves bytes, whatever they are, and closes the connection.
    pub(crate) fn serve_bytes(&self, path: &str, bytes: Vec<u8>) {
        self.state.lock().unwrap().answers.insert(path.to_owned(), bytes);
    }
}

fn answer(mut connection: TcpStream, state: &Mutex<State>) {
    let mut reader = BufReader::new(connection.try_clone().unwrap());
    let mut request = String::new();
    while reader.read_line(&mut request).unwrap_or(0) > 2 {}
    let path = request.split(' ').nth(1).unwrap_or_default().to_owned();
    let answer = {
        let mut state = state.lock().unwrap();
        state.requests.push(request);
        state.answers.get(&path).cloned()
    };
    let missing = || b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".to_vec();
    let _is_gone = connection.write_all(&answer.unwrap_or_else(missing));
}
