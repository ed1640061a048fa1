//! Queries over the starter collection, with the articles that a person expects. Success at 5: the part of the queries of
//! which an expected article is among the first five. Mean reciprocal rank: 1 for an expected article at the first place,
//! 1/2 at the second, and so on.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on shall say where")]

use std::fs;
use std::path::{Path, PathBuf};

use article_format::{Article, ArticleId};
use article_search::{Document, Indexer, Query, Snapshot};

/// What a person types, and the names of the files that answer it (without their date), each a good answer.
const QUERIES: &[(&str, &str)] = &[
    // Plain words.
    ("attention is all you need", "attention-is-all-you-need"),
    ("transformer network", "attention-is-all-you-need"),
    ("few-shot learners", "language-models-are-few-shot-learners"),
    ("image recognition", "deep-residual-learning"),
    ("image generators noise", "denoising-diffusion-probabilistic-models"),
    ("neural networks", "but-what-is-a-neural-network"),
    ("deep learning course", "practical-deep-learning-for-coders"),
    ("risks of AI", "nist-ai-risk-management-framework"),
    ("karpathy", "lets-build-gpt"),
    ("paris agreement", "the-paris-agreement"),
    ("mitigation climate", "ar6-mitigation-of-climate-change"),
    ("machine learning climate", "tackling-climate-change-with-machine-learning"),
    ("carbon dioxide measurements", "trends-in-atmospheric-carbon-dioxide"),
    ("warming stripes", "show-your-stripes"),
    ("relational model", "a-relational-model-of-data"),
    ("raft consensus", "in-search-of-an-understandable-consensus-algorithm"),
    ("write-ahead log", "write-ahead-logging-in-sqlite"),
    ("how sqlite is tested", "how-sqlite-is-tested"),
    ("isolation levels", "transaction-isolation-in-postgresql"),
    ("explain query plans", "reading-a-postgresql-query-plan"),
    ("database course", "cmu-intro-to-database-systems"),
    ("torvalds talk git", "linus-torvalds-on-git"),
    ("changelogs for people", "keep-a-changelog"),
    ("semver version numbers", "semantic-versioning"),
    ("gpl", "gnu-general-public-license-version-3,spdx-license-list"),
    ("license list", "spdx-license-list"),
    ("borrow lifetimes rfc", "rfc-2094-non-lexical-lifetimes"),
    ("async await", "async-await-on-stable-rust"),
    ("installing rust", "install-rust"),
    ("rust book", "the-rust-programming-language"),
    ("naming conventions rust", "how-rust-names-things"),
    ("public-key cryptography", "new-directions-in-cryptography"),
    ("compiler back door", "reflections-on-trusting-trust"),
    ("speculative execution", "spectre-attacks"),
    ("password length", "what-nist-says-about-passwords"),
    ("quantum computers key", "fips-203-ml-kem"),
    ("vulnerability disclosure", "rfc-9116-security-txt"),
    ("hubble", "hubble-space-telescope"),
    ("black hole image", "first-m87-event-horizon-telescope-results"),
    ("moon landing", "apollo-11"),
    ("golden record", "voyager-the-long-way-out"),
    ("teapot", "hyper-text-coffee-pot-control-protocol"),
    ("accessibility", "wcag-2-2"),
    ("safe methods", "what-rfc-9110-says-about-safe-methods"),
    ("beginners html css javascript", "mdn-learn-web-development"),
    // One typing error.
    ("atention is all you need", "attention-is-all-you-need"),
    ("gravitatoinal waves", "observation-of-gravitational-waves"),
    ("postgrsql query plan", "reading-a-postgresql-query-plan"),
    ("cryptograpy", "new-directions-in-cryptography"),
    ("spectr atacks", "spectre-attacks"),
    ("perseverence rover", "perseverance-descent-and-touchdown"),
    ("owaps", "owasp-top-ten"),
    ("difusion models", "denoising-diffusion-probabilistic-models"),
    ("climte change mitigation", "ar6-mitigation-of-climate-change"),
    ("linux torvalds", "linus-torvalds-on-git"),
    ("chagelog", "keep-a-changelog"),
    // The beginning of the last word.
    ("semantic ver", "semantic-versioning"),
    ("hyper text cof", "hyper-text-coffee-pot-control-protocol"),
    ("voya", "voyager-the-long-way-out"),
    ("rust 1.8", "announcing-rust-1-85-and-rust-2024"),
    ("isolation in postg", "transaction-isolation-in-postgresql"),
    ("webb tel", "webb-space-telescope"),
    // Names, numbers and signs.
    ("C++", "cpp-core-guidelines"),
    ("http3", "rfc-9114-http-3"),
    ("tls 1.3", "rfc-8446-tls-1-3"),
    ("rfc3339", "a-date-in-the-future"),
    ("gpt3", "language-models-are-few-shot-learners"),
    ("1.5 °C", "global-warming-of-1-5-degrees"),
    ("co2 mauna loa", "trends-in-atmospheric-carbon-dioxide"),
    ("changelog keep", "keep-a-changelog"),
    // Accents.
    ("Mäuna Löa", "trends-in-atmospheric-carbon-dioxide"),
    ("résidual léarning", "deep-residual-learning"),
    // Phrases and exclusions.
    ("\"open source\" definition", "the-open-source-definition"),
    ("\"language models\" five", "five-papers-behind-language-models"),
    ("\"black hole\" -telescope", "observation-of-gravitational-waves"),
    ("sqlite -tested -download", "write-ahead-logging-in-sqlite"),
    ("announcing rust -1.0", "announcing-rust-1-85-and-rust-2024"),
    // Other scripts.
    ("はやぶさ", "hayabusa2-brings-home-ryugu"),
    ("はやぶさ2", "hayabusa2-brings-home-ryugu"),
    ("ＡＲ６ synthesis", "ar6-synthesis-report"),
];

