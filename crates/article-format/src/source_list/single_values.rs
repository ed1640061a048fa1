//! The single values of `sources.yaml`.

use std::time::Duration;

use url::Url;

use super::super::values::{self, Refusal};
use super::model::OpmlPlace;

/// Characters of a name at most: the name is a folder.
pub(super) const NAME_CHARACTERS_MAX: usize = 64;

/// The shortest and the longest time between two fetches of a source.
const EVERY_RANGE: (Duration, Duration) = (Duration::from_secs(60), Duration::from_secs(30 * 24 * 60 * 60));

/// No file is kept for longer: a hundred years.
const KEEP_DAYS_MAX: u32 = 36_500;

pub(super) fn folder(text: &str) -> Result<&str, Refusal> {
    let folder = text.trim_end_matches('/');
    let is_inside = folder.split('/').all(|part| !matches!(part, "" | "." | ".." | ".git"));
    let is_plain = !folder.starts_with('-') && !folder.contains(['\\', '*', '?', '[', ':', '!', '#']);
    if is_inside && is_plain && !folder.chars().any(char::is_control) {
        Ok(folder)
    } else {
        Err(Refusal {
            what: "not a folder inside the repository",
            remedy: "write a relative path without .., as _data/topics",
        })
    }
}

pub(super) fn every(text: &str) -> Result<Duration, Refusal> {
    const REFUSAL: Refusal = Refusal {
        what: "not a time between 1m and 30d",
        remedy: "write a whole number and m, h or d, as 15m",
    };
    let (digits, unit) = text.split_at(text.find(|sign: char| !sign.is_ascii_digit()).unwrap_or(text.len()));
    let seconds = match unit.trim() {
        "s" => 1,
        "m" => 60,
        "h" => 60 * 60,
        "d" => 24 * 60 * 60,
        _ => return Err(REFUSAL),
    };
    let every =
        digits.parse::<u64>().ok().and_then(|count| count.checked_mul(seconds)).map(Duration::from_secs);
    every.filter(|every| (EVERY_RANGE.0..=EVERY_RANGE.1).contains(every)).ok_or(REFUSAL)
}

pub(super) fn keep_days(text: &str) -> Result<u32, Refusal> {
    text.parse().ok().filter(|days| *days <= KEEP_DAYS_MAX).ok_or(Refusal {
        what: "not a number of days from 0 to 36500",
        remedy: "write a whole number of days, as 365, or 0 to keep all files",
    })
}

pub(super) fn quality(text: &str) -> Result<u8, Refusal> {
    text.parse()
        .ok()
        .filter(|quality| *quality <= 100)
        .ok_or(Refusal { what: "not a whole number from 0 to 100", remedy: "write digits, as 70" })
}

/// The refusals of addresses name the word address: only then is a value that may hold a password not quoted.
pub(super) fn web_address(text: &str) -> Result<Url, Refusal> {
    const REFUSAL: Refusal = Refusal {
        what: "not a web address",
        remedy: "write an absolute http or https address, as https://example.com/feed.xml",
    };
    if values::has_user_info(text) {
        return Err(values::USER_INFO);
    }
    values::address(text).ok().and_then(|address| Url::parse(&address).ok()).ok_or(REFUSAL)
}

pub(super) fn opml_place(text: &str) -> Result<OpmlPlace, Refusal> {
    if text.contains("://") {
        return web_address(text).map(OpmlPlace::Address);
    }
    Ok(OpmlPlace::File(text.into()))
}

pub(super) fn git_address(text: &str) -> Result<&str, Refusal> {
    const REFUSAL: Refusal = Refusal {
        what: "not the address of a git repository",
        remedy: "write an https, ssh or file address, or user@host:path",
    };
    if text.starts_with('-') || text.chars().any(|sign| sign.is_whitespace() || sign.is_control()) {
        return Err(REFUSAL);
    }
    let Some((scheme, rest)) = text.split_once("://") else {
        // `user@host:path`. Two colons in a row would name a program (gitremote-helpers).
        let is_remote = text.split_once(':').is_some_and(|(host, path)| {
            host.contains('@') && !host.contains('/') && !path.is_empty() && !path.starts_with(':')
        });
        return if is_remote { Ok(text) } else { Err(REFUSAL) };
    };
    let authority = rest.split('/').next().unwrap_or_default();
    match scheme {
        "https" | "http" if authority.contains('@') => Err(Refusal {
            what: "an address with a user or a password",
            remedy: "keep credentials in git's own settings (git help credentials) and write the address without them",
        }),
        "ssh" if authority.rsplit_once('@').is_some_and(|(user, _)| user.contains(':')) => Err(Refusal {
            what: "an address with a password",
            remedy: "use a key of ssh and write the address without the password",
        }),
        "https" | "http" | "ssh" | "file" if rest.len() > 1 => Ok(text),
        _ => Err(REFUSAL),
    }
}

/// A name of a branch as `git check-ref-format` takes it, in short.
pub(super) fn branch(text: &str) -> Result<&str, Refusal> {
    let has_forbidden =
        text.contains([' ', '~', '^', ':', '?', '*', '[', '\\']) || text.chars().any(char::is_control);
    let is_odd = text.starts_with(['-', '/', '.']) || text.ends_with(['/', '.']) || text.ends_with(".lock");
    if has_forbidden || is_odd || text.contains("..") || text.contains("@{") || text.contains("//") {
        return Err(Refusal {
            what: "not a name of a branch",
            remedy: "write the branch as git shows it, as main",
        });
    }
    Ok(text)
}

pub(super) fn name(text: &str) -> Result<&str, Refusal> {
    let is_sign = |sign: char| sign.is_alphanumeric() || matches!(sign, '-' | '_' | '.');
    let begins = text.chars().next().is_some_and(char::is_alphanumeric);
    if begins
        && !text.ends_with('.')
        && text.chars().all(is_sign)
        && text.chars().count() <= NAME_CHARACTERS_MAX
    {
        Ok(text)
    } else {
        Err(Refusal {
            what: "not a name for a folder",
            remedy: "write at most 64 letters, digits, “-”, “_” and “.”, and begin with a letter or a digit",
        })
    }
}
