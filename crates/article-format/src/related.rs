//! Related stories of an article, in compact form: they are the largest part of real files.

use std::fmt;

use jiff::Timestamp;

/// A related story, as far as a card shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Related<'a> {
    /// Plain text, never empty.
    pub title: &'a str,
    /// `publishedDateTime`, in whole seconds.
    pub published_at: Option<Timestamp>,
    /// `webUrl`, else `originalUrl`.
    pub link: Option<&'a str>,
    /// How good it is.
    pub quality: Option<i64>,
    /// Who published it: the name of `provider`, else its domain.
    pub source: Option<&'a str>,
}

/// The related stories of one article, in the file's order.
///
/// A file has up to 179 related stories. One allocation for each of their texts would take more memory for pointers
/// than for letters, so all texts are in one string. Values that no card shows (excerpts, pictures, types, other
/// addresses) are checked when a file is read, and not kept.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct RelatedStories(Option<Box<Packed>>);

#[derive(Clone, PartialEq, Eq)]
struct Packed {
    /// Title, link, source and quality of each story, without separators.
    text: Box<str>,
    stories: Box<[PackedStory]>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
struct PackedStory {
    /// Where title, link, source and quality end in the text, in bytes. A missing one is empty.
    ends: [u32; 4],
    /// Seconds since 1970, or [`NEVER`] without a date.
    published_s: i64,
}

/// Stands for no date.
const NEVER: i64 = i64::MIN;

impl RelatedStories {
    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.as_ref().map_or(0, |packed| packed.stories.len())
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_none()
    }

    /// The stories, in the file's order.
    pub fn iter(&self) -> impl Iterator<Item = Related<'_>> {
        let mut start = 0;
        self.0.iter().flat_map(|packed| packed.stories.iter().map(|story| (&*packed.text, story))).map(
            move |(text, story)| {
                let mut parts = story.ends.iter().map(|end| {
                    let end = usize::try_from(*end).unwrap_or(usize::MAX);
                    text.get(std::mem::replace(&mut start, end)..end).filter(|part| !part.is_empty())
                });
                let mut next = || parts.next().flatten();
                Related {
                    title: next().unwrap_or_default(),
                    link: next(),
                    source: next(),
                    quality: next().and_then(|quality| quality.parse().ok()),
                    published_at: Timestamp::from_second(story.published_s).ok(),
                }
            },
        )
    }
}

impl fmt::Debug for RelatedStories {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_list().entries(self.iter()).finish()
    }
}

impl<'a> FromIterator<Related<'a>> for RelatedStories {
    fn from_iter<I: IntoIterator<Item = Related<'a>>>(stories: I) -> Self {
        let mut draft = RelatedDraft::default();
        stories.into_iter().for_each(|story| draft.push(&story));
        draft.finish()
    }
}

/// Related stories of the file that is being read.
#[derive(Default)]
pub(super) struct RelatedDraft {
    text: String,
    stories: Vec<PackedStory>,
}

impl RelatedDraft {
    /// Reserves room for the stories of a text of this length.
    pub(super) fn reserve_for(&mut self, text_bytes: usize) {
        if self.stories.is_empty() {
            self.text.reserve(text_bytes / 3);
            self.stories.reserve(text_bytes / 512);
        }
    }

    /// Adds a story. A file is never so large that the ends exceed 32 bits.
    pub(super) fn push(&mut self, story: &Related<'_>) {
        let text = &mut self.text;
        let end_of = |text: &String| u32::try_from(text.len()).unwrap_or(u32::MAX);
        let mut push = |part: &str| {
            text.push_str(part);
            end_of(text)
        };
        let (title, link, source) =
            (push(story.title), push(story.link.unwrap_or("")), push(story.source.unwrap_or("")));
        if let Some(quality) = story.quality {
            text.push_str(itoa::Buffer::new().format(quality));
        }
        let ends = [title, link, source, end_of(text)];
        let published_s = story.published_at.map_or(NEVER, Timestamp::as_second);
        self.stories.push(PackedStory { ends, published_s });
    }

    pub(super) fn finish(self) -> RelatedStories {
        let Self { text, stories } = self;
        let packed = Packed { text: text.into(), stories: stories.into() };
        RelatedStories((!packed.stories.is_empty()).then(|| Box::new(packed)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stories_come_back_as_they_went_in() {
        let stories = [
            Related { title: "One", ..Related::default() },
            Related {
                title: "Zwölf",
                published_at: Timestamp::from_second(-1).ok(),
                link: Some("https://example.com/"),
                quality: Some(i64::MIN),
                source: Some("The Example"),
            },
            Related { title: "Three", quality: Some(0), ..Related::default() },
        ];
        let packed: RelatedStories = stories.into_iter().collect();
        assert_eq!(packed.iter().collect::<Vec<_>>(), stories);
        assert_eq!((packed.len(), packed.is_empty()), (3, false));
        let none: RelatedStories = [].into_iter().collect();
        assert_eq!((none.len(), none.is_empty(), none.iter().count()), (0, true, 0));
        assert_eq!(none, RelatedStories::default());
    }
}
