//! Feeds of several kinds, made up: the same in every run.

/// The kinds that both programs read.
pub(crate) const KINDS: [Kind; 4] = [Kind::Rss, Kind::Atom, Kind::Rdf, Kind::Broken];

/// A kind of feed.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Kind {
    /// RSS 2.0 with short descriptions.
    Rss,
    /// Atom with whole articles in HTML.
    Atom,
    /// RSS 1.0.
    Rdf,
    /// RSS 2.0 with bare `&` and entities of HTML.
    Broken,
}

const WORDS: [&str; 24] = [
    "harbour", "signal", "paper", "garden", "engine", "winter", "bridge", "letter", "museum", "planet",
    "river", "market", "window", "forest", "copper", "island", "number", "thunder", "lantern", "village",
    "camera", "pepper", "violin", "meadow",
];

/// A text of so many words, another one for each number.
fn text(number: usize, words: usize) -> String {
    let word = |at: usize| WORDS[(number * 7 + at * 5 + number / 24 + at * at) % WORDS.len()];
    (0..words).map(word).collect::<Vec<_>>().join(" ")
}

/// A feed with so many entries.
pub(crate) fn feed(kind: Kind, number: usize, entries: usize) -> String {
    let mut items = String::new();
    for entry in 0..entries {
        items.push_str(&item(kind, number * entries + entry));
    }
    match kind {
        Kind::Rss | Kind::Broken => format!(
            "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<rss version=\"2.0\"><channel><title>Feed {number}</title>\
             <link>https://feed{number}.example/</link><description>Made up</description>{items}</channel></rss>"
        ),
        Kind::Atom => format!(
            "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>Feed {number}\
             </title><id>https://feed{number}.example/</id><updated>2026-11-28T07:00:00Z</updated>{items}</feed>"
        ),
        Kind::Rdf => format!(
            "<?xml version=\"1.0\"?>\n<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\" \
             xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns=\"http://purl.org/rss/1.0/\">\
             <channel rdf:about=\"https://feed{number}.example/\"><title>Feed {number}</title></channel>{items}</rdf:RDF>"
        ),
    }
}

fn item(kind: Kind, number: usize) -> String {
    let (title, link) = (text(number, 8), format!("https://feed.example/{number}"));
    let (day, minute) = (number % 28 + 1, number % 60);
    match kind {
        Kind::Rss => format!(
            "<item><title>{title} {number}</title><link>{link}</link><guid>{link}</guid>\
             <pubDate>{day:02} Nov 2026 07:{minute:02}:00 GMT</pubDate><category>{}</category>\
             <description>{} &lt;b&gt;{}&lt;/b&gt;</description></item>",
            text(number, 1),
            text(number + 1, 40),
            text(number + 2, 3)
        ),
        Kind::Atom => format!(
            "<entry><title>{title} {number}</title><id>{link}</id><link href=\"{link}\"/><author><name>A. Writer</name></author>\
             <published>2026-11-{day:02}T07:{minute:02}:00Z</published><updated>2026-11-{day:02}T08:{minute:02}:00Z</updated>\
             <content type=\"html\">&lt;p&gt;{}&lt;/p&gt;&lt;p&gt;&lt;img src=\"{link}.png\"&gt;&lt;a href=\"{link}\"&gt;{}&lt;/a&gt;\
             &lt;/p&gt;&lt;p&gt;{}&lt;/p&gt;</content></entry>",
            text(number, 120),
            text(number + 1, 4),
            text(number + 2, 120)
        ),
        Kind::Rdf => format!(
            "<item rdf:about=\"{link}\"><title>{title} {number}</title><link>{link}</link>\
             <dc:date>2026-11-{day:02}T07:{minute:02}:00+01:00</dc:date><description>{}</description></item>",
            text(number, 30)
        ),
        Kind::Broken => format!(
            "<item><title>{title} &mdash; Q&A {number}</title><link>{link}?a=1&b=2</link>\
             <pubDate>Sat, {day:02} Nov 2026 07:{minute:02}:00 +0100</pubDate>\
             <description>{} & caf&eacute;&nbsp;{}</description></item>",
            text(number, 20),
            text(number + 1, 20)
        ),
    }
}
