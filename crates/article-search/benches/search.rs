//! Search among 20,000 and 100,000 articles beside SQLite FTS5 (bm25), the same queries in one run:
//! `cargo bench --locked -p article-search`. The texts are made of words whose frequencies fall as those of a language do.

#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a bench that cannot go on shall say why, and it prints its ratios"
)]

use std::fmt::Write;
use std::hint::black_box;
use std::time::{Duration, Instant};

use article_format::{Article, ArticleId};
use article_search::{Document, Indexer, Query, Snapshot};
use sqlx::{Connection, SqliteConnection};

const SIZES: [usize; 2] = [20_000, 100_000];
const QUERIES: usize = 500;
/// Of the times of one query, the shortest counts: in the others, another program had the processor for a while.
const ROUNDS: usize = 5;
const VOCABULARY: usize = 40_000;
const CHANGES: usize = 100;
/// The limit of a query among the smaller number of articles.
const QUERY_MAX: Duration = Duration::from_millis(2);

/// A generator of numbers, the same in every run (xorshift).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).expect("31 bits") % bound
    }

    /// A word: low numbers are frequent.
    fn word(&mut self) -> String {
        let bound = self.below(VOCABULARY) + 1;
        word(self.below(bound) * self.below(bound) / bound)
    }

    fn words(&mut self, count: usize) -> String {
        (0..count).map(|_| self.word()).collect::<Vec<_>>().join(" ")
    }
}

/// The word with this number: two to four syllables.
fn word(number: usize) -> String {
    const SYLLABLES: [&str; 24] = [
        "ba", "con", "der", "el", "fi", "gra", "hu", "in", "jo", "ker", "lo", "men", "nor", "op", "pre",
        "qui", "ra", "ser", "ti", "un", "ver", "wo", "xe", "zu",
    ];
    let mut rest = number + SYLLABLES.len();
    let mut word = String::new();
    while rest > 0 {
        word.push_str(SYLLABLES[rest % SYLLABLES.len()]);
        rest /= SYLLABLES.len();
    }
    word
}

fn files(count: usize) -> Vec<String> {
    let mut numbers = Numbers(0x9e37_79b9_7f4a_7c15);
    let file = |number: usize| {
        let (title, excerpt) = (numbers.words(9), numbers.words(40));
        let mut file = format!(
            "---\ntitle: {title}\nexcerpt: {excerpt}\nwebUrl: https://example.com/{number}\nheat: {number}\n"
        );
        let _written = write!(
            file,
            "provider:\n  name: Source {}\ntopics:\n  - {}\n---\n",
            number % 300,
            word(number % 200)
        );
        file
    };
    (0..count).map(file).collect()
}

fn load(files: &[String]) -> Vec<Article> {
    let parse = |(number, file): (usize, &String)| {
        article_format::parse(ArticleId::new(format!("news/{number}")), "a.md", file.as_bytes())
            .expect("a good file")
    };
    files.iter().enumerate().map(parse).collect()
}

fn document(article: &Article) -> Document<'_> {
    Document {
        key: article.id.hash64(),
        title: &article.title,
        excerpt: article.excerpt.as_deref().unwrap_or_default(),
        topics: &article.topics,
        provider: article.provider.as_ref().map_or("", |provider| &provider.name),
    }
}

/// A query for both: as typed, and in the language of FTS5. The last word is a beginning.
fn queries(articles: &[Article]) -> Vec<(String, String)> {
    let mut numbers = Numbers(0x2545_f491_4f6c_dd1d);
    let query = |number: usize| {
        let article = &articles[numbers.below(articles.len())];
        let words: Vec<&str> = article.title.split(' ').collect();
        let from = numbers.below(words.len() - 3);
        let mut chosen: Vec<&str> = words[from..from + 1 + number % 3].to_vec();
        if number.is_multiple_of(5) {
            let typed = chosen.join(" ");
            return (format!("\"{typed}\""), format!("\"{typed}\""));
        }
        let last = chosen.last_mut().expect("a word");
        *last = last.get(..last.len().max(5) - 1).unwrap_or(last);
        (chosen.join(" "), format!("{}*", chosen.join(" ")))
    };
    (0..QUERIES).map(query).collect()
}

async fn fts5(articles: &[Article]) -> SqliteConnection {
    let mut database = SqliteConnection::connect("sqlite::memory:").await.expect("a database");
    let create = "CREATE VIRTUAL TABLE articles USING fts5(title, excerpt, topics, provider, \
                  tokenize = 'porter unicode61 remove_diacritics 2', prefix = '2 3 4')";
    sqlx::query(create).execute(&mut database).await.expect("FTS5");
    let mut writing = database.begin().await.expect("a transaction");
    for article in articles {
        let document = document(article);
        sqlx::query("INSERT INTO articles VALUES (?, ?, ?, ?)")
            .bind(document.title)
            .bind(document.excerpt)
            .bind(article.topics.join(" "))
            .bind(document.provider)
            .execute(&mut *writing)
            .await
            .expect("a row");
    }
    writing.commit().await.expect("a commit");
    database
}

/// The median and the time that one of a hundred exceeds.
fn quantiles(mut times: Vec<Duration>) -> (Duration, Duration) {
    times.sort_unstable();
    (times[times.len() / 2], times[times.len() * 99 / 100])
}

fn time(mut work: impl FnMut()) -> Duration {
    let started = Instant::now();
    work();
    started.elapsed()
}

