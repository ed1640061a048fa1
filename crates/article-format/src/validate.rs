//! From raw values to a valid [`Article`], or to all its faults.

use std::borrow::Cow;

use super::address;
use super::article::{Article, ArticleId, Details, Image, LINK_CHARACTERS_MAX, Provider, Rating};
use super::checks::Checks;
use super::fault::DocumentPlace;
use super::raw::{RawArticle, RawAuthor, RawImage, RawProvider, RawRatings, RawRelated};
use super::related::{Related, RelatedDraft, RelatedStories};
use super::values;
use super::yaml::{Mapping, Raw, RawList, RawMapping, RawText};

/// Checks every value of an article. `None` means that the checks noted a fault.
pub(crate) fn article(
    checks: &mut Checks<'_>,
    id: ArticleId,
    raw: &RawMapping<'_, RawArticle<'_>>,
) -> Option<Article> {
    let nothing = RawArticle::default();
    let raw = match raw {
        Raw::Missing => &nothing,
        other => checks.mapping(&DocumentPlace::Root, other)?,
    };
    let title = title(checks, &DocumentPlace::Root, &raw.title);
    let addresses = Addresses::check(checks, &DocumentPlace::Root, raw.addresses());
    let article = Article {
        id,
        title: title.as_deref().unwrap_or_default().into(),
        excerpt: checks.excerpt(&key("excerpt"), &raw.excerpt),
        published_at: checks.value(&key("publishedDateTime"), &raw.published_date_time, values::date),
        link: addresses.link().map(Into::into),
        addresses: addresses.identities(),
        kind: checks.plain(&key("type"), &raw.kind).map(Into::into),
        category: checks.plain(&key("category"), &raw.category).map(Into::into),
        quality: checks.value(&key("quality"), &raw.quality, values::integer),
        heat: checks.value(&key("heat"), &raw.heat, values::integer).unwrap_or(0),
        is_published: checks.value(&key("published"), &raw.published, values::boolean).unwrap_or(true),
        is_removed: checks.value(&key("removed"), &raw.removed, values::boolean).unwrap_or(false),
        is_draft: checks.value(&key("draft"), &raw.draft, values::boolean).unwrap_or(false),
        is_announced: checks.value(&key("announce"), &raw.announce, values::boolean).unwrap_or(true),
        is_imported: matches!(raw.imported, Raw::Given(_)),
        provider: provider(checks, &key("provider"), &raw.provider).map(Into::into),
        topics: checks.texts(&key("topics"), &raw.topics).into(),
        picture: picture(checks, &key("images"), &raw.images).map(Picture::into_image),
        related: related(checks, &raw.related),
        details: details(checks, raw),
    };
    title.map(|_| article)
}

/// A key of the whole document.
fn key(name: &'static str) -> DocumentPlace<'static> {
    DocumentPlace::Key(&DocumentPlace::Root, name)
}

/// The title. Neither an article nor a related story can be shown without a title.
fn title<'raw>(
    checks: &mut Checks<'_>,
    place: &DocumentPlace<'_>,
    raw: &'raw RawText<'_>,
) -> Option<Cow<'raw, str>> {
    const REMEDY: &str = "add a line title: \"...\"";
    let title_place = DocumentPlace::Key(place, "title");
    let title = checks.plain(&title_place, raw);
    match raw {
        Raw::Given(_) if title.is_none() => {
            checks.refuse(&title_place, format!("{} has no text", title_place.name()), REMEDY);
        }
        Raw::Missing if matches!(place, DocumentPlace::Root) => {
            checks.refuse(place, "the article has no title".into(), REMEDY);
        }
        Raw::Missing => {
            checks.refuse(place, format!("an entry of {} has no title", place.name()), REMEDY);
        }
        Raw::Given(_) | Raw::WrongKind(_) => {}
    }
    title
}

/// The keys for addresses of a story, best first. The first usable one among the shown addresses is the link.
const ADDRESS_KEYS: [&str; 4] = ["webUrl", "originalUrl", "ampWebUrl", "cdnAmpWebUrl"];

/// A card may show only this many of [`ADDRESS_KEYS`].
const SHOWN_ADDRESSES: usize = 2;