fn starter_articles() -> Vec<Article> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../articles");
    let mut folders = vec![root.clone()];
    let mut files: Vec<PathBuf> = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "md") && path.parent() != Some(&root) {
                files.push(path);
            }
        }
    }
    let parse = |path: PathBuf| {
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        article_format::parse(ArticleId::new(name.as_str()), &name, &fs::read(path).unwrap()).unwrap()
    };
    let mut articles: Vec<Article> = files.into_iter().map(parse).filter(Article::may_be_shown).collect();
    articles.sort_by(|one, other| other.heat.cmp(&one.heat).then(one.id.cmp(&other.id)));
    articles
}

fn index(articles: &[Article]) -> Snapshot {
    let documents = articles.iter().map(|article| Document {
        key: article.id.hash64(),
        title: &article.title,
        excerpt: article.excerpt.as_deref().unwrap_or_default(),
        topics: &article.topics,
        provider: article.provider.as_ref().map_or("", |provider| &provider.name),
    });
    let order = articles.iter().map(|article| article.id.hash64());
    Indexer::new().unwrap().apply([], documents, order).unwrap()
}

#[test]
fn people_find_what_they_look_for() {
    let articles = starter_articles();
    let index = index(&articles);
    let (mut successes, mut reciprocal_ranks, mut misses) = (0.0, 0.0, Vec::new());
    for (text, expected) in QUERIES {
        let expected: Vec<&str> = expected.split(',').collect();
        // A name begins with a date of 11 characters.
        let name = |position: usize| &articles[position].id.as_str()[11..];
        for name in &expected {
            assert!(
                articles.iter().any(|article| article.id.as_str().get(11..) == Some(name)),
                "no file {name}"
            );
        }
        let found = index.search(&Query::parse(text), &|_| true).unwrap();
        let rank = found.hits.iter().position(|hit| expected.contains(&name(hit.position)));
        successes += f64::from(u8::from(rank.is_some_and(|rank| rank < 5)));
        reciprocal_ranks += rank.map_or(0.0, |rank| 1.0 / (rank as f64 + 1.0));
        if rank != Some(0) {
            let first: Vec<&str> = found.hits.iter().take(3).map(|hit| name(hit.position)).collect();
            misses.push(format!(
                "{text:?}: rank {:?} of {}, first {first:?}",
                rank.map(|rank| rank + 1),
                found.hits.len()
            ));
        }
    }
    let count = QUERIES.len() as f64;
    let (success, mean) = (successes / count, reciprocal_ranks / count);
    let report = format!(
        "{count} queries, success at 5 {success:.3}, mean reciprocal rank {mean:.3}\n{}",
        misses.join("\n")
    );
    println!("{report}");
    assert!(QUERIES.len() >= 80 && success >= 0.95 && mean >= 0.85, "{report}");
}
