//! When two addresses lead to the same story (the contract, "One story, one card").

use std::borrow::Cow;

use url::Url;

use super::hash::stable_hash64;
use super::ordinary_address::{OrdinaryAddress, ordinary};
use super::values;

/// The first host of the AMP cache. Newer hosts are below it.
const AMP_CACHE: &str = "cdn.ampproject.org";

/// Parameters that only tell where a reader came from. Every other parameter counts: the `v` of a video is the video.
const TRACKING_PARAMETERS: [&str; 17] = [
    "_hsenc",
    "_hsmi",
    "dclid",
    "fbclid",
    "gbraid",
    "gclid",
    "igshid",
    "mc_cid",
    "mc_eid",
    "mkt_tok",
    "msclkid",
    "oly_anon_id",
    "oly_enc_id",
    "twclid",
    "wbraid",
    "wt.mc_id",
    "yclid",
];

/// Parameters that only track readers in a fragment. As parameters of the server they may choose a page.
const TRACKING_IN_FRAGMENTS: [&str; 11] =
    ["amp", "amp_ct", "amp_tf", "ampshare", "aoh", "csi", "echobox", "ref", "referrer", "source", "xtor"];

/// Fragments for places that most pages have: they only scroll.
const PLACES_OF_ANY_PAGE: [&str; 22] = [
    "article",
    "back-to-top",
    "body",
    "bottom",
    "comment-form",
    "comments",
    "content",
    "discussion",
    "disqus_thread",
    "footer",
    "header",
    "main",
    "main-content",
    "maincontent",
    "more",
    "page-top",
    "respond",
    "rss",
    "share",
    "start",
    "toc",
    "top",
];

/// Beginnings of fragments for one comment, or for the rest of a shortened text. A number follows.
const NUMBERED_PLACES: [&str; 5] = ["comment-", "comment", "discussioncomment-", "issuecomment-", "more-"];

/// The form of an address that is the same for all addresses of one story. It has no scheme, no `www.`, `m.` or `amp.`
/// before the host, no wrapper of the AMP cache, no `/amp` or slash at the end, no parameters for tracking, and no
/// fragment that only scrolls or tracks. Any other fragment counts, for example `#/story/2` or `#v1.0`. Escapes have
/// one form (RFC 3986, 6.2.2): one source writes `’` as `%e2%80%99`, another writes the character. `None` if the text
/// is not an http(s) address.
pub(crate) fn canonical(address: &str) -> Option<Box<str>> {
    if let Some(OrdinaryAddress { host, path, query }) = ordinary(address)
        && !is_amp_cache(host)
    {
        return Some(joined(host, None, path, query, None));
    }
    let url = Url::parse(address).ok().filter(|url| matches!(url.scheme(), "http" | "https"))?;
    let url = unwrapped(&url).unwrap_or(url);
    Some(joined(url.host_str()?, url.port(), url.path(), url.query(), url.fragment()))
}

/// The length of an address as Discord counts it, in characters with escapes. `None` if the text is not an address for
/// articles.
#[must_use]
pub fn characters_as_sent(address: &str) -> Option<usize> {
    // The escaped form has only ASCII characters.
    Some(values::address(address.trim()).ok()?.len())
}

/// Hashes of the canonical forms of addresses, ascending and without repetition. Two stories with a common hash are the
/// same.
#[must_use]
pub fn identities<'a>(addresses: impl IntoIterator<Item = &'a str>) -> Box<[u64]> {
    let mut identities: Vec<u64> =
        addresses.into_iter().filter_map(canonical).map(|address| stable_hash64(&address)).collect();
    identities.sort_unstable();
    identities.dedup();
    identities.into()
}

/// The host of a site, without prefixes that lead to the same site. `text` may be an address, a host, or any other
/// name.
#[must_use]
pub fn site(text: &str) -> Box<str> {
    let text = text.trim();
    let address: Cow<'_, str> =
        if text.contains("://") { text.into() } else { format!("https://{text}/").into() };
    if let Some(OrdinaryAddress { host, .. }) = ordinary(&address) {
        return without_prefixes(host).into();
    }
    let host = Url::parse(&address).ok().and_then(|url| url.host_str().map(str::to_owned));
    without_prefixes(&host.unwrap_or_else(|| text.to_lowercase())).into()
}