/// The valid addresses of one story, in the order of [`ADDRESS_KEYS`].
struct Addresses<'raw>([Option<(&'raw str, Cow<'raw, str>)>; ADDRESS_KEYS.len()]);

impl<'raw> Addresses<'raw> {
    fn check(
        checks: &mut Checks<'_>,
        place: &DocumentPlace<'_>,
        raw: [&'raw RawText<'_>; ADDRESS_KEYS.len()],
    ) -> Self {
        let mut addresses = [const { None }; ADDRESS_KEYS.len()];
        for ((address, name), raw) in addresses.iter_mut().zip(ADDRESS_KEYS).zip(raw) {
            let convert = |text: &'raw str| values::address(text).map(|address| (text, address));
            *address = checks.value(&DocumentPlace::Key(place, name), raw, convert);
        }
        Self(addresses)
    }

    fn link(&self) -> Option<&str> {
        link_of(self.0.iter().take(SHOWN_ADDRESSES).flatten().map(|(_, address)| &**address))
    }

    fn identities(&self) -> Box<[u64]> {
        address::identities(self.0.iter().flatten().map(|(text, _)| *text))
    }
}

/// The link of a story: the first address of at most [`LINK_CHARACTERS_MAX`] characters, else the first of all.
pub(super) fn link_of<'a>(mut addresses: impl Iterator<Item = &'a str> + Clone) -> Option<&'a str> {
    let fits = |address: &&str| address.len() <= LINK_CHARACTERS_MAX;
    addresses.clone().find(fits).or_else(|| addresses.next())
}

impl<'text> RawArticle<'text> {
    fn addresses(&self) -> [&RawText<'text>; ADDRESS_KEYS.len()] {
        [&self.web_url, &self.original_url, &self.amp_web_url, &self.cdn_amp_web_url]
    }
}

impl<'text> RawRelated<'text> {
    fn addresses(&self) -> [&RawText<'text>; ADDRESS_KEYS.len()] {
        [&self.web_url, &self.original_url, &self.amp_web_url, &self.cdn_amp_web_url]
    }
}

/// The related stories of an article.
pub(super) fn related(checks: &mut Checks<'_>, raw: &RawList<Mapping<'_, RawRelated<'_>>>) -> RelatedStories {
    let place = &key("related");
    let nothing = RawRelated::default();
    let mut stories = RelatedDraft::default();
    for (index, entry) in checks.list(place, raw).iter().enumerate() {
        let place = DocumentPlace::Item(place, index);
        // An empty entry is a story without a title, so the fault is reported.
        let raw = match entry {
            Raw::Missing => Some(&nothing),
            other => checks.mapping(&place, other),
        };
        if let Some(raw) = raw {
            related_story(checks, &place, raw, &mut stories);
        }
    }
    stories.finish()
}

/// Checks all values, and keeps the ones that a card shows.
fn related_story(
    checks: &mut Checks<'_>,
    place: &DocumentPlace<'_>,
    raw: &RawRelated<'_>,
    stories: &mut RelatedDraft,
) {
    let title = title(checks, place, &raw.title);
    let addresses = Addresses::check(checks, place, raw.addresses());
    let key = |name| DocumentPlace::Key(place, name);
    checks.word(&key("excerpt"), &raw.excerpt);
    let published_at = checks.value(&key("publishedDateTime"), &raw.published_date_time, values::date);
    checks.word(&key("type"), &raw.kind);
    let quality = checks.value(&key("quality"), &raw.quality, values::integer);
    let provider = named_provider(checks, &key("provider"), &raw.provider);
    let source = provider.as_ref().map(|provider| &*provider.name);
    picture(checks, &key("images"), &raw.images);
    if let Some(title) = title {
        stories.push(&Related { title: &title, published_at, link: addresses.link(), quality, source });
    }
}

/// The publisher of a story. Borrowed if nothing of the written text changes.
struct NamedProvider<'raw> {
    name: Cow<'raw, str>,
    domain: Option<Cow<'raw, str>>,
    icon: Option<Cow<'raw, str>>,
    authors: Box<[Box<str>]>,
}

fn provider(
    checks: &mut Checks<'_>,
    place: &DocumentPlace<'_>,
    raw: &RawMapping<'_, RawProvider<'_>>,
) -> Option<Provider> {
    let NamedProvider { name, domain, icon, authors } = named_provider(checks, place, raw)?;
    Some(Provider { name: name.into(), domain: domain.map(Into::into), icon: icon.map(Into::into), authors })
}

