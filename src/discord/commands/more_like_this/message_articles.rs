//! Which articles of the collection are in a message: by the components and addresses of the bot's cards, and by links.

use jiff::Timestamp;
use serenity::all::{ActionRow, ActionRowComponent, Button, ButtonKind, Embed, Message, SelectMenu};

use crate::article_key::ArticleKey;
use crate::collection::{Collection, Position};
use crate::discord::commands::article::buttons::ShareArticle;
use crate::discord::commands::article::open::{FeedCardButton, FeedDigestMenu};
use crate::discord::commands::article::{ArticleMenu, RelatedPage};
use crate::discord::component::read;
use article_format::parse_hash;

/// The links that are looked up. Further links of a message are ignored.
const LINKS_MAX: usize = 25;

/// The visible articles in a message, one of each story. The article that the message is about comes first: a button names it, else
/// the first card. Further articles are in the order of the cards, the menus and the links. Forwarded messages count too.
pub(super) fn find(message: &Message, collection: &Collection, now: Timestamp) -> Vec<Position> {
    let forwarded = message.message_snapshots.iter().map(|snapshot| Parts {
        content: &snapshot.content,
        embeds: &snapshot.embeds,
        rows: &snapshot.components,
    });
    let own = Parts { content: &message.content, embeds: &message.embeds, rows: &message.components };
    let signs = std::iter::once(own).chain(forwarded).flat_map(|parts| parts.signs());
    let positions = signs.filter_map(|sign| match sign {
        Sign::Key(key) => collection.visible_by_key(key, now),
        Sign::Address(address) => collection.visible_at_address(address, now),
    });
    let mut found: Vec<Position> = Vec::new();
    for position in positions {
        if !found.contains(&position) {
            found.push(position);
        }
    }
    collection.stories().first_of_each(found.into_iter())
}

/// What points to an article.
enum Sign<'a> {
    Key(ArticleKey),
    Address(&'a str),
}

/// The parts of a message, or of a forwarded one.
struct Parts<'a> {
    content: &'a str,
    embeds: &'a [Embed],
    rows: &'a [ActionRow],
}

impl<'a> Parts<'a> {
    fn signs(&self) -> Vec<Sign<'a>> {
        let (mut buttons, mut menus, mut links) = (Vec::new(), Vec::new(), Vec::new());
        for component in self.rows.iter().flat_map(|row| &row.components) {
            match component {
                ActionRowComponent::Button(Button {
                    data: ButtonKind::NonLink { custom_id, .. }, ..
                }) => {
                    buttons.extend(article_of_button(custom_id).map(Sign::Key));
                }
                ActionRowComponent::Button(Button { data: ButtonKind::Link { url }, .. }) => {
                    links.push(url.as_str());
                }
                ActionRowComponent::SelectMenu(menu) => {
                    menus.extend(articles_of_menu(menu).map(Sign::Key));
                }
                _ => {}
            }
        }
        links.extend(links_of(self.content));
        let cards = self.embeds.iter().filter_map(|embed| embed.url.as_deref()).map(Sign::Address);
        let links = links.into_iter().take(LINKS_MAX).map(Sign::Address);
        buttons.into_iter().chain(cards).chain(menus).chain(links).collect()
    }
}

fn article_of_button(custom_id: &str) -> Option<ArticleKey> {
    let of_feed = read::<FeedCardButton>(custom_id).map(|button| button.article);
    let of_page = || read::<RelatedPage>(custom_id).map(|button| button.article);
    of_feed.or_else(of_page).or_else(|| read::<ShareArticle>(custom_id).map(|button| button.article))
}

/// The values of the bot's menus of articles.
fn articles_of_menu(menu: &SelectMenu) -> impl Iterator<Item = ArticleKey> {
    let is_of_articles = menu
        .custom_id
        .as_deref()
        .is_some_and(|id| read::<ArticleMenu>(id).is_some() || read::<FeedDigestMenu>(id).is_some());
    let options = menu.options.iter().filter(move |_| is_of_articles);
    options.filter_map(|option| parse_hash(&option.value).map(ArticleKey))
}

/// The http(s) links of a text, in its order.
fn links_of(text: &str) -> impl Iterator<Item = &str> {
    let starts = text.match_indices("http").filter_map(|(at, _)| text.get(at..));
    let links = starts.filter(|link| link.starts_with("http://") || link.starts_with("https://"));
    links.map(|link| {
        let end = link.find(|sign: char| sign.is_whitespace() || "<>\"`|".contains(sign));
        without_signs_behind(end.and_then(|end| link.get(..end)).unwrap_or(link))
    })
}

/// A link without the signs of the text around it: the dot of a sentence, and the bracket and the stars of Markdown.
fn without_signs_behind(link: &str) -> &str {
    let mut link = link;
    loop {
        let shorter = link.trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '*', '_', '~', ']']);
        let is_bracket_around = shorter.matches(')').count() > shorter.matches('(').count();
        let shorter = shorter.strip_suffix(')').filter(|_| is_bracket_around).unwrap_or(shorter);
        if shorter == link {
            return link;
        }
        link = shorter;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_end_where_the_text_around_them_begins() {
        for (text, expected) in [
            (
                "see https://example.com/a, and http://example.com/b.",
                &["https://example.com/a", "http://example.com/b"][..],
            ),
            (
                "<https://example.com/a> **https://example.com/b** ||https://example.com/c||",
                &["https://example.com/a", "https://example.com/b", "https://example.com/c"],
            ),
            (
                "[words](https://example.com/a), (https://example.com/b_(c)).",
                &["https://example.com/a", "https://example.com/b_(c)"],
            ),
            ("https://example.com/?a=1&b=#c!", &["https://example.com/?a=1&b=#c"]),
            ("httpx://example.com https:/example.com http", &[]),
        ] {
            assert_eq!(links_of(text).collect::<Vec<_>>(), expected, "{text}");
        }
    }
}
