//! When two addresses lead to the same story (the contract, "One story, one card").

use url::Url;

use super::ordinary_address::{OrdinaryAddress, ordinary};
use super::stable_hash64;

/// How hosts of the AMP cache end.
const AMP_CACHE: &str = ".cdn.ampproject.org";

/// Parameters that only say where a reader came from. Every other one is kept: the `v` of a video is the video.
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

/// What is left of an address when everything is put aside that leads to the same story all the same: the scheme, a
/// `www.`, `m.` or `amp.` before the host, the AMP cache's wrapping, an `/amp` or slash at the end, the fragment, and
/// parameters for tracking. `None` for what is not an http(s) address.
#[must_use]
pub fn canonical(address: &str) -> Option<Box<str>> {
    if let Some(OrdinaryAddress { host, path, query }) = ordinary(address)
        && !host.ends_with(AMP_CACHE)
    {
        return Some(joined(host, None, path, query));
    }
    let url = Url::parse(address).ok().filter(|url| matches!(url.scheme(), "http" | "https"))?;
    let url = unwrapped(&url).unwrap_or(url);
    Some(joined(url.host_str()?, url.port(), url.path(), url.query()))
}

/// What tells stories apart of which the addresses are kept nowhere: hashes of the canonical forms, ascending, each once.
#[must_use]
pub fn identities<'a>(addresses: impl IntoIterator<Item = &'a str>) -> Box<[u64]> {
    let mut identities: Vec<u64> =
        addresses.into_iter().filter_map(canonical).map(|address| stable_hash64(&address)).collect();
    identities.sort_unstable();
    identities.dedup();
    identities.into()
}

/// Puts together what is kept of the parts of an address.
fn joined(host: &str, port: Option<u16>, path: &str, query: Option<&str>) -> Box<str> {
    let path = path.trim_end_matches('/');
    let path = path.strip_suffix("/amp").unwrap_or(path).trim_end_matches('/');
    let query = query.unwrap_or("");
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
    canonical.into()
}

/// The address inside one of the AMP cache: `x.cdn.ampproject.org/c/s/host/path`, where `s` stands for https.
fn unwrapped(url: &Url) -> Option<Url> {
    url.host_str()?.strip_suffix(AMP_CACHE)?;
    let (_kind, rest) = url.path().strip_prefix('/')?.split_once('/')?;
    let inner = rest.strip_prefix("s/").unwrap_or(rest);
    let query = url.query().map(|query| format!("?{query}")).unwrap_or_default();
    Url::parse(&format!("https://{inner}{query}")).ok()
}

fn without_prefixes(host: &str) -> &str {
    let mut host = host;
    // "m.co" is a host of its own: what is left has to have a dot.
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
    fn what_leads_to_the_same_story_is_the_same() {
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
        check("https://www.example.com", Some("example.com"));
        check("https://www.example.com/?UTM_Medium=x", Some("example.com"));
    }

    #[test]
    fn what_may_be_another_story_stays_another() {
        check("https://www.youtube.com/watch?v=abc&utm_source=x&t=5", Some("youtube.com/watch?v=abc&t=5"));
        check("https://example.com/a?page=2", Some("example.com/a?page=2"));
        check("https://example.com:8080/a", Some("example.com:8080/a"));
        check("https://example.com/Case", Some("example.com/Case"));
        check("https://example.com/stamp", Some("example.com/stamp"));
        check("https://m.co/x", Some("m.co/x"));
        check("https://amp.dev/about", Some("amp.dev/about"));
        check("https://news.example.com/a", Some("news.example.com/a"));
        check("https://cdn.ampproject.org/c/s/example.com/a", Some("cdn.ampproject.org/c/s/example.com/a"));
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
        fn the_canonical_form_is_its_own(path in "(/[a-z0-9.]{1,5}){0,4}/?", query in "(\\?[a-z]=[a-z0-9]{0,3})?", host in "(www\\.|m\\.|amp\\.){0,2}[a-z]{2,5}\\.[a-z]{2,3}") {
            let once = canonical(&format!("https://{host}{path}{query}")).unwrap();
            // Without repeated endings: "/amp/amp" is a page called amp in its AMP form.
            prop_assume!(!once.split('?').next().unwrap().ends_with("/amp"));
            prop_assert_eq!(canonical(&format!("https://{once}")), Some(once));
        }
    }
}
