//! `/feed` as it is registered.

use serenity::all::{ChannelType, CommandOptionType};
use serenity::builder::{CreateCommand, CreateCommandOption};

use super::given::Bounds;
use crate::discord::reply::CHOICE_CHARACTERS_MAX;
use crate::feed::BACKFILL_MAX;
use crate::feed::pacing::POSTS_PER_HOUR_MAX;
use crate::messages::Words;

/// What `/feed edit` can take away that no other value of its option stands for: the option's value and its words.
pub(super) const CLEARABLE: [(&str, &str); 2] = [("mention", "the mention"), ("min_heat", "the bar of heat")];

/// The description, and the seven subcommands.
pub(super) fn definition(command: CreateCommand, _: &Words) -> CreateCommand {
    let channel = CreateCommandOption::new(CommandOptionType::Channel, "channel", "Where it posts")
        .required(true)
        .channel_types(vec![ChannelType::Text, ChannelType::News, ChannelType::Forum]);
    let add = with_settings(
        subcommand("add", "Have new articles posted into a channel").add_sub_option(channel),
        "",
    );
    let edit = with_settings(
        subcommand("edit", "Change a feed; what you leave out stays").add_sub_option(feed()),
        "; none for any",
    );
    let mut clear = CreateCommandOption::new(CommandOptionType::String, "clear", "What to take away");
    for (value, words) in CLEARABLE {
        clear = clear.add_string_choice(words, value);
    }
    let of_feed = |name: &str, description: &str| subcommand(name, description).add_sub_option(feed());
    command
        .description("Channels that get new articles")
        .add_option(add)
        .add_option(subcommand("list", "All feeds of this server and how they do, troubles first"))
        .add_option(edit.add_sub_option(clear))
        .add_option(of_feed("pause", "Post nothing for now; what is due stays due"))
        .add_option(of_feed("resume", "Post again"))
        .add_option(of_feed("remove", "Remove a feed; its messages stay"))
        .add_option(of_feed("test", "Post one card, marked as a test, without a mention"))
}

fn subcommand(name: &str, description: &str) -> CreateCommandOption {
    CreateCommandOption::new(CommandOptionType::SubCommand, name, description)
}

fn feed() -> CreateCommandOption {
    text("feed", "Which feed").required(true)
}

fn text(name: &str, description: &str) -> CreateCommandOption {
    let characters_max = u16::try_from(CHOICE_CHARACTERS_MAX).unwrap_or(u16::MAX);
    CreateCommandOption::new(CommandOptionType::String, name, description)
        .set_autocomplete(true)
        .max_length(characters_max)
}

/// The settings of a feed. `none` says how one is cleared, where it can be.
fn with_settings(subcommand: CreateCommandOption, none: &str) -> CreateCommandOption {
    let clearable = |name: &str, description: &str| text(name, &format!("{description}{none}"));
    let number = |name: &str, description: &str, bounds: Bounds| {
        let option = CreateCommandOption::new(CommandOptionType::Integer, name, description);
        option.min_int_value(bounds.min.cast_unsigned()).max_int_value(bounds.max.cast_unsigned())
    };
    let flag = |name: &str, description: &str| {
        CreateCommandOption::new(CommandOptionType::Boolean, name, description)
    };
    let mention =
        CreateCommandOption::new(CommandOptionType::Role, "mention", "A role that each post mentions");
    let per_hour = format!("Posts an hour, at most (1 to {POSTS_PER_HOUR_MAX})");
    let backfill = format!("How many of the hottest to post at once (0 to {BACKFILL_MAX})");
    subcommand
        .add_sub_option(clearable("topic", "Only on this topic and its children"))
        .add_sub_option(clearable("type", "Only of this type, as article or video"))
        .add_sub_option(number("min_quality", "The least quality", Bounds::QUALITY))
        .add_sub_option(number("min_heat", "The least heat", Bounds::HEAT))
        .add_sub_option(number("max_age_days", "Older ones are not new; 0 for no limit", Bounds::AGE_DAYS))
        .add_sub_option(mention)
        .add_sub_option(number("max_per_hour", &per_hour, Bounds::PER_HOUR))
        .add_sub_option(text(
            "quiet_hours",
            &format!("When it posts nothing, as 22:00-07:00{}", none.replace("any", "never")),
        ))
        .add_sub_option(text("timezone", "Of quiet hours and digests, as Europe/Berlin"))
        .add_sub_option(text("digest", "Posts the hottest together: off, hourly, daily 09:00"))
        .add_sub_option(flag("thread", "Open a thread for each post"))
        .add_sub_option(flag("crosspost", "Publish each post to the servers that follow the channel"))
        .add_sub_option(number("backfill", &backfill, Bounds::BACKFILL))
}