/// The part of a fragment that counts. Empty if the fragment only scrolls or tracks.
fn without_scrolling(fragment: &str) -> String {
    // Only the browser reads the text after `:~:`.
    let (fragment, _) = fragment.split_once(":~:").unwrap_or((fragment, ""));
    let (route, query) = fragment.split_once('?').unwrap_or((fragment, ""));
    let (route, query) = if query.is_empty() && route.contains('=') { ("", route) } else { (route, query) };
    let is_kept = |pair: &&str| {
        let (name, _) = pair.split_once('=').unwrap_or((pair, ""));
        let is_listed = TRACKING_IN_FRAGMENTS.iter().any(|tracking| name.eq_ignore_ascii_case(tracking));
        !pair.is_empty() && !is_listed && !is_tracking(pair)
    };
    let kept: Vec<&str> = query.split('&').filter(is_kept).collect();
    let route = route.trim_end_matches('/');
    let lower = route.to_ascii_lowercase();
    let is_number = |rest: &str| !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_digit());
    let is_numbered = |place: &str| lower.strip_prefix(place).is_some_and(is_number);
    let is_of_any_page = matches!(route, "" | "!")
        || PLACES_OF_ANY_PAGE.contains(&&*lower)
        || NUMBERED_PLACES.iter().any(|place| is_numbered(place));
    let route = if is_of_any_page { "" } else { route };
    let mark = if kept.is_empty() || route.is_empty() { "" } else { "?" };
    format!("{route}{mark}{}", kept.join("&"))
}

/// Joins the parts of an address that count.
fn joined(
    host: &str,
    port: Option<u16>,
    path: &str,
    query: Option<&str>,
    fragment: Option<&str>,
) -> Box<str> {
    let (path, query) = (with_usual_escapes(path), with_usual_escapes(query.unwrap_or("")));
    let path = path.trim_end_matches('/');
    let path = path.strip_suffix("/amp").unwrap_or(path).trim_end_matches('/');
    let host = without_prefixes(host);
    let mut canonical = String::with_capacity(host.len() + path.len() + query.len() + 1);
    canonical.push_str(host);
    if let Some(port) = port {
        canonical.push_str(&format!(":{port}"));
    }
    canonical.push_str(path);
    let kept = query.split('&').filter(|pair| !pair.is_empty() && !is_tracking(pair));
    for (number, pair) in kept.enumerate() {
        canonical.push(if number == 0 { '?' } else { '&' });
        canonical.push_str(pair);
    }
    let fragment = fragment.map(|fragment| without_scrolling(&with_usual_escapes(fragment)));
    if let Some(fragment) = fragment.filter(|fragment| !fragment.is_empty()) {
        canonical.push('#');
        canonical.push_str(&fragment);
    }
    canonical.into()
}

/// The address inside an address of the AMP cache: `x.cdn.ampproject.org/c/s/host/path`, where `s` means https.
fn unwrapped(url: &Url) -> Option<Url> {
    if !is_amp_cache(url.host_str()?) {
        return None;
    }
    let (_kind, rest) = url.path().strip_prefix('/')?.split_once('/')?;
    let inner = rest.strip_prefix("s/").unwrap_or(rest);
    let query = url.query().map(|query| format!("?{query}")).unwrap_or_default();
    let fragment = url.fragment().map(|fragment| format!("#{fragment}")).unwrap_or_default();
    Url::parse(&format!("https://{inner}{query}{fragment}")).ok()
}

fn is_amp_cache(host: &str) -> bool {
    host.strip_suffix(AMP_CACHE).is_some_and(|before| before.is_empty() || before.ends_with('.'))
}

/// A path or query with its escapes in upper case, and without unneeded escapes.
fn with_usual_escapes(text: &str) -> Cow<'_, str> {
    if memchr::memchr(b'%', text.as_bytes()).is_none() {
        return Cow::Borrowed(text);
    }
    let mut parts = text.split('%');
    let mut usual = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let escaped = part.get(..2).filter(|digits| digits.bytes().all(|digit| digit.is_ascii_hexdigit()));
        let byte = escaped.and_then(|digits| u8::from_str_radix(digits, 16).ok());
        match (byte, part.get(2..)) {
            (Some(byte), Some(rest)) if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) => {
                usual.push(char::from(byte));
                usual.push_str(rest);
            }
            (Some(byte), Some(rest)) => usual.push_str(&format!("%{byte:02X}{rest}")),
            _ => {
                usual.push('%');
                usual.push_str(part);
            }
        }
    }
    Cow::Owned(usual)
}

fn without_prefixes(host: &str) -> &str {
    let mut host = host;
    // “m.co” is a host of its own: the rest must have a dot.
    while let Some(rest) = ["www.", "m.", "amp."].iter().find_map(|prefix| host.strip_prefix(prefix)) {
        if !rest.contains('.') {
            break;
        }
        host = rest;
    }
    host
}