/// A provider needs a name or a domain.
fn named_provider<'raw>(
    checks: &mut Checks<'_>,
    place: &DocumentPlace<'_>,
    raw: &'raw RawMapping<'_, RawProvider<'_>>,
) -> Option<NamedProvider<'raw>> {
    let raw = checks.mapping(place, raw)?;
    let name = checks.plain(&DocumentPlace::Key(place, "name"), &raw.name);
    let domain = checks.plain(&DocumentPlace::Key(place, "domain"), &raw.domain);
    let icon = picture(checks, &DocumentPlace::Key(place, "images"), &raw.images).map(|picture| picture.url);
    let authors = authors(checks, &DocumentPlace::Key(place, "authors"), &raw.authors);
    Some(NamedProvider { name: name.or_else(|| domain.clone())?, domain, icon, authors })
}

/// The names of all authors that have a name.
fn authors(
    checks: &mut Checks<'_>,
    place: &DocumentPlace<'_>,
    raw: &RawList<Mapping<'_, RawAuthor<'_>>>,
) -> Box<[Box<str>]> {
    let mut names = Vec::new();
    for (index, entry) in checks.list(place, raw).iter().enumerate() {
        let place = DocumentPlace::Item(place, index);
        if let Some(author) = checks.mapping(&place, entry) {
            names.extend(checks.text(&DocumentPlace::Key(&place, "name"), &author.name));
        }
    }
    names.into()
}

/// An image with an http(s) address. Borrowed if nothing of the written text changes.
struct Picture<'raw> {
    url: Cow<'raw, str>,
    attribution: Option<Cow<'raw, str>>,
}

impl Picture<'_> {
    fn into_image(self) -> Image {
        let Self { url, attribution } = self;
        Image { url: url.into(), attribution: attribution.map(Into::into) }
    }
}

/// The first image with an http(s) address. All images are checked. Images without a usable address are skipped: real
/// files have relative paths that only their own site can resolve.
fn picture<'raw>(
    checks: &mut Checks<'_>,
    place: &DocumentPlace<'_>,
    raw: &'raw RawList<Mapping<'_, RawImage<'_>>>,
) -> Option<Picture<'raw>> {
    let mut first = None;
    for (index, entry) in checks.list(place, raw).iter().enumerate() {
        let place = DocumentPlace::Item(place, index);
        let Some(raw) = checks.mapping(&place, entry) else { continue };
        let key = |name| DocumentPlace::Key(&place, name);
        let url =
            checks.word(&key("url"), &raw.url).and_then(|text| checks.address_or_none(&key("url"), text));
        checks.value(&key("width"), &raw.width, values::pixels);
        checks.value(&key("height"), &raw.height, values::pixels);
        checks.value(&key("isCached"), &raw.is_cached, values::boolean);
        checks.word(&key("title"), &raw.title);
        let attribution = checks.plain(&key("attribution"), &raw.attribution);
        if let (None, Some(url)) = (&first, url) {
            first = Some(Picture { url, attribution });
        }
    }
    first
}

/// `None` if the file has none of these values.
fn details(checks: &mut Checks<'_>, raw: &RawArticle<'_>) -> Option<Box<Details>> {
    let details = Details {
        updated_at: checks.value(&key("updatedDateTime"), &raw.updated_date_time, values::date),
        length_seconds: checks.value(&key("length"), &raw.length, values::duration_seconds),
        price: checks.text(&key("price"), &raw.price),
        levels: checks.texts(&key("levels"), &raw.levels),
        rating: rating(checks, &key("ratings"), &raw.ratings),
    };
    (details != Details::default()).then(|| Box::new(details))
}

fn rating(
    checks: &mut Checks<'_>,
    place: &DocumentPlace<'_>,
    raw: &RawMapping<'_, RawRatings<'_>>,
) -> Option<Rating> {
    let raw = checks.mapping(place, raw)?;
    let average = checks.value(&DocumentPlace::Key(place, "average"), &raw.average, values::decimal);
    let count = checks.value(&DocumentPlace::Key(place, "count"), &raw.count, values::count);
    Some(Rating { average: average?.into(), count })
}