/// The shortest of several times.
fn shortest(mut work: impl FnMut()) -> Duration {
    (0..ROUNDS).map(|_| time(&mut work)).min().unwrap_or_default()
}

fn ours(index: &Snapshot, queries: &[(String, String)]) -> (Duration, Duration) {
    let search = |text: &str| index.search(&Query::parse(text), &|_| true).expect("an answer");
    quantiles(queries.iter().map(|(text, _)| shortest(|| drop(black_box(search(text))))).collect())
}

async fn theirs(database: &mut SqliteConnection, queries: &[(String, String)]) -> (Duration, Duration) {
    let select =
        "SELECT rowid FROM articles WHERE articles MATCH ? ORDER BY bm25(articles, 3, 1, 1.6, 1.6) LIMIT 5";
    let mut times = Vec::with_capacity(queries.len());
    for (_, text) in queries {
        let mut shortest = Duration::MAX;
        for _ in 0..ROUNDS {
            let started = Instant::now();
            let rows: Vec<(i64,)> =
                sqlx::query_as(select).bind(text).fetch_all(&mut *database).await.expect("an answer");
            black_box(rows);
            shortest = shortest.min(started.elapsed());
        }
        times.push(shortest);
    }
    quantiles(times)
}

fn titles(index: &Snapshot, queries: &[(String, String)]) -> (Duration, Duration) {
    let search = |text: &str| index.search_titles(&Query::parse(text), &|_| true).expect("an answer");
    quantiles(queries.iter().map(|(text, _)| shortest(|| drop(black_box(search(text))))).collect())
}

/// The articles that are like one of the articles, as for "More like this".
fn like(index: &Snapshot, articles: &[Article]) -> (Duration, Duration) {
    let mut numbers = Numbers(0xda3e_39cb_94b9_5bdb);
    let look = |_| {
        let at = numbers.below(articles.len());
        let document = document(&articles[at]);
        shortest(|| drop(black_box(index.like(&document, &|position| position != at).expect("an answer"))))
    };
    quantiles((0..QUERIES).map(look).collect())
}

async fn compare(size: usize) {
    let files = files(size);
    let (mut articles, mut index) = (Vec::new(), None);
    let loading = time(|| articles = load(&files));
    let mut indexer = Indexer::new().expect("an index");
    let keys = || articles.iter().map(|article| article.id.hash64());
    let building = time(|| index = indexer.apply([], articles.iter().map(document), keys()).ok());
    let index = index.expect("a snapshot");
    let bytes = indexer.bytes() / size;
    let queries = queries(&articles);
    let mut database = fts5(&articles).await;
    let _warm = (ours(&index, &queries), like(&index, &articles), theirs(&mut database, &queries).await);
    let (median, p99) = ours(&index, &queries);
    let (their_median, their_p99) = theirs(&mut database, &queries).await;
    let ratio = |one: Duration, other: Duration| one.as_secs_f64() / other.as_secs_f64();
    println!("{size} articles, {QUERIES} queries");
    println!("  search: median {median:?}, p99 {p99:?} ({:.2} of {QUERY_MAX:?})", ratio(p99, QUERY_MAX));
    println!(
        "  FTS5: median {their_median:?} ({:.1} times), p99 {their_p99:?} ({:.1} times)",
        ratio(their_median, median),
        ratio(their_p99, p99)
    );
    let (median, p99) = titles(&index, &queries);
    println!("  titles, with errors: median {median:?}, p99 {p99:?}");
    let (median, p99) = like(&index, &articles);
    println!(
        "  like: median {median:?}, p99 {p99:?} ({:.2} of {QUERY_MAX:?}, {:.2} of FTS5's p99)",
        ratio(p99, QUERY_MAX),
        ratio(p99, their_p99)
    );
    let misspelt: Vec<(String, String)> =
        queries.iter().map(|(text, fts)| (misspelt(text), fts.clone())).collect();
    let (median, p99) = ours(&index, &misspelt);
    println!("  search with an error in each word: median {median:?}, p99 {p99:?}");
    println!("  building the index: {:.2} of reading the articles from memory", ratio(building, loading));
    println!("  {bytes} bytes an article");
    let changed: Vec<&Article> = articles.iter().step_by(size / CHANGES).collect();
    let amending = time(|| {
        let gone = changed.iter().map(|article| article.id.hash64());
        let come = changed.iter().map(|article| document(article));
        black_box(indexer.apply(gone, come, keys()).expect("a snapshot"));
    });
    println!("  {CHANGES} changes: {:.3} of building the index", ratio(amending, building));
    let hostile = [
        "x".repeat(10_000),
        "a b c d e f g h ".repeat(1_000),
        "\"".repeat(10_000),
        "ba con der el fi gra hu in".into(),
    ];
    for text in hostile {
        let took =
            time(|| drop(black_box(index.search(&Query::parse(&text), &|_| true).expect("an answer"))));
        println!("  hostile {:?}: {took:?}", text.get(..20).unwrap_or(&text));
    }
}

/// Two letters of each word change places.
fn misspelt(text: &str) -> String {
    let swap = |word: &str| {
        let mut letters: Vec<char> = word.chars().collect();
        if letters.len() > 4 {
            letters.swap(2, 3);
        }
        letters.into_iter().collect::<String>()
    };
    text.split(' ').map(swap).collect::<Vec<_>>().join(" ")
}

fn main() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().expect("a runtime");
    for size in SIZES {
        runtime.block_on(compare(size));
    }
}