fn is_tracking(pair: &str) -> bool {
    let name = pair.split('=').next().unwrap_or(pair);
    name.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("utm_"))
        || TRACKING_PARAMETERS.iter().any(|parameter| parameter.eq_ignore_ascii_case(name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(address: &str, expected: Option<&str>) {
        assert_eq!(canonical(address).as_deref(), expected, "{address}");
    }

    #[test]
    fn addresses_of_one_story_are_equal() {
        let story = Some("theguardian.com/us-news/2023/story");
        check("https://www.theguardian.com/us-news/2023/story", story);
        check("http://m.theguardian.com/us-news/2023/story/", story);
        check("https://amp.theguardian.com/us-news/2023/story", story);
        check(
            "https://amp-theguardian-com.cdn.ampproject.org/c/s/amp.theguardian.com/us-news/2023/story",
            story,
        );
        check("https://THEGUARDIAN.com/us-news/2023/story/amp/?utm_source=x&fbclid=1#comments", story);
        check("https://theguardian.com:443/us-news/2023/story/amp", story);
        for address in [
            "https://cdn.ampproject.org/c/s/www.theguardian.com/us-news/2023/story",
            "https://CDN.ampproject.org/c/theguardian.com/us-news/2023/story/amp",
        ] {
            check(address, story);
        }
        for address in [
            "https://example.com/~it’s-é",
            "https://example.com/%7eit%e2%80%99s-%c3%A9",
            "http://example.com/%7Eit%E2%80%99s-%C3%A9?%75tm_source=x",
        ] {
            check(address, Some("example.com/~it%E2%80%99s-%C3%A9"));
        }
        check("https://www.example.com", Some("example.com"));
        check("https://www.example.com/?UTM_Medium=x", Some("example.com"));
    }

    #[test]
    fn addresses_that_may_be_another_story_differ() {
        check("https://www.youtube.com/watch?v=abc&utm_source=x&t=5", Some("youtube.com/watch?v=abc&t=5"));
        check("https://example.com/a?page=2", Some("example.com/a?page=2"));
        check("https://example.com:8080/a", Some("example.com:8080/a"));
        check("https://example.com/Case", Some("example.com/Case"));
        check("https://example.com/stamp", Some("example.com/stamp"));
        check("https://m.co/x", Some("m.co/x"));
        check("https://amp.dev/about", Some("amp.dev/about"));
        check("https://news.example.com/a", Some("news.example.com/a"));
        check("https://acdn.ampproject.org/c/s/example.com/a", Some("acdn.ampproject.org/c/s/example.com/a"));
        check("https://example.com/a%2Fb%3Fc%25?d%26=e", Some("example.com/a%2Fb%3Fc%25?d%26=e"));
        check("https://example.com/100%/%2/%zz", Some("example.com/100%/%2/%zz"));
    }

    #[test]
    fn a_fragment_counts_unless_it_only_scrolls_or_tracks() {
        let page = "https://example.com/a";
        for scrolls in [
            "",
            "top",
            "TOP",
            "comments",
            "comment-17",
            "issuecomment-4",
            "respond",
            "more-81",
            ":~:text=some%20words",
            "top:~:text=x",
            "utm_source=rss&utm_medium=feed",
            "xtor=RSS-1",
            "Echobox=1700000000",
            "amp_tf=From%20%251%24s&aoh=1&referrer=https%3A%2F%2Fwww.example.org",
            "/",
            "!/",
        ] {
            check(&format!("{page}#{scrolls}"), Some("example.com/a"));
        }
        for (counts, kept) in [
            ("/story/7", "/story/7"),
            ("/story/7/", "/story/7"),
            ("!/story/7", "!/story/7"),
            ("/story/7?utm_source=x&tab=2", "/story/7?tab=2"),
            ("/story/7:~:text=x", "/story/7"),
            ("v2.1", "v2.1"),
            ("2026-06-01", "2026-06-01"),
            ("commentary", "commentary"),
            ("id=7&utm_source=x", "id=7"),
            ("topics", "topics"),
        ] {
            check(&format!("{page}?b=1#{counts}"), Some(&format!("example.com/a?b=1#{kept}")));
        }
        check("https://example.com/#/story/7", Some("example.com#/story/7"));
        check("https://example-com.cdn.ampproject.org/c/s/example.com/a#v2", Some("example.com/a#v2"));
    }

    #[test]
    fn a_site_is_a_host_however_it_is_written() {
        for text in
            ["example.com", " WWW.Example.com ", "https://www.example.com/", "http://m.example.com/a?b#c"]
        {
            assert_eq!(&*site(text), "example.com", "{text}");
        }
        assert_eq!(&*site("Some Paper"), "some paper");
        assert_ne!(site("a.example.com"), site("b.example.com"));
    }

    #[test]
    fn other_addresses_have_no_canonical_form() {
        for address in
            ["", "example.com/a", "ftp://example.com/a", "mailto:a@example.com", "javascript:alert(1)"]
        {
            check(address, None);
        }
    }

    proptest! {
        #[test]
        fn the_canonical_form_is_stable(path in "(/[a-z0-9.]{1,5}){0,4}/?", query in "(\\?[a-z]=[a-z0-9]{0,3})?", host in "(www\\.|m\\.|amp\\.){0,2}[a-z]{2,5}\\.[a-z]{2,3}") {
            let once = canonical(&format!("https://{host}{path}{query}")).unwrap();
            // Without repeated endings: "/amp/amp" is a page called amp in its AMP form.
            prop_assume!(!once.split('?').next().unwrap().ends_with("/amp"));
            prop_assert_eq!(canonical(&format!("https://{once}")), Some(once));
        }
    }
}
