//! Names and articles as choices, options of menus and labels of buttons, within Discord's limits of characters.

use super::custom_id::CustomId;
use super::reply::{
    Button, CHOICE_CHARACTERS_MAX, CHOICES_MAX, Choice, LABEL_CHARACTERS_MAX, MenuOption, Press,
};
use super::state::State;
use crate::article_key::ArticleKey;
use crate::card::{or_untitled, text};
use crate::collection::names::Names;
use crate::collection::{Collection, Position};
use crate::messages::Words;
use crate::query::Wanted;
use article_format::{Article, hash_to_text, parse_hash};

/// The most buttons in a row (Discord's docs, "Components").
pub(super) const BUTTONS_PER_ROW_MAX: usize = 5;

/// The start of a choice's value that is a hash. Nobody types this text by chance.
const HASH_PREFIX: &str = "hash64:";

/// The choices for a typed text. A name that is too long for a value is replaced by its hash.
#[must_use]
pub(super) fn of_names(names: &Names, typed: &str) -> Vec<Choice> {
    let suggested = names.suggest(typed, CHOICES_MAX);
    let choices = suggested.into_iter().map(|index| {
        let name = names.text(index);
        let is_short = text::count(name) <= CHOICE_CHARACTERS_MAX;
        let value = if is_short { name.to_owned() } else { hash_value(names.hash64(index)) };
        Choice { name: text::plain(name, CHOICE_CHARACTERS_MAX), value }
    });
    choices.filter(|choice| !choice.name.is_empty()).collect()
}

/// An article as a choice; its value is its hash.
pub(crate) fn of_article(words: &Words, article: &Article) -> Choice {
    let source = article.provider.as_ref().map(|provider| format!(" · {}", text::plain(&provider.name, 30)));
    let source = source.unwrap_or_default();
    let title = text::plain(&article.title, CHOICE_CHARACTERS_MAX - text::count(&source));
    let name = or_untitled(words, title) + &source;
    Choice { name, value: hash_value(article.id.hash64()) }
}

/// The articles to offer for words of a title, hottest first. Where no title has the words, a typing error in each is
/// forgiven. `accepts` gets positions in the collection.
pub(crate) fn of_titles(
    typed: &str,
    state: &State,
    words: &Words,
    accepts: impl Fn(&Collection, Position) -> bool,
) -> Vec<Choice> {
    let collection = state.collection();
    let choice =
        |collection: &Collection, position: Position| Some(of_article(words, collection.article(position)?));
    let exact = collection.titles().containing(typed).filter(|&position| accepts(&collection, position));
    let exact: Vec<Choice> =
        exact.filter_map(|position| choice(&collection, position)).take(CHOICES_MAX).collect();
    let Some(index) = state.search().current().filter(|_| exact.is_empty()) else { return exact };
    let similar = index.titles(typed, &|position| accepts(index.collection(), position));
    let similar = similar.unwrap_or_else(|error| {
        tracing::error!(%error, "titles cannot be searched");
        Vec::new()
    });
    similar
        .into_iter()
        .filter_map(|position| choice(index.collection(), position))
        .take(CHOICES_MAX)
        .collect()
}

/// The visible articles to offer for words of a title, as [`of_titles`].
pub(crate) fn of_visible_titles(typed: &str, state: &State, words: &Words) -> Vec<Choice> {
    let now = state.now();
    of_titles(typed, state, words, |collection, position| collection.is_visible(position, now))
}

/// The article that a person typed instead of choosing: the one with this path, else the hottest whose title has these words. The
/// error is the key of the path, whose file may be gone.
pub(crate) fn article_of_words(typed: &str, collection: &Collection) -> Result<ArticleKey, ArticleKey> {
    let path = typed.trim();
    let of_path = ArticleKey::of(path.strip_suffix(".md").unwrap_or(path));
    if collection.by_key(of_path).is_some() {
        return Ok(of_path);
    }
    let position = collection.titles().containing(typed).next();
    let article = position.and_then(|position| collection.article(position));
    article.map(|article| ArticleKey::from(&article.id)).ok_or(of_path)
}

/// An article as an option of a menu.
pub(crate) fn article_option(words: &Words, article: &Article) -> MenuOption {
    let source = article.provider.as_ref().map(|provider| &*provider.name);
    MenuOption {
        label: or_untitled(words, text::plain(&article.title, CHOICE_CHARACTERS_MAX)),
        description: text::plain(source.unwrap_or_default(), CHOICE_CHARACTERS_MAX),
        value: hash_to_text(article.id.hash64()),
    }
}

/// A button with a `custom_id`. `label` has a visible character, because Discord refuses an empty label.
#[must_use]
pub(super) fn button(label: &str, id: CustomId) -> Button {
    Button { label: text::plain(label, LABEL_CHARACTERS_MAX), press: Press::Ask(id) }
}

/// Reads the value of an option: a hash from a choice, or a text that a person typed.
#[must_use]
pub(super) fn wanted(value: &str) -> Wanted {
    parse_hash_value(value).map_or_else(|| Wanted::Typed(value.to_owned()), Wanted::Hash)
}

/// The hash in a choice's value.
#[must_use]
pub(super) fn parse_hash_value(value: &str) -> Option<u64> {
    parse_hash(value.strip_prefix(HASH_PREFIX)?)
}

/// The key in the value of an article's choice.
#[must_use]
pub(super) fn article_of_value(value: &str) -> Option<ArticleKey> {
    parse_hash_value(value).map(ArticleKey)
}

/// The value of a choice for a hash.
#[must_use]
pub(super) fn hash_value(hash: u64) -> String {
    format!("{HASH_PREFIX}{}", hash_to_text(hash))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::collection::names::Name;
    use article_format::Provider;
    use article_format::fixture::article;

    #[test]
    fn a_name_longer_than_a_value_travels_as_its_hash() {
        let long = "Long ".repeat(30);
        let name = |text: &str| Name { text: text.into(), aliases: Vec::new(), weight: 0 };
        let names = Names::new(vec![name("AI"), name(long.trim())]);
        for choice in of_names(&names, "") {
            assert!(text::count(&choice.name) <= CHOICE_CHARACTERS_MAX);
            assert!(text::count(&choice.value) <= CHOICE_CHARACTERS_MAX);
        }
        let found = of_names(&names, "long");
        assert_eq!(wanted(&found[0].value), Wanted::Hash(names.hash64(1)));
        assert_eq!(wanted("AI"), Wanted::Typed("AI".into()));
        assert_eq!(wanted("hash64:?"), Wanted::Typed("hash64:?".into()));
    }

    #[test]
    fn an_article_fits_whatever_its_title() {
        for title in ["Short", &"Wide title ".repeat(40), "\u{200b}"] {
            let article = article("a", |article| {
                article.title = title.into();
                article.provider = Some(
                    Provider {
                        name: "A source with rather a long name of its own".into(),
                        domain: None,
                        icon: None,
                        authors: Box::default(),
                    }
                    .into(),
                );
            });
            let choice = of_article(Words::english(), &article);
            assert!((1..=CHOICE_CHARACTERS_MAX).contains(&text::count(&choice.name)), "{choice:?}");
            assert_eq!(parse_hash_value(&choice.value), Some(article.id.hash64()));
            let option = article_option(Words::english(), &article);
            assert!((1..=CHOICE_CHARACTERS_MAX).contains(&text::count(&option.label)));
        }
    }
}
