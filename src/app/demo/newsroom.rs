//! The feeds of the demo: three providers on loopback that report the same stories, one after the other.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use article_format::source_list::{FeedRules, Origin, Source, SourceList};
use axum::Router;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use jiff::{SignedDuration, Timestamp};
use tokio::net::TcpListener;
use url::Url;

/// The time between two fetches of a feed: short, because somebody watches.
const EVERY: Duration = Duration::from_secs(2);

/// The quality of the articles: over the bar of the demo's feed.
const QUALITY: u8 = 75;

/// The age of the story that the feeds have at the start.
const HISTORY_AGE: SignedDuration = SignedDuration::from_hours(26);

/// Part of addresses and name. Browsers look names below `localhost` up on this machine.
const PROVIDERS: [(&str, &str); 3] =
    [("harbour-wire", "Harbour Wire"), ("northern-post", "Northern Post"), ("field-notes", "Field Notes")];

/// Title and excerpt, without a character that has a meaning in XML. The first story is history.
const STORIES: [(&str, &str); 5] = [
    (
        "The lighthouse on Gull Island becomes a museum of storms",
        "Visitors can read the log of each keeper since 1874, and hear the fog horn at noon.",
    ),
    (
        "The night ferry between the islands sails again after ten years",
        "The first crossing was sold out within an hour. The ship carries sixty bicycles and no cars.",
    ),
    (
        "Divers find a forgotten telegraph cable off the northern coast",
        "The cable lay under three metres of sand. A museum wants to send one more message through it.",
    ),
    (
        "The city library lends telescopes, and the waiting list is long",
        "Forty telescopes go from hand to hand, each with a star map that readers complete.",
    ),
    (
        "Volunteers plant a forest of small trees around the old harbour",
        "The trees hold the sand of the dunes, and the path along the water is open again.",
    ),
];

/// An entry of a feed: the indexes of its provider and its story.
#[derive(Debug, Clone, Copy)]
struct Report {
    provider: usize,
    story: usize,
    at: Timestamp,
}

/// The running feeds. Their server ends with the program.
#[derive(Clone)]
pub(super) struct Newsroom {
    address: SocketAddr,
    reports: Arc<Mutex<Vec<Report>>>,
    /// Before that, the feeds serve only the first story.
    is_news: Arc<AtomicBool>,
}

impl Newsroom {
    /// Serves the feeds on a free port. All three report the first story already.
    ///
    /// # Errors
    /// No port is free.
    pub(super) async fn open() -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let address = listener.local_addr()?;
        let at = Timestamp::now() - HISTORY_AGE;
        let history = (0..PROVIDERS.len()).map(|provider| Report { provider, story: 0, at });
        let (reports, is_news) = (Arc::new(Mutex::new(history.collect())), Arc::default());
        let newsroom = Self { address, reports, is_news };
        let router = Router::new()
            .route("/feeds/{provider}", get(feed))
            .route("/stories/{number}", get(story))
            .with_state(newsroom.clone());
        tokio::spawn(axum::serve(listener, router).into_future());
        Ok(newsroom)
    }

    /// The list of sources that has these feeds.
    pub(super) fn sources(&self) -> SourceList {
        let source = |(part, _): &(&str, &str)| {
            let address = Url::parse(&format!("http://{}/feeds/{part}", self.address)).ok()?;
            let rules = FeedRules { topics: ["Islands".into()].into(), quality: QUALITY, is_private: true };
            Some(Source { name: (*part).into(), origin: Origin::Feed { address, rules }, every: EVERY })
        };
        SourceList { keep_days: None, sources: PROVIDERS.iter().filter_map(source).collect() }
    }

    /// The bot has recorded the existing articles: further entries are news for it.
    pub(super) fn begin(&self) {
        self.is_news.store(true, Ordering::Relaxed);
    }

    /// Adds the next entry: each story comes in all feeds, one after the other, and then the next story. Says what comes.
    pub(super) fn publish(&self) -> String {
        let mut reports = self.reports.lock().unwrap_or_else(PoisonError::into_inner);
        let (story, turn) = (reports.len() / PROVIDERS.len(), reports.len() % PROVIDERS.len());
        // Each story begins with another provider.
        let provider = (story + turn) % PROVIDERS.len();
        let (Some((_, name)), Some((title, _))) = (PROVIDERS.get(provider), STORIES.get(story)) else {
            return "All entries are published. Start the demo again to see them once more.".to_owned();
        };
        reports.push(Report { provider, story, at: Timestamp::now() });
        let follows = match turn {
            _ if !self.is_news.load(Ordering::Relaxed) => {
                "The bot still reads the first articles. It gets this entry a few seconds later."
            }
            0 => "The bot writes a file and posts the story in #news.",
            _ => "The bot writes a file. The post stays one, and its card names the other providers.",
        };
        format!("{name} reports: “{title}”. {follows}")
    }
}

/// `GET /feeds/{provider}`: the feed of a provider, newest first, as Atom.
async fn feed(State(newsroom): State<Newsroom>, Path(part): Path<String>) -> Response {
    let Some(provider) = PROVIDERS.iter().position(|(known, _)| *known == part) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let reports = newsroom.reports.lock().unwrap_or_else(PoisonError::into_inner).clone();
    let is_news = newsroom.is_news.load(Ordering::Relaxed);
    let shown = |report: &&Report| report.provider == provider && (is_news || report.story == 0);
    let entries = reports.iter().rev().filter(shown);
    let entries: String = entries.filter_map(|report| entry(newsroom.address, *report)).collect();
    let feed = format!("<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>Demo</title>{entries}</feed>");
    ([(header::CONTENT_TYPE, "application/atom+xml; charset=utf-8")], feed).into_response()
}

fn entry(address: SocketAddr, Report { provider, story, at }: Report) -> Option<String> {
    let (part, name) = PROVIDERS.get(provider)?;
    let (title, excerpt) = STORIES.get(story)?;
    let site = format!("http://{part}.localhost:{}", address.port());
    Some(format!(
        "<entry><id>{part}-{story}</id><title>{title}</title><summary>{excerpt}</summary>\
         <link href=\"{site}/stories/{story}\"/><published>{at}</published><updated>{at}</updated>\
         <source><title>{name}</title><link href=\"{site}/\"/></source></entry>"
    ))
}

/// `GET /stories/{number}`: where the links of the cards lead.
async fn story(Path(number): Path<usize>) -> Response {
    let Some((title, excerpt)) = STORIES.get(number) else { return StatusCode::NOT_FOUND.into_response() };
    let page = format!(
        "<!doctype html><meta charset=\"utf-8\"><title>{title}</title><h1>{title}</h1><p>{excerpt}</p>\
         <p>The demo of heatwire made this story up.</p>"
    );
    Html(page).into_response()
}
