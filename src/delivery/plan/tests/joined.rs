//! Stories that join or part by nearly equal titles: a posted story stays posted.

use super::*;

const FIRST: &str = "Acme acquires chip maker Borealis for $3 billion";
const NEAR: &str = "Acme buys chip maker Borealis for $3bn";

/// An article of a provider of its own.
fn story_of(name: &str, title: &str, heat: i64, hours: i64) -> Article {
    story(name, heat, |article| {
        article.title = title.into();
        article.link = Some(format!("https://{name}.example/1").into());
        article.addresses = identities([&*format!("https://{name}.example/1")]);
        article.published_at = Some(ago(DAY) + SignedDuration::from_hours(hours));
    })
}

impl Scene {
    /// Writes the further identities of rows.
    fn widen(&mut self) {
        for change in self.changes() {
            assert!(matches!(change, Change::Widen { .. }), "{change:?}");
            self.rows.apply(&change);
        }
    }
}

#[test]
fn an_article_that_joins_a_posted_story_is_not_posted() {
    let mut scene = Scene::new(vec![story_of("a", FIRST, 1, 0)]);
    scene.sent(1, &["a"], |_| {});
    scene.articles.push(story_of("b", NEAR, 9, 1));
    assert_eq!(scene.due(), [Vec::<String>::new()]);
    scene.widen();
    assert_eq!(scene.due(), [Vec::<String>::new()]);
}

#[test]
fn a_story_that_parts_after_it_was_posted_posts_nothing() {
    let parted = |change: fn(&mut Scene)| {
        let mut scene = Scene::new(vec![story_of("a", FIRST, 1, 0)]);
        scene.sent(1, &["a"], |_| {});
        scene.articles.push(story_of("b", NEAR, 9, 1));
        scene.widen();
        change(&mut scene);
        let snapshot = scene.snapshot();
        let story = |name: &str| {
            let position = snapshot.position(ArticleKey::of(name));
            position.map(|position| snapshot.collection().stories().story_of(position))
        };
        assert_ne!(story("a"), story("b"));
        assert_eq!(scene.due(), [Vec::<String>::new()]);
        assert!(!scene.step().contains("posts") && !scene.step().contains("takes"), "{}", scene.step());
    };
    parted(|scene| scene.article("a").title = "Borealis gets a new owner, says Acme".into());
    parted(|scene| scene.article("b").title = "Acme denies plan to buy chip maker Borealis".into());
    parted(|scene| scene.article("b").published_at = Some(ago(6 * DAY)));
    // A late article is now the first of the story, and only one of the two matches.
    parted(|scene| {
        scene.articles.push(story_of("c", "Acme acquires chip maker Borealis", 1, -60));
        scene.article("b").published_at = Some(ago(DAY) + SignedDuration::from_hours(20));
    });
}

#[test]
fn two_posted_stories_that_are_one_now_stay_as_they_are() {
    let mut scene =
        Scene::new(vec![story_of("a", FIRST, 1, 0), story_of("b", "Another title of something else", 9, 1)]);
    scene.sent(1, &["a"], |_| {});
    scene.sent(2, &["b"], |_| {});
    scene.article("b").title = NEAR.into();
    for _ in 0..2 {
        assert_eq!(scene.due(), [Vec::<String>::new()]);
        assert!(!scene.step().contains("posts") && !scene.step().contains("takes"), "{}", scene.step());
        scene.widen();
    }
    scene.remove("a");
    assert_eq!(scene.due(), [Vec::<String>::new()]);
}
