//! Addresses as nearly all are written, of which it is certain at a glance that the `url` crate leaves them as they are.
//!
//! Most of the time of loading a collection would go into taking such addresses apart and putting the same text together.

/// The parts of an address that reads `http://host/path?query`, or the same with https.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct OrdinaryAddress<'text> {
    /// In lower case, without a port.
    pub(super) host: &'text str,
    /// With its first `/`.
    pub(super) path: &'text str,
    /// Without its `?`.
    pub(super) query: Option<&'text str>,
}

/// Takes an address apart; `None` where that needs a closer look, which says nothing about the address.
pub(super) fn ordinary(address: &str) -> Option<OrdinaryAddress<'_>> {
    let rest = address.strip_prefix("https://").or_else(|| address.strip_prefix("http://"))?;
    let (host, _) = rest.split_at_checked(memchr::memchr(b'/', rest.as_bytes())?)?;
    let rest = rest.get(host.len()..)?;
    let (path, query) = match memchr::memchr(b'?', rest.as_bytes()) {
        Some(mark) => (rest.get(..mark)?, Some(rest.get(mark + 1..)?)),
        None => (rest, None),
    };
    let query_is_ordinary = |query: &str| query.split('?').all(|part| are_left_alone(part.as_bytes()));
    let is_ordinary = is_ordinary_host(host)
        && are_left_alone(path.as_bytes())
        && !has_dot_segment(path)
        && query.is_none_or(query_is_ordinary);
    is_ordinary.then_some(OrdinaryAddress { host, path, query })
}

/// Names of letters, digits and single hyphens within, in lower case, of which the last has letters only: no number that
/// would be an IP address, and nothing that international names treat in a way of their own.
fn is_ordinary_host(host: &str) -> bool {
    let mut before = b'.';
    for byte in host.bytes() {
        let is_fine = match byte {
            b'a'..=b'z' | b'0'..=b'9' => true,
            b'-' | b'.' => !matches!(before, b'-' | b'.'),
            _ => false,
        };
        if !is_fine {
            return false;
        }
        before = byte;
    }
    let last = host.rsplit('.').next().unwrap_or_default();
    last.len() >= 2 && last.bytes().all(|byte| byte.is_ascii_lowercase())
}

/// Whether each byte stays as it is in a path.
fn are_left_alone(path: &[u8]) -> bool {
    path.iter().fold(true, |are, byte| are & LEFT_ALONE[usize::from(*byte)])
}

/// By byte. A table is several times faster here than comparisons.
const LEFT_ALONE: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0_u8;
    while byte < 0x80 {
        table[byte as usize] = byte.is_ascii_alphanumeric()
            || matches!(
                byte,
                b'!' | b'$' | b'%' | b'&' | b'('..=b'/' | b':' | b';' | b'=' | b'@' | b'_' | b'~'
            );
        byte += 1;
    }
    table
};

/// Whether a part of the path begins with a dot, written as such or as `%2e`: it may mean another part.
fn has_dot_segment(path: &str) -> bool {
    let mut slashes = memchr::memchr_iter(b'/', path.as_bytes());
    slashes.any(|slash| matches!(path.as_bytes().get(slash + 1..), Some([b'.', ..] | [b'%', b'2', ..])))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use url::Url;

    use super::*;

    /// Expects an address that `url` leaves alone, or one that is not ordinary.
    #[track_caller]
    fn check(address: &str, expected: bool) {
        let found = ordinary(address);
        assert_eq!(found.is_some(), expected, "{address}");
        let Some(OrdinaryAddress { host, path, query }) = found else { return };
        let url = Url::parse(address).expect(address);
        assert_eq!(url.as_str(), address);
        assert_eq!((url.host_str(), url.path(), url.query()), (Some(host), path, query), "{address}");
        assert_eq!((url.port(), url.fragment(), url.username()), (None, None, ""), "{address}");
    }

    #[test]
    fn usual_addresses_are_ordinary() {
        for address in [
            "https://www.example.com/2020/05/a-story_of-it.html",
            "http://example.com/",
            "https://example.com//a/b//",
            "https://a-b.c2.example.com/i.jpg?w=620&s=%20a,b(1)/x?y",
            "https://example.com/@me/a:b;c=d%2e",
        ] {
            check(address, true);
        }
    }

    #[test]
    fn others_are_looked_at_closely() {
        for address in [
            "https://example.com",
            "https://example.com?x",
            "https://example.com/#a",
            "https://Example.com/",
            "HTTPS://example.com/",
            "https://example.com:443/",
            "https://me@example.com/",
            "https://example.com./",
            "https://127.0.0.1/",
            "https://1/",
            "https://0x7f/",
            "https://xn--mnchen-3ya.example/",
            "https://-a.example/",
            "https://a-.example/",
            "https://a..example/",
            "https://example.com/a/../b",
            "https://example.com/.",
            "https://example.com/%2E%2e/b",
            "https://example.com/a b",
            "https://example.com/a\\b",
            "https://example.com/é",
            "https://example.com/?q='",
            "https:///a",
            "ftp://example.com/",
        ] {
            check(address, false);
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4000))]

        #[test]
        fn what_is_ordinary_is_left_alone(
            host in "[a-zA-Z0-9._:@%é-]{0,12}(\\.[a-z0-9x]{1,4})?", rest in "(/[ -~é]{0,8}|/[.%2eE/]{0,6}|[?#/\\\\][!-~]{0,8}){0,3}",
        ) {
            let address = format!("https://{host}{rest}");
            check(&address, ordinary(&address).is_some());
        }
    }
}
