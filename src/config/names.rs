//! The names of the settings, and warnings for names that have no effect.

use std::collections::BTreeMap;

/// Every setting that has an effect, with its default. `.env.example` lists the same settings.
pub const SETTINGS: [(&str, Option<&str>); 17] = [
    ("DISCORD_TOKEN", None),
    (TOKEN_FILE, None),
    ("DISCORD_GUILD_ID", None),
    ("DISCORD_API_URL", None),
    ("DISCORD_SHARDS", Some("auto")),
    ("ARTICLES_DIR", Some("articles")),
    ("ARTICLES_WATCH", Some("true")),
    ("SOURCES_FILE", Some("sources.yaml")),
    ("HEAT_HALF_LIFE_DAYS", Some("3")),
    ("NEWS_SORT", Some("heat")),
    ("NEWS_CHANNEL_ID", None),
    ("NEWS_MIN_QUALITY", Some("60")),
    ("NEWS_MAX_AGE_DAYS", Some("7")),
    ("OPERATOR_GUILD_IDS", None),
    ("DATABASE_URL", Some("sqlite://heatwire.db")),
    ("HEATWIRE_HTTP_ADDR", None),
    ("RUST_LOG", Some("info")),
];

/// A file that holds the token, for operators who keep secrets in files.
pub(super) const TOKEN_FILE: &str = "DISCORD_TOKEN_FILE";

/// Where a test kills the process; see [`crate::delivery::kill`].
pub(super) const KILL_AT: &str = "HEATWIRE_KILL_AT";

/// The longest name of a setting that a warning repeats, in bytes.
const NAME_BYTES_MAX: usize = 64;

/// The value of a setting, or its default. An empty value counts as no value.
pub(super) fn value_of<'settings>(
    settings: &'settings BTreeMap<String, String>,
    name: &str,
) -> Option<&'settings str> {
    let default = SETTINGS.iter().find(|(known, _)| *known == name).and_then(|(_, default)| *default);
    settings.get(name).map(|value| value.trim()).filter(|value| !value.is_empty()).or(default)
}

/// A warning for each unknown name that begins with `HEATWIRE_`: it has no effect.
pub(super) fn warnings(settings: &BTreeMap<String, String>) -> Vec<String> {
    let set = settings.iter().filter(|(_, value)| !value.trim().is_empty()).map(|(name, _)| name.as_str());
    set.filter_map(|name| {
        let is_unknown = name.starts_with("HEATWIRE_")
            && !SETTINGS.iter().any(|(known, _)| *known == name)
            && !(cfg!(feature = "kill-points") && name == KILL_AT);
        // Text that has not the form of a name may be a secret in the wrong place.
        let is_name = name.len() <= NAME_BYTES_MAX
            && name.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_');
        let shown = if is_name { name } else { "a name that begins with HEATWIRE_" };
        is_unknown.then(|| format!("{shown} is not a setting of heatwire; check the spelling"))
    })
    .collect()
}
