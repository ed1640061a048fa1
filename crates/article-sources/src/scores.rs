//! The scores of imported articles. They are the same for everyone:
//!
//! | score | value |
//! |---|---|
//! | quality | the quality of the source (60 unless `sources.yaml` says another), +10 with a picture, −20 without an excerpt; 0 to 100 |
//! | heat | quality, +20 for each further provider that reports the same story |
//! | related | in the hottest imported article of a story: the other articles of the story |
//!
//! An article by a person counts as a report. An imported article that a source had when it was new (`announce: false`)
//! does not count, because nobody knows which of these articles came first. The caller knows which articles report the same
//! story.
//!
//! The scores are written again when the coverage of a story grows. They do not depend on heat or `related` in a file, so
//! written scores ask for no further write.

use std::collections::HashSet;

use article_format::address::site;
use jiff::Timestamp;

/// What a picture adds to quality.
const PICTURE_BONUS: u8 = 10;

/// What a missing excerpt takes from quality.
const EXCERPT_MALUS: u8 = 20;

/// The highest quality.
const QUALITY_MAX: u8 = 100;

/// What each further provider adds to heat.
const PROVIDER_HEAT: i64 = 20;

/// Related articles that a file lists, at most: the hottest ones.
pub const RELATED_MAX: usize = 20;

/// The quality of an article, 0 to 100.
#[must_use]
pub fn quality(of_source: u8, has_picture: bool, has_excerpt: bool) -> u8 {
    let bonus = if has_picture { PICTURE_BONUS } else { 0 };
    let malus = if has_excerpt { 0 } else { EXCERPT_MALUS };
    of_source.saturating_add(bonus).min(QUALITY_MAX + malus).saturating_sub(malus)
}

/// The heat of an article whose story this many further providers report.
#[must_use]
pub fn heat(quality: i64, further_providers: usize) -> i64 {
    let further = i64::try_from(further_providers).unwrap_or(i64::MAX);
    quality.saturating_add(further.saturating_mul(PROVIDER_HEAT))
}

/// An article of a story, as its file says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoryArticle<'a> {
    /// The path of the file below `ARTICLES_DIR`, with `/` and `.md`.
    pub path: &'a str,
    /// Whether the file has a mark of fetching. [`crate::rescore()`] writes only files that are as fetching wrote them.
    pub is_imported: bool,
    /// `announce`.
    pub is_announced: bool,
    /// `title`.
    pub title: &'a str,
    /// The link of the card.
    pub link: Option<&'a str>,
    /// `publishedDateTime`.
    pub published_at: Option<Timestamp>,
    /// `quality`.
    pub quality: i64,
    /// `heat`.
    pub heat: i64,
    /// How many articles `related` has.
    pub related: usize,
    /// `provider.domain`, else the link's host. An article without a provider counts for nobody.
    pub provider: Option<&'a str>,
}

impl StoryArticle<'_> {
    /// Whether the article is a report that makes other articles hotter.
    fn counts(&self) -> bool {
        !self.is_imported || self.is_announced
    }
}

/// The scores that the file of an imported article should have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ArticleScores {
    /// The path of the file below `ARTICLES_DIR`.
    pub path: String,
    /// Providers besides the article's own.
    pub further_providers: usize,
    /// The articles to list under `related`, hottest first.
    pub related: Vec<RelatedArticle>,
}

/// An entry of `related`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RelatedArticle {
    /// `title`.
    pub title: String,
    /// `webUrl`.
    pub link: Option<String>,
    /// `publishedDateTime`.
    pub published_at: Option<Timestamp>,
    /// `provider.domain`.
    pub provider: Option<String>,
}

