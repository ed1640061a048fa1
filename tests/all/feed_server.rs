//! A server of web feeds on loopback.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

use jiff::Timestamp;

/// The answers of a feed server, by path.
type Pages = Arc<Mutex<Vec<(String, String)>>>;

/// A server of feeds. It lives as long as the test.
pub(crate) struct FeedServer {
    pub(crate) address: String,
    pages: Pages,
}

impl FeedServer {
    pub(crate) fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let pages = Pages::default();
        let served = Arc::clone(&pages);
        std::thread::spawn(move || {
            for connection in listener.incoming().flatten() {
                answer(connection, &served);
            }
        });
        Self { address, pages }
    }

    /// Serves a feed with these titles, which came out now. Their links lead to this host.
    pub(crate) fn serve(&self, path: &str, host: &str, titles: &[&str]) {
        let now = Timestamp::now();
        let item = |title: &&str| {
            let slug = title.replace(' ', "-");
            format!(
                "<item><title>{title}</title><link>https://{host}/{slug}</link><pubDate>{now}</pubDate></item>"
            )
        };
        let items: String = titles.iter().map(item).collect();
        let feed = format!("<rss version='2.0'><channel><title>Wire</title>{items}</channel></rss>");
        self.serve_page(path, feed);
    }

    /// Serves a document.
    pub(crate) fn serve_page(&self, path: &str, page: String) {
        let mut pages = self.pages.lock().unwrap();
        pages.retain(|(known, _)| known != path);
        pages.push((path.to_owned(), page));
    }
}

fn answer(mut connection: TcpStream, pages: &Pages) {
    let mut reader = BufReader::new(connection.try_clone().unwrap());
    let mut line = String::new();
    let _is_read = reader.read_line(&mut line);
    let path = line.split(' ').nth(1).unwrap_or_default().to_owned();
    // The rest of the request says nothing that matters here.
    loop {
        let mut header = String::new();
        if reader.read_line(&mut header).unwrap_or(0) <= 2 {
            break;
        }
    }
    let page = pages.lock().unwrap().iter().find(|(known, _)| *known == path).map(|(_, page)| page.clone());
    let (status, body) = page.map_or(("404 Not Found", String::new()), |page| ("200 OK", page));
    let head = format!("HTTP/1.1 {status}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n", body.len());
    let _is_gone = connection.write_all(format!("{head}{body}").as_bytes());
}
