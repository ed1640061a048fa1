//! Turns the options of a moderator into the settings of a feed, or into all faults of the options, in words.

use super::feed_options::{Bounds, FeedOptions};
use crate::card::text;
use crate::collection::Collection;
use crate::collection::names::Names;
use crate::discord::choices;
use crate::discord::reply::fitting;
use crate::feed::pacing::{Digest, PacingError, QuietHours, Zone};
use crate::feed::phrases::{PHRASES_CHARACTERS_MAX, PHRASES_MAX, Phrases, PhrasesError};
use crate::feed::{ChannelKind, FeedSettings};
use crate::ids::{ChannelId, GuildId};
use crate::messages::{Words, say};
use crate::query::Wanted;

/// The options whose effect `clear` of `/feed edit` takes away.
pub(super) const CLEARABLE: [&str; 8] =
    ["topic", "type", "source", "words", "without", "min_heat", "mention", "quiet_hours"];
/// The most characters of a typed text that an answer repeats.
const TYPED_CHARACTERS_MAX: usize = 60;

/// The channel of a feed. Some settings depend on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Target {
    pub(super) guild: GuildId,
    pub(super) channel: ChannelId,
    pub(super) kind: ChannelKind,
}

/// Valid settings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Chosen {
    pub(super) settings: FeedSettings,
    pub(super) backfill: u8,
}

/// All faults so far. Each text has cause and remedy.
struct Faults<'a> {
    words: &'a Words,
    texts: Vec<String>,
}

/// The settings `base` with the changes of the options.
///
/// # Errors
/// All faults, with cause and remedy.
pub(super) fn choose(
    given: &FeedOptions,
    base: FeedSettings,
    target: Target,
    collection: &Collection,
    words: &Words,
) -> Result<Chosen, String> {
    let mut settings = base;
    let mut faults = Faults { words, texts: Vec::new() };
    faults.clear(given, &mut settings);
    let rules = &mut settings.rules;
    faults.name(given.topic.as_deref(), "topic", collection.topics().names(), &mut rules.topic);
    faults.name(given.kind.as_deref(), "type", collection.kinds().names(), &mut rules.kind);
    faults.name(given.source.as_deref(), "source", collection.sources().names(), &mut rules.source);
    faults.phrases(given.words.as_deref(), "words", &mut rules.words);
    faults.phrases(given.without.as_deref(), "without", &mut rules.without);
    faults.number(given.quality_min, "min_quality", Bounds::QUALITY, &mut rules.quality_min);
    let mut heat_min = rules.heat_min.unwrap_or_default();
    if faults.number(given.heat_min, "min_heat", Bounds::HEAT, &mut heat_min) {
        rules.heat_min = Some(heat_min);
    }
    faults.number(given.max_age_days, "max_age_days", Bounds::AGE_DAYS, &mut rules.max_age_days);
    let pacing = &mut settings.pacing;
    faults.number(given.posts_per_hour_max, "max_per_hour", Bounds::PER_HOUR, &mut pacing.posts_per_hour_max);
    let mut backfill = 0;
    faults.number(given.backfill, "backfill", Bounds::BACKFILL, &mut backfill);
    let quiet_hours = |typed: &str| QuietHours::parse(typed).map(Some);
    faults.time(given.quiet_hours.as_deref(), quiet_hours, &mut pacing.quiet_hours);
    faults.time(given.zone.as_deref(), Zone::parse, &mut pacing.zone);
    faults.time(given.digest.as_deref(), Digest::parse, &mut pacing.digest);
    faults.extras(given, &mut settings, target);
    faults.or(Chosen { settings, backfill })
}

