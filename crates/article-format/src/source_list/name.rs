//! The name of a source that the file does not name.

use std::hash::Hasher;

use siphasher::sip::SipHasher13;

use super::model::{OpmlPlace, Origin, Repository};
use super::single_values::NAME_CHARACTERS_MAX;

/// A name made of the source's own address alone, so that the name stays when other sources come and go.
#[must_use]
pub fn derived_name(origin: &Origin) -> Box<str> {
    let address = match origin {
        Origin::Feed { address, .. } | Origin::Opml { list: OpmlPlace::Address(address), .. } => {
            let host = address.host_str().unwrap_or_default();
            let query: Vec<_> = address.query_pairs().map(|(_, value)| value.into_owned()).collect();
            format!("{}/{}/{}", host.strip_prefix("www.").unwrap_or(host), address.path(), query.join("/"))
        }
        Origin::Opml { list: OpmlPlace::File(path), .. } => path.to_string(),
        Origin::Git(Repository { address, .. }) => {
            let path = address.split_once("://").map_or(&**address, |(_, rest)| rest);
            let path = path.trim_end_matches('/');
            let path = path.strip_suffix(".git").unwrap_or(path);
            let last_two: Vec<&str> = path.rsplit(['/', ':']).take(2).collect();
            last_two.into_iter().rev().collect::<Vec<_>>().join("/")
        }
    };
    let mut name = String::new();
    for word in address.split('/') {
        let word = ENDINGS.iter().fold(word, |word, ending| word.strip_suffix(ending).unwrap_or(word));
        let word: String = word
            .chars()
            .map(|sign| if sign.is_alphanumeric() || matches!(sign, '.' | '_') { sign } else { '-' })
            .collect();
        let word = word.trim_matches(['-', '.', '_']);
        if word.is_empty() || GENERAL_WORDS.contains(&word.to_lowercase().as_str()) {
            continue;
        }
        if !name.is_empty() {
            name.push('-');
        }
        name.push_str(word);
    }
    let name = name.to_lowercase();
    if !name.is_empty() && name.chars().count() <= NAME_CHARACTERS_MAX {
        return name.into();
    }
    // Too long, or nothing but general words: the beginning and a number made of the whole.
    let mut hasher = SipHasher13::new();
    hasher.write(address.as_bytes());
    let beginning: String = name.chars().take(NAME_CHARACTERS_MAX - 18).collect();
    let beginning = if beginning.is_empty() { "source".to_owned() } else { beginning };
    format!("{beginning}-{:016x}", hasher.finish()).into()
}

/// Endings of file names that say nothing about a source.
const ENDINGS: [&str; 6] = [".xml", ".rss", ".atom", ".json", ".rdf", ".opml"];

/// Words of a path that say nothing about a source.
const GENERAL_WORDS: [&str; 6] = ["feed", "feeds", "rss", "atom", "index", "rss.php"];
