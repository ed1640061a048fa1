//! How a delivered story is recognised (the contract, "Feeds and deliveries"): by its id, its addresses, or
//! its title and date. Any match counts.

use jiff::{SignedDuration, Timestamp};

use crate::collection::stories::{SAME_TITLE_WITHIN, provider_of, title_identity};
use article_format::{Article, stable_hash64};

/// The identity of an article, as hashes, so that a ledger of a million stories stays small.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Identity {
    /// Hashes of the id and of each canonical address, sorted, without repetition. Each kind is hashed with
    /// its own prefix.
    pub hashes: Vec<u64>,
    /// The title's words, the date and the provider. `None` without a date, a provider or words, and for a title that is too short
    /// to identify a story.
    pub title: Option<TitleIdentity>,
}

/// A title, its date and its provider. The order is that of time for equal titles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct TitleIdentity {
    /// The hash of the title's words.
    pub hash: u64,
    /// When the article was published.
    pub published_at: Timestamp,
    /// The hash of the provider.
    pub provider: u64,
}

impl Identity {
    /// The identity of one article.
    #[must_use]
    pub fn of(article: &Article) -> Self {
        let mut hashes = article.addresses.to_vec();
        hashes.push(id_hash(article.id.as_str()));
        hashes.sort_unstable();
        hashes.dedup();
        let words = title_identity(&article.title);
        let published = article.published_at.zip(provider_of(article)).filter(|_| !words.is_empty());
        let title = published.map(|(published_at, provider)| TitleIdentity {
            hash: stable_hash64(&format!("title\n{words}")),
            published_at,
            provider,
        });
        Self { hashes, title }
    }
}

/// The hash of an article's id in an [`Identity`]. Another hash than the article's key.
#[must_use]
pub fn id_hash(id: &str) -> u64 {
    stable_hash64(&format!("id\n{id}"))
}

impl TitleIdentity {
    /// Whether both identify one story: the same title, of different providers within 3 days, or of one provider with the very same
    /// date. The latter is one article, whose file was moved and its link corrected.
    #[must_use]
    pub fn is_same_story(&self, other: &Self) -> bool {
        let apart: SignedDuration = self.published_at.duration_since(other.published_at).abs();
        let is_one_article = self.provider == other.provider && apart.is_zero();
        self.hash == other.hash
            && (is_one_article || self.provider != other.provider)
            && apart <= SAME_TITLE_WITHIN
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use article_format::address::identities;
    use article_format::fixture::article;

    #[test]
    fn a_corrected_link_or_a_moved_file_keeps_something_in_common() {
        let identity_of = |id: &str, address: &str| {
            Identity::of(&article(id, |article| article.addresses = identities([address])))
        };
        let shares =
            |left: &Identity, right: &Identity| left.hashes.iter().any(|hash| right.hashes.contains(hash));
        let first = identity_of("a", "https://www.example.com/1?utm_source=x");
        assert!(shares(&first, &identity_of("a", "https://example.com/2")));
        assert!(shares(&first, &identity_of("b", "http://example.com/1/")));
        assert!(!shares(&first, &identity_of("b", "https://example.com/2")));
        assert!(!shares(&identity_of("example.com/1", "https://x.example/"), &first), "an id is no address");
    }

    fn title_from(host: &str, title: &str, date: &str) -> Option<TitleIdentity> {
        let of_host = |article: &mut Article| {
            article.title = title.into();
            article.published_at = date.parse().ok();
            article.link = (!host.is_empty()).then(|| format!("https://{host}/").into());
        };
        Identity::of(&article("a", of_host)).title
    }

    #[test]
    fn titles_need_their_dates_and_other_providers() {
        let title_of = |title: &str, date: &str| title_from("b.example", title, date);
        let monday = title_from("a.example", "News that everybody waited for!", "2026-06-01T00:00:00Z");
        let monday = monday.unwrap();
        assert!(
            monday
                .is_same_story(&title_of("NEWS THAT EVERYBODY WAITED FOR", "2026-06-04T00:00:00Z").unwrap())
        );
        assert!(
            !monday
                .is_same_story(&title_of("NEWS that everybody waited for", "2026-06-04T00:00:01Z").unwrap())
        );
        assert!(
            !monday.is_same_story(
                &title_of("Olds that nobody ever waited for", "2026-06-01T00:00:00Z").unwrap()
            )
        );
        let of_same =
            |date: &str| title_from("www.a.example", "News that everybody waited for!", date).unwrap();
        assert!(monday.is_same_story(&of_same("2026-06-01T00:00:00Z")), "a moved file");
        assert!(!monday.is_same_story(&of_same("2026-06-01T00:00:01Z")));
        assert_eq!(title_from("", "News that everybody waited for!", "2026-06-01T00:00:00Z"), None);
        assert_eq!(title_of("News that everybody waited for!", ""), None);
        assert_eq!(title_of("v3.1.4", "2026-06-01T00:00:00Z"), None);
        assert_eq!(title_of("!!!", "2026-06-01T00:00:00Z"), None);
    }
}
