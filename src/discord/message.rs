//! Turns plain answers into serenity's builders.

use serenity::builder::{
    AutocompleteChoice, CreateActionRow, CreateAllowedMentions, CreateAutocompleteResponse, CreateButton,
    CreateEmbed, CreateEmbedAuthor, CreateEmbedFooter, CreateInteractionResponse,
    CreateInteractionResponseFollowup, CreateInteractionResponseMessage, CreateMessage, CreateSelectMenu,
    CreateSelectMenuKind, CreateSelectMenuOption, EditInteractionResponse,
};
use serenity::model::Timestamp;
use serenity::model::application::ButtonStyle;

use super::reply::{Answer, Audience, Button, Choice, Deferral, Menu, Press, Reply, Row};
use crate::card::{Card, Picture, text};

/// Discord shows up to three inline fields side by side. A longer value gets a line of its own, because in a third of a card it would be
/// a narrow column.
const INLINE_CHARACTERS_MAX: usize = 60;

/// The callback that carries an answer.
#[must_use]
pub(super) fn response(answer: Answer) -> CreateInteractionResponse {
    match answer {
        Answer::Message(reply) => {
            let is_ephemeral = reply.audience == Audience::AskerOnly;
            CreateInteractionResponse::Message(message(reply).ephemeral(is_ephemeral))
        }
        // An update cannot change who sees a message (Discord's docs, "Create Interaction Response").
        Answer::Update(reply) => CreateInteractionResponse::UpdateMessage(message(reply)),
        Answer::Choices(choices) => {
            let choices =
                choices.into_iter().map(|Choice { name, value }| AutocompleteChoice::new(name, value));
            CreateInteractionResponse::Autocomplete(
                CreateAutocompleteResponse::new().set_choices(choices.collect()),
            )
        }
    }
}

/// The callback for a deferral.
#[must_use]
pub(super) fn deferral(deferral: Deferral) -> CreateInteractionResponse {
    match deferral {
        Deferral::Message => {
            CreateInteractionResponse::Defer(CreateInteractionResponseMessage::new().ephemeral(true))
        }
        Deferral::Update => CreateInteractionResponse::Acknowledge,
    }
}

/// The answer after a deferral. The deferral decided who sees it.
pub(super) fn deferred(reply: Reply) -> EditInteractionResponse {
    EditInteractionResponse::new()
        .content(reply.content)
        .embeds(reply.cards.into_iter().map(embed).collect())
        .components(reply.rows.into_iter().map(row).collect())
        .allowed_mentions(CreateAllowedMentions::new())
}

/// A new message for the asker alone, after a deferral.
pub(super) fn further(reply: Reply) -> CreateInteractionResponseFollowup {
    CreateInteractionResponseFollowup::new()
        .content(reply.content)
        .embeds(reply.cards.into_iter().map(embed).collect())
        .components(reply.rows.into_iter().map(row).collect())
        .ephemeral(true)
        .allowed_mentions(CreateAllowedMentions::new())
}

/// A message in a channel that answers nobody. It mentions nobody.
pub(super) fn in_channel(reply: Reply) -> CreateMessage {
    CreateMessage::new()
        .content(reply.content)
        .components(reply.rows.into_iter().map(row).collect())
        .allowed_mentions(CreateAllowedMentions::new())
}

/// Each part is set, also an empty one, because an update keeps the parts that it leaves out.
fn message(reply: Reply) -> CreateInteractionResponseMessage {
    CreateInteractionResponseMessage::new()
        .content(reply.content)
        .embeds(reply.cards.into_iter().map(embed).collect())
        .components(reply.rows.into_iter().map(row).collect())
        // No text of others may mention anybody.
        .allowed_mentions(CreateAllowedMentions::new())
}

pub(super) fn embed(card: Card) -> CreateEmbed {
    let mut embed = CreateEmbed::new().title(card.title).colour(card.colour);
    if let Some(author) = card.author {
        let mut builder = CreateEmbedAuthor::new(author.name);
        if let Some(icon_url) = author.icon_url {
            builder = builder.icon_url(icon_url);
        }
        embed = embed.author(builder);
    }
    if let Some(url) = card.url {
        embed = embed.url(url);
    }
    if !card.description.is_empty() {
        embed = embed.description(card.description);
    }
    embed = match card.picture {
        Some(Picture::Thumbnail(url)) => embed.thumbnail(url),
        Some(Picture::Full(url)) => embed.image(url),
        None => embed,
    };
    if !card.footer.is_empty() {
        embed = embed.footer(CreateEmbedFooter::new(card.footer));
    }
    if let Some(at) = card.timestamp.and_then(|at| Timestamp::from_unix_timestamp(at.as_second()).ok()) {
        embed = embed.timestamp(at);
    }
    embed.fields(card.fields.into_iter().map(|(name, value)| {
        let is_inline = text::count(&value) <= INLINE_CHARACTERS_MAX;
        (name, value, is_inline)
    }))
}

pub(super) fn row(row: Row) -> CreateActionRow {
    match row {
        Row::Buttons(buttons) => CreateActionRow::Buttons(buttons.into_iter().map(button).collect()),
        Row::Menu(menu) => CreateActionRow::SelectMenu(select_menu(menu)),
    }
}

fn button(Button { label, press }: Button) -> CreateButton {
    match press {
        Press::Ask(id) => CreateButton::new(id.to_string()).label(label).style(ButtonStyle::Secondary),
        Press::Nothing(id) => {
            CreateButton::new(id.to_string()).label(label).style(ButtonStyle::Secondary).disabled(true)
        }
        Press::Open(url) => CreateButton::new_link(url).label(label),
    }
}

fn select_menu(menu: Menu) -> CreateSelectMenu {
    let options = menu.options.into_iter().map(|option| {
        let built = CreateSelectMenuOption::new(option.label, option.value);
        if option.description.is_empty() { built } else { built.description(option.description) }
    });
    CreateSelectMenu::new(
        menu.custom_id.to_string(),
        CreateSelectMenuKind::String { options: options.collect() },
    )
    .placeholder(menu.placeholder)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_field_is_not_beside_others() {
        let fields = ["73".to_owned(), "x".repeat(60), "x".repeat(61)];
        let fields = fields.into_iter().map(|value| ("Name".to_owned(), value)).collect();
        let shown =
            serde_json::to_value(embed(Card { title: "Title".into(), fields, ..Card::default() })).unwrap();
        let inline: Vec<_> = (0..3).map(|index| &shown["fields"][index]["inline"]).collect();
        assert_eq!(inline, [true, true, false]);
    }
}
