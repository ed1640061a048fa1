//! Reads an article file: first with the strict reader, then, if the strict reader declines, with a parser of all of
//! YAML.

use super::article::{Article, ArticleId};
use super::bounds::Measured;
use super::checks::Checks;
use super::front_matter::{self, YamlText};
use super::problem::Problem;
use super::{body, strict, surrogates, validate};

/// Reads the bytes of an article file. `path` names the file in problems. [`bounds`](super::bounds) limit time and
/// memory for any bytes. The result is that of [`parse_in_full`], and most files are read faster.
///
/// # Errors
/// Those of [`parse_in_full`].
pub fn parse(id: ArticleId, path: &str, bytes: &[u8]) -> Result<Article, Vec<Problem>> {
    match parse_strictly(bytes) {
        Some(article) => Ok(Article { id, ..article }),
        None => parse_in_full(id, path, bytes),
    }
}

/// Reads an article file that has the usual form and no fault. Any other file gives `None`, good or bad. The article
/// has an empty id.
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
/// All problems of the file, in its order: at most 50, and one that says that there are more. If the text is not YAML,
/// there is only one problem.
pub fn parse_in_full(id: ArticleId, path: &str, bytes: &[u8]) -> Result<Article, Vec<Problem>> {
    let (yaml, Measured { may_have_aliases }) =
        front_matter::of_markdown(path, bytes).map_err(|problem| vec![*problem])?;
    let yaml_bytes = yaml.text.len();
    let joined;
    let (yaml, raw) = match front_matter::read_yaml(yaml.text) {
        Ok(raw) => (yaml, Ok(raw)),
        Err(fault) => match surrogates::joined(yaml.text) {
            Some(text) => {
                joined = text;
                let yaml = YamlText { text: &joined, ..yaml };
                (yaml, front_matter::read_yaml(yaml.text))
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

/// Whether a file is meant to be an article, good or bad: its front matter has a title.
#[must_use]
pub fn looks_like_one(bytes: &[u8]) -> bool {
    front_matter::has_title(bytes)
}
