//! Why two articles tell one story, for whoever asks (`/why`).

use super::likeness::Likeness;
use crate::collection::Position;

/// Why two articles tell one story.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JoinedBy {
    /// Both have this canonical address, given as its hash ([`article_format::Article::addresses`]).
    Address(u64),
    /// Different providers published the articles within three days, and the titles are the same but for case, accents and
    /// punctuation.
    EqualTitle,
    /// Different providers published the articles within three days, and the titles are nearly the same.
    NearTitle(Likeness),
    /// The two have nothing in common, but each tells one story with others, the article at this position among them: the
    /// oldest of the story.
    Others(Position),
}
