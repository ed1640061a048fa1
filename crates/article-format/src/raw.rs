//! The values of a file, key by key, before any check. Other keys are skipped.

use std::borrow::Cow;

use serde::Deserialize;

use super::yaml::{KnownKeys, Mapping, RawList, RawMapping, RawText};

/// The keys of an article's front matter.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(crate) struct RawArticle<'text> {
    #[serde(borrow)]
    pub(crate) title: RawText<'text>,
    #[serde(borrow)]
    pub(crate) excerpt: RawText<'text>,
    #[serde(borrow)]
    pub(crate) published_date_time: RawText<'text>,
    #[serde(borrow)]
    pub(crate) updated_date_time: RawText<'text>,
    #[serde(borrow)]
    pub(crate) web_url: RawText<'text>,
    #[serde(borrow)]
    pub(crate) original_url: RawText<'text>,
    #[serde(borrow)]
    pub(crate) amp_web_url: RawText<'text>,
    #[serde(borrow)]
    pub(crate) cdn_amp_web_url: RawText<'text>,
    #[serde(borrow, rename = "type")]
    pub(crate) kind: RawText<'text>,
    #[serde(borrow)]
    pub(crate) category: RawText<'text>,
    #[serde(borrow)]
    pub(crate) quality: RawText<'text>,
    #[serde(borrow)]
    pub(crate) heat: RawText<'text>,
    #[serde(borrow)]
    pub(crate) published: RawText<'text>,
    #[serde(borrow)]
    pub(crate) removed: RawText<'text>,
    #[serde(borrow)]
    pub(crate) draft: RawText<'text>,
    #[serde(borrow)]
    pub(crate) announce: RawText<'text>,
    /// Any text counts.
    #[serde(borrow)]
    pub(crate) imported: RawText<'text>,
    #[serde(borrow)]
    pub(crate) provider: RawMapping<'text, RawProvider<'text>>,
    #[serde(borrow)]
    pub(crate) topics: RawList<Cow<'text, str>>,
    #[serde(borrow)]
    pub(crate) images: RawList<Mapping<'text, RawImage<'text>>>,
    #[serde(borrow)]
    pub(crate) related: RawList<Mapping<'text, RawRelated<'text>>>,
    #[serde(borrow)]
    pub(crate) length: RawText<'text>,
    #[serde(borrow)]
    pub(crate) price: RawText<'text>,
    #[serde(borrow)]
    pub(crate) levels: RawList<Cow<'text, str>>,
    #[serde(borrow)]
    pub(crate) ratings: RawMapping<'text, RawRatings<'text>>,
}

/// The keys of `provider`.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(default)]
pub(crate) struct RawProvider<'text> {
    #[serde(borrow)]
    pub(crate) name: RawText<'text>,
    #[serde(borrow)]
    pub(crate) domain: RawText<'text>,
    #[serde(borrow)]
    pub(crate) images: RawList<Mapping<'text, RawImage<'text>>>,
    #[serde(borrow)]
    pub(crate) authors: RawList<Mapping<'text, RawAuthor<'text>>>,
}

/// The keys of an entry of `provider.authors`.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(default)]
pub(crate) struct RawAuthor<'text> {
    #[serde(borrow)]
    pub(crate) name: RawText<'text>,
}

/// The keys of an entry of `images`. No card needs `isCached`, but its value is checked too.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(crate) struct RawImage<'text> {
    #[serde(borrow)]
    pub(crate) url: RawText<'text>,
    #[serde(borrow)]
    pub(crate) width: RawText<'text>,
    #[serde(borrow)]
    pub(crate) height: RawText<'text>,
    #[serde(borrow)]
    pub(crate) is_cached: RawText<'text>,
    #[serde(borrow)]
    pub(crate) title: RawText<'text>,
    #[serde(borrow)]
    pub(crate) attribution: RawText<'text>,
}

/// The keys of an entry of `related`.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(crate) struct RawRelated<'text> {
    #[serde(borrow)]
    pub(crate) title: RawText<'text>,
    #[serde(borrow)]
    pub(crate) excerpt: RawText<'text>,
    #[serde(borrow)]
    pub(crate) published_date_time: RawText<'text>,
    #[serde(borrow)]
    pub(crate) web_url: RawText<'text>,
    #[serde(borrow)]
    pub(crate) original_url: RawText<'text>,
    #[serde(borrow)]
    pub(crate) amp_web_url: RawText<'text>,
    #[serde(borrow)]
    pub(crate) cdn_amp_web_url: RawText<'text>,
    #[serde(borrow, rename = "type")]
    pub(crate) kind: RawText<'text>,
    #[serde(borrow)]
    pub(crate) quality: RawText<'text>,
    #[serde(borrow)]
    pub(crate) provider: RawMapping<'text, RawProvider<'text>>,
    #[serde(borrow)]
    pub(crate) images: RawList<Mapping<'text, RawImage<'text>>>,
}

/// The keys of `ratings`.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(default)]
pub(crate) struct RawRatings<'text> {
    #[serde(borrow)]
    pub(crate) average: RawText<'text>,
    #[serde(borrow)]
    pub(crate) count: RawText<'text>,
}

/// The keys of a topic file.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(default)]
pub(crate) struct RawTopicFile<'text> {
    #[serde(borrow)]
    pub(crate) taxonomy: RawText<'text>,
    #[serde(borrow, rename = "_id")]
    pub(crate) id: RawText<'text>,
    #[serde(borrow)]
    pub(crate) name: RawText<'text>,
    #[serde(borrow)]
    pub(crate) shortname: RawText<'text>,
    #[serde(borrow)]
    pub(crate) parent: RawText<'text>,
    #[serde(borrow)]
    pub(crate) keywords: RawList<Cow<'text, str>>,
    #[serde(borrow)]
    pub(crate) hashtags: RawList<Cow<'text, str>>,
    #[serde(borrow)]
    pub(crate) images: RawList<Cow<'text, str>>,
}

impl<'de: 'text, 'text> KnownKeys<'de> for RawArticle<'text> {}
impl<'de: 'text, 'text> KnownKeys<'de> for RawProvider<'text> {}
impl<'de: 'text, 'text> KnownKeys<'de> for RawAuthor<'text> {}
impl<'de: 'text, 'text> KnownKeys<'de> for RawImage<'text> {}
impl<'de: 'text, 'text> KnownKeys<'de> for RawRelated<'text> {}
impl<'de: 'text, 'text> KnownKeys<'de> for RawRatings<'text> {}
impl<'de: 'text, 'text> KnownKeys<'de> for RawTopicFile<'text> {}