/// The scores of the imported articles of one story whose coverage grew: more providers or articles report the story than
/// one of the files says. Of a story whose coverage shrank or stayed, nothing is written.
#[must_use]
pub fn grown_scores_of(story: &[StoryArticle<'_>]) -> Vec<ArticleScores> {
    let scores = scores_of(story);
    let has_grown = |scores: &ArticleScores| {
        let article = story.iter().find(|article| article.path == scores.path);
        article.is_some_and(|article| {
            article.heat < heat(article.quality, scores.further_providers)
                || article.related < scores.related.len()
        })
    };
    if scores.iter().any(has_grown) { scores } else { Vec::new() }
}

/// The scores of the imported articles of one story.
#[must_use]
pub fn scores_of(story: &[StoryArticle<'_>]) -> Vec<ArticleScores> {
    let site_of = |article: &StoryArticle<'_>| article.provider.map(site);
    let providers: HashSet<Box<str>> =
        story.iter().filter(|article| article.counts()).filter_map(site_of).collect();
    let further = |article: &StoryArticle<'_>| match site_of(article) {
        Some(own) if providers.contains(&own) => providers.len() - 1,
        _ => providers.len(),
    };
    // The order of lists: heat, then quality, then the newest, then the path.
    let mut hottest_first: Vec<(i64, &StoryArticle<'_>)> =
        story.iter().map(|article| (heat(article.quality, further(article)), article)).collect();
    hottest_first.sort_by(|(one_heat, one), (other_heat, other)| {
        let by_score =
            (other_heat, other.quality, other.published_at).cmp(&(one_heat, one.quality, one.published_at));
        by_score.then_with(|| one.path.cmp(other.path))
    });
    let mut has_related = false;
    let imported = hottest_first.iter().filter(|(_, article)| article.is_imported);
    imported
        .map(|(_, article)| {
            let others = hottest_first.iter().filter(|(_, other)| other.path != article.path);
            let is_hottest = !std::mem::replace(&mut has_related, true);
            let others = others.take(if is_hottest { RELATED_MAX } else { 0 });
            ArticleScores {
                path: article.path.to_owned(),
                further_providers: further(article),
                related: others.map(|(_, other)| related(other)).collect(),
            }
        })
        .collect()
}

fn related(article: &StoryArticle<'_>) -> RelatedArticle {
    RelatedArticle {
        title: article.title.to_owned(),
        link: article.link.map(str::to_owned),
        published_at: article.published_at,
        provider: article.provider.map(str::to_owned),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn article<'a>(path: &'a str, provider: &'a str) -> StoryArticle<'a> {
        StoryArticle {
            path,
            is_imported: true,
            is_announced: true,
            title: path,
            link: None,
            published_at: None,
            quality: 60,
            heat: 60,
            related: 0,
            provider: Some(provider),
        }
    }

    /// Path, heat beyond quality, and the paths of the related articles.
    fn found(story: &[StoryArticle<'_>]) -> Vec<(String, usize, Vec<String>)> {
        let titles =
            |scores: &ArticleScores| scores.related.iter().map(|other| other.title.clone()).collect();
        scores_of(story)
            .into_iter()
            .map(|scores| (scores.path.clone(), scores.further_providers, titles(&scores)))
            .collect()
    }

    #[test]
    fn quality_is_that_of_the_source_with_bonus_and_malus_within_bounds() {
        let table = [
            (60, false, true, 60),
            (60, true, true, 70),
            (60, false, false, 40),
            (60, true, false, 50),
            (100, true, true, 100),
            (95, true, false, 85),
            (10, false, false, 0),
            (0, true, true, 10),
        ];
        for (of_source, has_picture, has_excerpt, expected) in table {
            assert_eq!(quality(of_source, has_picture, has_excerpt), expected, "{of_source}");
        }
    }

    #[test]
    fn each_further_provider_adds_to_heat_and_the_hottest_lists_the_others() {
        assert_eq!(heat(70, 0), 70);
        assert_eq!(heat(70, 2), 110);
        let hottest = StoryArticle { quality: 70, ..article("b/1.md", "b.example") };
        let story = [article("a/1.md", "a.example"), hottest, article("c/1.md", "www.a.example")];
        let expected = [
            ("b/1.md".to_owned(), 1, vec!["a/1.md".to_owned(), "c/1.md".to_owned()]),
            ("a/1.md".to_owned(), 1, vec![]),
            ("c/1.md".to_owned(), 1, vec![]),
        ];
        assert_eq!(found(&story), expected);
    }

    #[test]
    fn people_count_as_providers_and_history_does_not() {
        let person = StoryArticle {
            is_imported: false,
            is_announced: false,
            quality: 100,
            ..article("mine.md", "p.example")
        };
        let history = StoryArticle { is_announced: false, ..article("h/1.md", "h.example") };
        let story = [person, history, article("a/1.md", "a.example")];
        let expected = [
            // History itself gets hotter when others report it: person and a.example.
            ("h/1.md".to_owned(), 2, vec!["mine.md".to_owned(), "a/1.md".to_owned()]),
            ("a/1.md".to_owned(), 1, vec![]),
        ];
        assert_eq!(found(&story), expected);
    }

    #[test]
    fn an_article_that_nobody_else_reports_has_no_further_providers() {
        assert_eq!(found(&[article("a/1.md", "a.example")]), [("a/1.md".to_owned(), 0, vec![])]);
        let alone = StoryArticle { provider: None, ..article("a/1.md", "") };
        assert_eq!(found(&[alone]), [("a/1.md".to_owned(), 0, vec![])]);
        assert!(scores_of(&[StoryArticle { is_imported: false, ..article("a.md", "a") }]).is_empty());
    }

    #[test]
    fn only_a_story_whose_coverage_grew_gets_new_scores() {
        let (one, two) = (article("a/1.md", "a.example"), article("b/1.md", "b.example"));
        assert_eq!(grown_scores_of(std::slice::from_ref(&one)), []);
        assert_eq!(grown_scores_of(&[one.clone(), two.clone()]).len(), 2);
        let hottest = StoryArticle { heat: 80, related: 1, ..one };
        let written = [hottest.clone(), StoryArticle { heat: 80, ..two.clone() }];
        assert_eq!(grown_scores_of(&written), []);
        // An article of the same provider is coverage too.
        let third = StoryArticle { heat: 80, ..article("b/2.md", "b.example") };
        assert_eq!(grown_scores_of(&[&written[..], &[third]].concat()).len(), 3);
        // The others are gone, or belong to people.
        assert_eq!(grown_scores_of(&written[..1]), []);
        let by_hand = StoryArticle { is_imported: false, heat: 0, ..two };
        assert_eq!(grown_scores_of(&[hottest, by_hand]), []);
    }

    #[test]
    fn related_articles_are_bounded() {
        let paths: Vec<String> = (0..100).map(|number| format!("a/{number}.md")).collect();
        let story: Vec<StoryArticle<'_>> = paths.iter().map(|path| article(path, "a.example")).collect();
        assert_eq!(scores_of(&story)[0].related.len(), RELATED_MAX);
    }
}
