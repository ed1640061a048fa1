//! The definition of `/feed` for the registration.

use serenity::all::{ChannelType, CommandOptionType};
use serenity::builder::{CreateCommand, CreateCommandOption};

use super::choose::CLEARABLE;
use super::feed_options::Bounds;
use crate::discord::reply::CHOICE_CHARACTERS_MAX;
use crate::feed::BACKFILL_MAX;
use crate::feed::pacing::POSTS_PER_HOUR_MAX;
use crate::feed::phrases::PHRASES_CHARACTERS_MAX;
use crate::messages::{Words, say};

/// The description, and the subcommands.
pub(super) fn definition(command: CreateCommand, words: &Words) -> CreateCommand {
    let channel = option(CommandOptionType::Channel, "channel", say!(words, "feed-option-channel"))
        .required(true)
        .channel_types(vec![
            ChannelType::Text,
            ChannelType::News,
            ChannelType::Forum,
            ChannelType::NewsThread,
            ChannelType::PublicThread,
            ChannelType::PrivateThread,
        ]);
    let add = subcommand("add", say!(words, "feed-add-description")).add_sub_option(channel);
    let edit = of_feed("edit", say!(words, "feed-edit-description"), words);
    let clear = option(CommandOptionType::String, "clear", say!(words, "feed-option-clear"));
    let clear = CLEARABLE.iter().fold(clear, |clear, setting| {
        clear.add_string_choice(say!(words, "feed-clear", option = *setting), *setting)
    });
    let post = of_feed("post", say!(words, "feed-post-description"), words)
        .add_sub_option(text("article", say!(words, "feed-option-article")).required(true));
    command
        .description(say!(words, "feed-description"))
        .add_option(with_settings(add, words))
        .add_option(subcommand("list", say!(words, "feed-list-description")))
        .add_option(with_settings(edit, words).add_sub_option(clear))
        .add_option(of_feed("pause", say!(words, "feed-pause-description"), words))
        .add_option(of_feed("resume", say!(words, "feed-resume-description"), words))
        .add_option(of_feed("remove", say!(words, "feed-remove-description"), words))
        .add_option(post)
        .add_option(of_feed("test", say!(words, "feed-test-description"), words))
}

/// Adds the options for the settings of a feed.
fn with_settings(subcommand: CreateCommandOption, words: &Words) -> CreateCommandOption {
    let number = |name: &str, description: String, bounds: Bounds| {
        let option = option(CommandOptionType::Integer, name, description);
        option.min_int_value(bounds.min.cast_unsigned()).max_int_value(bounds.max.cast_unsigned())
    };
    let flag = |name: &str, description: String| option(CommandOptionType::Boolean, name, description);
    let phrases = |name: &str, description: String| {
        let characters_max = u16::try_from(PHRASES_CHARACTERS_MAX).unwrap_or(u16::MAX);
        option(CommandOptionType::String, name, description).max_length(characters_max)
    };
    let per_hour = say!(words, "feed-option-max-per-hour", posts = POSTS_PER_HOUR_MAX);
    let backfill = say!(words, "feed-option-backfill", articles = BACKFILL_MAX);
    subcommand
        .add_sub_option(text("topic", say!(words, "feed-option-topic")))
        .add_sub_option(text("type", say!(words, "feed-option-type")))
        .add_sub_option(text("source", say!(words, "feed-option-source")))
        .add_sub_option(phrases("words", say!(words, "feed-option-words")))
        .add_sub_option(phrases("without", say!(words, "feed-option-without")))
        .add_sub_option(number("min_quality", say!(words, "feed-option-min-quality"), Bounds::QUALITY))
        .add_sub_option(number("min_heat", say!(words, "feed-option-min-heat"), Bounds::HEAT))
        .add_sub_option(number("max_age_days", say!(words, "feed-option-max-age-days"), Bounds::AGE_DAYS))
        .add_sub_option(option(CommandOptionType::Role, "mention", say!(words, "feed-option-mention")))
        .add_sub_option(flag("silent", say!(words, "feed-option-silent")))
        .add_sub_option(number("max_per_hour", per_hour, Bounds::PER_HOUR))
        .add_sub_option(text("quiet_hours", say!(words, "feed-option-quiet-hours")))
        .add_sub_option(text("timezone", say!(words, "feed-option-timezone")))
        .add_sub_option(text("digest", say!(words, "feed-option-digest")))
        .add_sub_option(flag("thread", say!(words, "feed-option-thread")))
        .add_sub_option(flag("crosspost", say!(words, "feed-option-crosspost")))
        .add_sub_option(number("backfill", backfill, Bounds::BACKFILL))
}

fn subcommand(name: &str, description: String) -> CreateCommandOption {
    option(CommandOptionType::SubCommand, name, description)
}

/// A subcommand with the option `feed`.
fn of_feed(name: &str, description: String, words: &Words) -> CreateCommandOption {
    let feed = text("feed", say!(words, "feed-option-feed")).required(true);
    subcommand(name, description).add_sub_option(feed)
}

fn text(name: &str, description: String) -> CreateCommandOption {
    let characters_max = u16::try_from(CHOICE_CHARACTERS_MAX).unwrap_or(u16::MAX);
    option(CommandOptionType::String, name, description).set_autocomplete(true).max_length(characters_max)
}

fn option(kind: CommandOptionType, name: &str, description: String) -> CreateCommandOption {
    CreateCommandOption::new(kind, name, description)
}