impl Faults<'_> {
    fn note(&mut self, fault: String) {
        self.texts.push(fault);
    }

    /// One fault is a line. Several are a list.
    fn or<T>(self, chosen: T) -> Result<T, String> {
        let Self { words, texts } = self;
        match texts.as_slice() {
            [] => Ok(chosen),
            [fault] => Err(fault.clone()),
            faults => {
                let heading = std::iter::once(say!(words, "option-faults"));
                let lines: Vec<String> =
                    heading.chain(faults.iter().map(|fault| format!("• {fault}"))).collect();
                Err(fitting(words, &lines))
            }
        }
    }

    /// The options `mention`, `silent`, `thread` and `crosspost`.
    fn extras(&mut self, given: &FeedOptions, settings: &mut FeedSettings, target: Target) {
        let words = self.words;
        if let Some(role) = given.mention {
            if role.id.0 == target.guild.0 {
                self.note(say!(words, "option-mention-everyone"));
            }
            settings.mention = Some(role.id);
        }
        let channel = || format!("<#{}>", target.channel);
        if given.opens_thread == Some(true) && target.kind == ChannelKind::Forum {
            self.note(say!(words, "option-thread-in-forum", channel = channel()));
        }
        if given.opens_thread == Some(true) && target.kind == ChannelKind::Thread {
            self.note(say!(words, "option-thread-in-thread", channel = channel()));
        }
        if given.crossposts == Some(true) {
            match target.kind {
                ChannelKind::Announcement => {}
                ChannelKind::Thread => {
                    self.note(say!(words, "option-crosspost-in-thread", channel = channel()));
                }
                ChannelKind::Text | ChannelKind::Forum => {
                    self.note(say!(words, "option-crosspost", channel = channel()));
                }
            }
        }
        settings.opens_thread = given.opens_thread.unwrap_or(settings.opens_thread);
        settings.crossposts = given.crossposts.unwrap_or(settings.crossposts);
        settings.is_silent = given.is_silent.unwrap_or(settings.is_silent);
    }

    /// Takes away what an option set, unless the same command gives the option.
    fn clear(&mut self, given: &FeedOptions, settings: &mut FeedSettings) {
        let Some(option) = given.clear.as_deref() else { return };
        let rules = &mut settings.rules;
        let is_given = match option {
            "topic" => take(&mut rules.topic, given.topic.is_some()),
            "type" => take(&mut rules.kind, given.kind.is_some()),
            "source" => take(&mut rules.source, given.source.is_some()),
            "words" => take(&mut rules.words, given.words.is_some()),
            "without" => take(&mut rules.without, given.without.is_some()),
            "min_heat" => take(&mut rules.heat_min, given.heat_min.is_some()),
            "mention" => take(&mut settings.mention, given.mention.is_some()),
            "quiet_hours" => take(&mut settings.pacing.quiet_hours, given.quiet_hours.is_some()),
            other => return self.note(say!(self.words, "option-clear-unknown", typed = shown(other))),
        };
        if is_given {
            self.note(say!(self.words, "option-cleared-and-given", option = format!("`{option}`")));
        }
    }

    /// Sets words and phrases.
    fn phrases(&mut self, given: Option<&str>, option: &str, setting: &mut Phrases) {
        let Some(typed) = given else { return };
        let (words, option) = (self.words, format!("`{option}`"));
        match Phrases::parse(typed) {
            Ok(phrases) => *setting = phrases,
            Err(PhrasesError::Empty) => self.note(say!(words, "option-words-empty", option = option)),
            Err(PhrasesError::NoLetters(part)) => {
                self.note(say!(words, "option-words-no-letters", option = option, typed = shown(&part)));
            }
            Err(PhrasesError::TooLong) => {
                let characters = PHRASES_CHARACTERS_MAX;
                self.note(say!(words, "option-words-too-long", option = option, characters = characters));
            }
            Err(PhrasesError::TooMany(given)) => {
                let max = PHRASES_MAX;
                self.note(say!(words, "option-words-too-many", option = option, given = given, max = max));
            }
        }
    }

    /// Sets a topic, a type or a source. The name must exist: a feed posts for months, so the bot does not guess a similar name.
    fn name(&mut self, given: Option<&str>, option: &str, names: &Names, setting: &mut Option<Box<str>>) {
        let Some(typed) = given else { return };
        let found = match choices::wanted(typed) {
            Wanted::Hash(hash) => {
                names.by_hash64(hash).ok_or_else(|| say!(self.words, "option-name-gone", option = option))
            }
            Wanted::Typed(typed) => {
                names.known(&typed).map_err(|nearest| unknown(&typed, option, &nearest, names, self.words))
            }
        };
        match found {
            Ok(index) => *setting = Some(names.text(index).into()),
            Err(fault) => self.note(fault),
        }
    }

    /// Sets a number. Returns false without the option, and for a number outside its bounds.
    fn number<T: TryFrom<i64>>(
        &mut self,
        given: Option<i64>,
        option: &str,
        bounds: Bounds,
        setting: &mut T,
    ) -> bool {
        let Some(given) = given else { return false };
        let fitting = Some(given).filter(|given| (bounds.min..=bounds.max).contains(given));
        let Some(fitting) = fitting.and_then(|given| T::try_from(given).ok()) else {
            let (option, Bounds { min, max }) = (format!("`{option}`"), bounds);
            self.note(say!(
                self.words,
                "option-number",
                option = option,
                given = given,
                min = min,
                max = max
            ));
            return false;
        };
        *setting = fitting;
        true
    }

    /// Sets quiet hours, their time zone, or a digest.
    fn time<T>(
        &mut self,
        given: Option<&str>,
        parse: impl Fn(&str) -> Result<T, PacingError>,
        setting: &mut T,
    ) {
        let Some(typed) = given else { return };
        let words = self.words;
        match parse(typed) {
            Ok(parsed) => *setting = parsed,
            Err(PacingError::QuietHours) => {
                self.note(say!(words, "option-quiet-hours", typed = shown(typed)));
            }
            Err(PacingError::EmptyQuietHours) => self.note(say!(words, "option-quiet-hours-empty")),
            Err(PacingError::Zone) => self.note(say!(words, "option-timezone", typed = shown(typed))),
            Err(PacingError::Digest) => self.note(say!(words, "option-digest", typed = shown(typed))),
        }
    }
}

fn unknown(typed: &str, option: &str, nearest: &[usize], names: &Names, words: &Words) -> String {
    let typed = shown(typed);
    if nearest.is_empty() {
        return say!(words, "option-no-names", option = option, typed = typed);
    }
    let nearest: Vec<String> =
        nearest.iter().map(|&index| format!("**{}**", shown(names.text(index)))).collect();
    say!(words, "option-name-unknown", option = option, typed = typed, nearest = words.list(&nearest))
}

/// Removes a setting. Returns `is_given`.
fn take<T: Default>(setting: &mut T, is_given: bool) -> bool {
    *setting = T::default();
    is_given
}

fn shown(typed: &str) -> String {
    text::escaped(typed, TYPED_CHARACTERS_MAX)
}
