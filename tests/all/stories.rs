//! Which real articles the rule “one story, one card” merges. Each pair below was read and judged by hand; a change of the
//! rule that merges others, or these no more, is seen here. The pairs are hashed: the articles are not ours to quote.

use std::path::Path;

use article_format::{Article, stable_hash64};
use heatwire::collection::{Collection, Position, load};

use crate::corpus::corpus;

/// One post of a product blog, published again half a year later under the same address with its title reworded and
/// the same text and picture: one story, by its address.
const REPUBLISHED_POST: u64 = 1_338_291_154_235_816_068;

/// One leak of 38 million records, reported by two newspapers within five hours with the same title but for “38 million” and “38m”.
const SAME_LEAK: u64 = 12_776_109_222_244_602_815;

/// The pairs of articles that are told as one story, hashed.
fn merged(mut articles: Vec<Article>, change: fn(&mut Article)) -> Vec<u64> {
    articles.iter_mut().for_each(change);
    let collection = Collection::new(articles, &[], Vec::new());
    let id = |position: Position| collection.article(position).unwrap().id.as_str();
    let mut pairs = Vec::new();
    for position in collection.positions() {
        for other in collection.stories().others(position).filter(|other| id(position) < id(*other)) {
            pairs.push(stable_hash64(&format!("{}\n{}", id(position), id(other))));
        }
    }
    pairs.sort_unstable();
    pairs
}

fn check(corpus: &Path, folder: &str, as_they_are: &[u64], if_all_were_shown: &[u64]) {
    let articles = load::load(&corpus.join(folder)).unwrap().articles;
    assert_eq!(merged(articles.clone(), |_| ()), as_they_are, "{folder}");
    let show = |article: &mut Article| {
        article.is_published = true;
        article.is_removed = false;
    };
    assert_eq!(merged(articles, show), if_all_were_shown, "{folder}, all shown");
}

#[test]
fn the_same_real_stories_are_merged_and_no_others() {
    let Some(corpus) = corpus() else { return };
    check(&corpus, "azure", &[], &[]);
    check(&corpus, "powerapps", &[REPUBLISHED_POST], &[REPUBLISHED_POST, SAME_LEAK]);
}
