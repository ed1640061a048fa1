//! Topics of an entry: those of its source, and each topic whose keywords the entry has.

use std::collections::HashMap;

use aho_corasick::{AhoCorasick, MatchKind};
use article_format::topic_file::TopicFile;
use article_format::whole_word::is_whole_word;
use thiserror::Error;
use web_feed::Entry;

/// Topics that keywords add to an article, at most: the first ones in the order of the topic files.
const TOPICS_MAX: usize = 20;

/// The keywords are too many for a search.
#[derive(Debug, Clone, Error)]
#[error("the keywords of the topic files are too many or too long to search for: {0}")]
pub struct TooManyKeywords(#[from] aho_corasick::BuildError);

/// The keywords of all topic files. Making one takes time in proportion to all keywords; it serves many entries.
#[derive(Debug, Default)]
pub struct TopicKeywords {
    /// `None` if there are no keywords.
    search: Option<AhoCorasick>,
    /// The index in `names` for each keyword of the search.
    topics: Vec<usize>,
    names: Vec<Box<str>>,
    /// Names in lower case: a category of that name is the topic.
    by_name: HashMap<String, usize>,
}

impl TopicKeywords {
    /// Keywords are compared without regard to case.
    ///
    /// # Errors
    /// All keywords together are gigabytes long.
    pub fn of<'a>(files: impl IntoIterator<Item = &'a TopicFile>) -> Result<Self, TooManyKeywords> {
        let (mut keywords, mut topics, mut names, mut by_name) =
            (Vec::new(), Vec::new(), Vec::new(), HashMap::new());
        for (index, file) in files.into_iter().enumerate() {
            names.push(file.name.clone());
            by_name.entry(file.name.to_lowercase()).or_insert(index);
            for keyword in file.keywords.iter().filter(|keyword| !keyword.is_empty()) {
                keywords.push(keyword.to_lowercase());
                topics.push(index);
            }
        }
        let search = AhoCorasick::builder().match_kind(MatchKind::Standard).build(keywords)?;
        Ok(Self { search: Some(search), topics, names, by_name })
    }

    /// The topics of an entry, each once. The topics of `own` come first. A topic file adds its topic if the title or a
    /// category has one of its keywords as a whole word, or if a category is the topic's name.
    #[must_use]
    pub fn of_entry(&self, entry: &Entry, own: &[Box<str>]) -> Vec<String> {
        let mut found: Vec<&usize> = Vec::new();
        for text in entry.title.iter().chain(&entry.categories) {
            let text = text.to_lowercase();
            let matches = self.search.iter().flat_map(|search| search.find_overlapping_iter(&text));
            let whole = matches.filter(|found| is_whole_word(&text, found.start(), found.end()));
            found.extend(whole.filter_map(|found| self.topics.get(found.pattern().as_usize())));
        }
        found.extend(entry.categories.iter().filter_map(|name| self.by_name.get(&name.to_lowercase())));
        found.sort_unstable();
        found.dedup();
        let mut topics: Vec<String> = own.iter().map(ToString::to_string).collect();
        let names = found.into_iter().take(TOPICS_MAX).filter_map(|index| self.names.get(*index));
        for name in names {
            if !topics.iter().any(|topic| **topic == **name) {
                topics.push(name.to_string());
            }
        }
        topics
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn topic(name: &str, keywords: &[&str]) -> TopicFile {
        TopicFile { keywords: keywords.iter().map(|word| (*word).into()).collect(), ..TopicFile::named(name) }
    }

    fn found(title: &str, categories: &[&str]) -> Vec<String> {
        let files = [
            topic("Rust", &["rust", "cargo"]),
            topic("C", &["c"]),
            topic("C++", &["c++", "cpp"]),
            topic(".NET", &[".net", "dotnet core"]),
            topic("AI", &["künstliche intelligenz", "人工知能", "ai"]),
            topic("Quiet", &[""]),
        ];
        let entry = Entry {
            title: Some(title.into()),
            categories: categories.iter().map(|name| (*name).into()).collect(),
            ..Entry::default()
        };
        TopicKeywords::of(&files).unwrap().of_entry(&entry, &["News".into(), "Rust".into()])
    }

    #[test]
    fn keywords_count_as_whole_words_in_any_case() {
        let check = |title: &str, expected: &[&str]| {
            let all: Vec<&str> = ["News", "Rust"].iter().chain(expected).copied().collect();
            assert_eq!(found(title, &[]), all, "{title}");
        };
        check("Trusting cargoes", &[]);
        check("RUST and Cargo", &[]);
        check("A C compiler", &["C"]);
        check("Modern C++, explained", &["C++"]);
        check("C# is not C++11", &["C++"]);
        check("Rust+Go", &[]);
        check("ASP.NET", &[]);
        check("The .NET runtime", &[".NET"]);
        check("About dotnet core.", &[".NET"]);
        check("Künstliche Intelligenz heute", &["AI"]);
        check("人工知能の歴史", &["AI"]);
        check("Air", &[]);
        check("AI-based", &["AI"]);
    }

    #[test]
    fn categories_count_like_titles_and_by_the_name_of_the_topic() {
        assert_eq!(found("", &["cpp", "quiet"]), ["News", "Rust", "C++", "Quiet"]);
        assert_eq!(found("", &[]), ["News", "Rust"]);
    }

    #[test]
    fn no_topic_files_give_the_topics_of_the_source() {
        let entry = Entry { title: Some("Rust".into()), ..Entry::default() };
        assert_eq!(TopicKeywords::of([]).unwrap().of_entry(&entry, &["A".into()]), ["A"]);
    }
}
