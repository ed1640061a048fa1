//! Addresses of the usual form, which the `url` crate certainly leaves unchanged.
//!
//! Without this short cut, most of the time of a load would be spent on parsing such addresses and writing them again.

use super::pairs::has_pair;

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

/// The parts of an address. `None` means only that the `url` crate has to parse the address.
pub(super) fn ordinary(address: &str) -> Option<OrdinaryAddress<'_>> {
    let (host, path_and_query) = ordinary_halves(address)?;
    let (path, query) = match memchr::memchr(b'?', path_and_query.as_bytes()) {
        Some(mark) => (path_and_query.get(..mark)?, Some(path_and_query.get(mark + 1..)?)),
        None => (path_and_query, None),
    };
    Some(OrdinaryAddress { host, path, query })
}

/// The host of an ordinary address, and the rest with its first `/`.
pub(super) fn ordinary_halves(address: &str) -> Option<(&str, &str)> {
    let rest = address.strip_prefix("https://").or_else(|| address.strip_prefix("http://"))?;
    let (host, path_and_query) = rest.split_at_checked(ordinary_host_bytes(rest)?)?;
    is_left_alone(path_and_query.as_bytes()).then_some((host, path_and_query))
}

/// The length of the host before the first `/`, in bytes. `None` unless the host has only names of lower-case letters,
/// digits and hyphens, and the last name has only letters: then the host is no IP address and no international name.
fn ordinary_host_bytes(rest: &str) -> Option<usize> {
    let mut before = b'.';
    // Of the current name, at the end of the last one.
    let (mut length, mut has_letters_only) = (0, true);
    for (index, byte) in rest.bytes().enumerate() {
        match byte {
            b'a'..=b'z' => length += 1,
            b'0'..=b'9' => (length, has_letters_only) = (length + 1, false),
            b'.' if !matches!(before, b'-' | b'.') => (length, has_letters_only) = (0, true),
            // `xn--` begins an encoded international name.
            b'-' if before != b'.' && !(before == b'-' && rest.get(..index)?.contains("xn-")) => {
                has_letters_only = false;
            }
            b'/' => return (length >= 2 && has_letters_only).then_some(index),
            _ => return None,
        }
        before = byte;
    }
    None
}

/// Whether the `url` crate leaves a path and its query unchanged: only bytes that are never escaped, and no segment of
/// the path that begins with a dot or `%2e` (it might mean another segment).
fn is_left_alone(path_and_query: &[u8]) -> bool {
    let is_escaped = |byte: u8| {
        !matches!(byte, b'!'..=b'~')
            | matches!(byte, b'"' | b'#')
            | (byte == b'\'')
            | (byte == b'<')
            | (byte == b'>')
            | matches!(byte, b'['..=b'^')
            | (byte == b'`')
            | matches!(byte, b'{'..=b'}')
    };
    let last = path_and_query.last().copied().unwrap_or(b'/');
    !is_escaped(last)
        && !has_pair(path_and_query, |byte, next| {
            is_escaped(byte) | ((byte == b'/') & ((next == b'.') | (next == b'%')))
        })
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
            "https://amp-a--b.c2.example.com/i.jpg?w=620&s=%20a,b(1)/x?y",
            "https://example.com/@me/a:b;c=d%2e",
        ] {
            check(address, true);
        }
    }

    #[test]
    fn other_addresses_are_not_ordinary() {
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
        fn url_leaves_ordinary_addresses_unchanged(
            host in "[a-zA-Z0-9._:@%é-]{0,12}(\\.[a-z0-9x]{1,4})?", rest in "(/[ -~é]{0,8}|/[.%2eE/]{0,6}|[?#/\\\\][!-~]{0,8}){0,3}",
        ) {
            let address = format!("https://{host}{rest}");
            check(&address, ordinary(&address).is_some());
        }
    }
}
