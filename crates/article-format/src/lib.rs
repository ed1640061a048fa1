//! One article: what a file says, checked once and immutable from then on.
//!
//! The keys of the file format and their meaning are in the README ("The article format"). Text is kept
//! as plain text: HTML is gone and white space is folded, so that nothing after this module has to
//! ask. It is *not* safe to show yet: the program that shows it must escape it first.

use bounds::Measured;
use checks::Checks;
use front_matter::YamlText;
use problem::Problem;

pub mod address;
mod article;
mod body;
pub mod bounds;
mod checks;
mod fault;
#[cfg(any(test, feature = "fixture"))]
pub mod fixture;
mod front_matter;
mod hash;
pub mod keys;
mod ordinary_address;
mod pairs;
pub mod plain_text;
pub mod problem;
mod raw;
pub mod related;
pub mod schema;
pub mod shared_texts;
mod slips;
mod strict;
mod surrogates;
#[cfg(test)]
mod tests;
pub mod topic_file;
mod utf16;
mod validate;
mod values;
mod yaml;
mod yaml_error;
mod yaml_tree;

pub use article::{Article, ArticleId, Details, Image, LINK_CHARACTERS_MAX, Provider, Rating, Story};
pub use fault::quoted;
pub use hash::{hash_to_text, parse_hash, stable_hash64};
pub use slips::is_wide_colon;

/// Reads the bytes of an article file. `path` names the file in problems. Time and memory are bounded by
/// [`bounds`], whatever the bytes are. It gives what [`parse_in_full`] gives, and most files faster.
///
/// # Errors
/// Those of [`parse_in_full`].
pub fn parse(id: ArticleId, path: &str, bytes: &[u8]) -> Result<Article, Vec<Problem>> {
    match parse_strictly(bytes) {
        Some(article) => Ok(Article { id, ..article }),
        None => parse_in_full(id, path, bytes),
    }
}

/// Reads the bytes of an article file that is written in the usual way and has nothing wrong with it; `None` is said
/// of any other file, good or bad. The article has an empty id.
#[must_use]
pub fn parse_strictly(bytes: &[u8]) -> Option<Article> {
    let text = front_matter::text_of_markdown(bytes)?;
    let (raw, related) = strict::read(text)?;
    let mut checks = Checks::new(YamlText { text, lines_before: 1 }, false);
    let article = validate::article(&mut checks, ArticleId::new(""), &raw)?;
    let article = Article { related, ..article };
    checks.is_without_fault().then(|| with_excerpt(article, bytes, text.len()))
}

/// Reads the bytes of an article file with a parser of all of YAML.
///
/// # Errors
/// Everything that is wrong with the file, in its order: at most 50 problems and one that says that there are more. Where the YAML
/// itself cannot be read, that is the only one.
pub fn parse_in_full(id: ArticleId, path: &str, bytes: &[u8]) -> Result<Article, Vec<Problem>> {
    let (yaml, Measured { may_have_aliases }) =
        front_matter::of_markdown(path, bytes).map_err(|problem| vec![*problem])?;
    let yaml_bytes = yaml.text.len();
    let joined;
    let (yaml, raw) = match front_matter::parse_yaml(yaml.text) {
        Ok(raw) => (yaml, Ok(raw)),
        Err(fault) => match surrogates::joined(yaml.text) {
            Some(text) => {
                joined = text;
                let yaml = YamlText { text: &joined, ..yaml };
                (yaml, front_matter::parse_yaml(yaml.text))
            }
            None => (yaml, Err(fault)),
        },
    };
    let mut checks = Checks::new(yaml, !may_have_aliases);
    let article = match raw {
        Ok(raw) => validate::article(&mut checks, id, &raw),
        Err(fault) => {
            checks.note(*fault);
            None
        }
    };
    checks.finish(path, article).map(|article| with_excerpt(article, bytes, yaml_bytes))
}

/// An article without an excerpt takes the first paragraph of its body.
fn with_excerpt(article: Article, bytes: &[u8], yaml_bytes: usize) -> Article {
    let excerpt = article.excerpt.or_else(|| body::first_paragraph(bytes, yaml_bytes));
    Article { excerpt, ..article }
}

/// Whether a file is meant to be an article, good or bad, by its front matter: it has a title.
#[must_use]
pub fn looks_like_one(bytes: &[u8]) -> bool {
    front_matter::has_title(bytes)
}
