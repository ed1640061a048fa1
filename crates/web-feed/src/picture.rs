//! Which picture shows best what an entry is about.

use url::Url;

use crate::address::resolved;
use crate::feed::Picture;
use crate::markup::{Dialect, Tag, Token, Tokens, local_name};

/// Where a picture of an entry stands. The first kind that an entry has is the best.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum PicturePlace {
    Media,
    Thumbnail,
    Enclosure,
    Podcast,
    Element,
    Content,
}

/// A picture with fewer pixels on a side is an icon or counts readers.
const SIDE_MIN: u32 = 32;

/// Images of a text that are tried at most.
const IMAGES_MAX: usize = 50;

/// A picture, unless it is an icon or the portrait of an author.
pub(crate) fn picture(address: &str, width: Option<u32>, height: Option<u32>, base: &Url) -> Option<Picture> {
    let is_small = [width, height].into_iter().flatten().any(|side| side < SIDE_MIN);
    let url = resolved(address, base).filter(|_| !is_small)?;
    let is_portrait =
        url.host_str().is_some_and(|host| host == "gravatar.com" || host.ends_with(".gravatar.com"));
    (!is_portrait).then_some(Picture { url, width, height })
}

/// The picture that the attributes of a tag describe.
pub(crate) fn picture_of_tag(tag: Tag<'_>, address: &str, base: &Url) -> Option<Picture> {
    let side = |name| tag.attribute(name).and_then(|side| pixels(&side));
    picture(address, side("width"), side("height"), base)
}

/// `640`, `640px` or `640.0`.
fn pixels(side: &str) -> Option<u32> {
    let digits = side.bytes().take_while(u8::is_ascii_digit).count();
    let is_share = side.ends_with('%');
    side.get(..digits)?.parse().ok().filter(|_| !is_share)
}

/// The first picture in a piece of HTML.
pub(crate) fn first_picture(html: &str, base: &Url) -> Option<Picture> {
    let images = Tokens::of(html, Dialect::Html).filter_map(|token| match token {
        Token::Start(tag) if local_name(tag.name).eq_ignore_ascii_case("img") => Some(tag),
        _ => None,
    });
    // Pages that load their images late have the address beside a placeholder.
    let addresses =
        |tag: Tag<'_>| ["src", "data-src"].map(|name| tag.attribute(name).map(std::borrow::Cow::into_owned));
    images.take(IMAGES_MAX).find_map(|tag| {
        addresses(tag).into_iter().flatten().find_map(|address| picture_of_tag(tag, &address, base))
    })
}

/// Whether a media type, or else the end of an address, says that a file is of this kind.
pub(crate) fn is_of_kind(kind: MediaKind, media_type: Option<&str>, address: &str) -> bool {
    let (name, endings): (&str, &[&str]) = match kind {
        MediaKind::Image => ("image", &["jpg", "jpeg", "png", "gif", "webp", "avif"]),
        MediaKind::Video => ("video", &["mp4", "m4v", "mov", "webm", "avi", "mkv"]),
        MediaKind::Audio => ("audio", &["mp3", "m4a", "ogg", "oga", "opus", "wav", "flac", "aac"]),
    };
    if let Some(media_type) =
        media_type.filter(|media_type| !media_type.eq_ignore_ascii_case("application/octet-stream"))
    {
        return media_type.get(..name.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(name));
    }
    let path = address.split(['?', '#']).next().unwrap_or_default();
    path.rsplit_once('.')
        .is_some_and(|(_, ending)| endings.iter().any(|known| known.eq_ignore_ascii_case(ending)))
}

/// What a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum MediaKind {
    Image,
    Video,
    Audio,
}
