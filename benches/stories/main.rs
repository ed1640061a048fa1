//! What gathering articles into stories costs: `cargo bench --bench stories`. It fails where gathering takes more than half of
//! the time of loading, or where titles that are made to take long take much longer than others.

#![expect(clippy::print_stdout, reason = "a bench prints its ratios")]

#[path = "../material/processor_time.rs"]
mod processor_time;
#[path = "../load/tree.rs"]
mod tree;

use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use article_format::fixture::article;
use article_format::{Article, Provider};
use heatwire::collection::contract_order::order;
use heatwire::collection::load;
use heatwire::collection::position_map::PositionMap;
use heatwire::collection::stories::Stories;
use jiff::{SignedDuration, Timestamp};
use processor_time::Shortest;
use rayon::ThreadPoolBuilder;
use tree::Shape;

const THREADS: usize = 2;
const ROUNDS: usize = 7;

/// How long gathering may take, as a share of loading the same files.
const SHARE_OF_LOADING_MAX: f64 = 0.5;

/// How long an article may take on average, made to take long or not.
const ARTICLE_MAX: Duration = Duration::from_millis(1);

/// How long gathering may take after one article came, the newest of all, as a share of loading all. On a machine of its own,
/// loading 20,000 articles takes 180 ms, so that the share is 1 ms.
const NEW_ARTICLE_SHARE_MAX: f64 = 1.0 / 180.0;
const NEW_ARTICLE_ROUNDS: usize = 100;

/// How many times as long as the articles of the tree others may take that were made to take long.
const HOSTILE_MAX: f64 = 8.0;

fn main() -> Result<()> {
    let files = tree::files_wanted();
    let threads = ThreadPoolBuilder::new().num_threads(THREADS).build().context("threads")?;
    threads.install(|| measure(files))
}

fn measure(files: usize) -> Result<()> {
    let folder = tempfile::tempdir().context("a temporary folder")?;
    let [light, _] = Shape::ALL;
    tree::write(folder.path(), light, files)?;
    let (mut loading, mut gathering) = (Shortest::NONE, Shortest::NONE);
    let mut articles = Vec::new();
    for _ in 0..ROUNDS {
        articles = sorted(loading.time(|| load::load(folder.path()))?.articles);
        gathering.time(|| Stories::new(&articles));
    }
    let (passed, worked) = gathering.times(loading);
    println!(
        "{files} {} articles, {THREADS} threads: gathering takes {:.0} ms",
        light.name(),
        gathering.passed.as_secs_f64() * 1e3
    );
    println!(
        "gathering / loading the same files: {passed:.2} (limit {SHARE_OF_LOADING_MAX}); in time of processors {worked:.2}"
    );
    ensure!(passed <= SHARE_OF_LOADING_MAX, "gathering takes too long");
    one_new_article(&articles, loading)?;
    for (name, articles) in hostile(files) {
        let mut time = Shortest::NONE;
        for _ in 0..ROUNDS {
            time.time(|| Stories::new(&articles));
        }
        let (passed, _) = time.times(gathering);
        let article = time.passed / u32::try_from(files).unwrap_or(u32::MAX);
        println!(
            "{name}: {passed:.2} times as long (limit {HOSTILE_MAX}), {article:?} an article (limit {ARTICLE_MAX:?})"
        );
        ensure!(article <= ARTICLE_MAX, "an article of {name} takes too long");
        ensure!(passed <= HOSTILE_MAX, "{name} take too long");
    }
    Ok(())
}

fn sorted(articles: Vec<Article>) -> Vec<Arc<Article>> {
    let mut articles: Vec<Arc<Article>> = articles.into_iter().map(Arc::new).collect();
    articles.sort_by(|one, other| order(one, other));
    articles
}

/// Times gathering after one more article came.
fn one_new_article(articles: &[Arc<Article>], loading: Shortest) -> Result<()> {
    let stories = Stories::new(articles);
    let (map, after) = PositionMap::of(articles, &[], vec![newest(articles)]);
    let mut time = Shortest::NONE;
    for _ in 0..NEW_ARTICLE_ROUNDS {
        time.time(|| stories.changed(&map, articles, &after));
    }
    let (passed, _) = time.times(loading);
    println!(
        "gathering again with one new article / loading all: {passed:.4} (limit {NEW_ARTICLE_SHARE_MAX:.4}), {:?}",
        time.passed
    );
    ensure!(passed <= NEW_ARTICLE_SHARE_MAX, "gathering again takes too long");
    Ok(())
}

/// An article that came out after all others.
fn newest(articles: &[Arc<Article>]) -> Arc<Article> {
    let last = articles.iter().filter_map(|article| article.published_at).max().unwrap_or_default();
    Arc::new(article("newest", |article| {
        article.title = "The release of a small engine for public music in the garden".into();
        article.published_at = last.checked_add(SignedDuration::from_mins(1)).ok();
        article.link = Some("https://newest.example/".into());
        article.heat = i64::MAX;
    }))
}

/// Articles of one title each, all of one day, each by another provider but for the second kind.
fn hostile(count: usize) -> Vec<(&'static str, Vec<Arc<Article>>)> {
    let made = |title: &dyn Fn(usize) -> String, providers: usize| {
        let article = |number: usize| {
            article(&number.to_string(), |article| {
                article.title = title(number).into();
                article.excerpt = Some(
                    format!("{} {}", title(number + 1), "words that all excerpts have ".repeat(20)).into(),
                );
                let seconds = i64::try_from(number).unwrap_or_default();
                article.published_at = Some(Timestamp::UNIX_EPOCH + SignedDuration::from_secs(seconds));
                let domain = format!("source-{}.example", number % providers);
                article.provider =
                    Some(Provider { domain: Some(domain.into()), ..Provider::named("Source") }.into());
            })
        };
        sorted((0..count).map(article).collect())
    };
    let long: String = (0..200).map(|number| format!("word{} ", (b'a' + number % 26) as char)).collect();
    vec![
        ("equal titles", made(&|_| "A title that everybody has today".to_owned(), count)),
        ("equal titles of one provider", made(&|_| "A title that everybody has today".to_owned(), 1)),
        (
            "titles of one pattern",
            made(&|number| format!("Product {number} is now available in the big cloud store"), count),
        ),
        (
            "titles of one pattern without numbers",
            made(
                &|number| {
                    let name: String =
                        number.to_string().bytes().map(|digit| (digit - b'0' + b'a') as char).collect();
                    format!("Product {name} now stands in the big cloud store")
                },
                count,
            ),
        ),
        ("very long titles", made(&|number| format!("{}{number}", long.repeat(5)), count)),
        ("one word repeated", made(&|_| "buffalo ".repeat(200), count)),
        (
            "the same words in other orders",
            made(
                &|number| {
                    let words = [
                        "alpine", "borough", "cobalt", "drizzle", "ember", "fjord", "granite", "harbour",
                        "indigo", "juniper", "kelp", "lagoon",
                    ];
                    (0..7)
                        .map(|step| words[(number / 7_usize.pow(step % 4) + 5 * step as usize) % 12])
                        .collect::<Vec<_>>()
                        .join(" ")
                },
                count,
            ),
        ),
    ]
}
