//! The files that settings come from: `.env`, and the file of the token.

use std::collections::BTreeMap;
use std::fmt;
use std::fs::File;
use std::io::Read;
use std::os::unix::fs::FileTypeExt;
use std::path::Path;

use rustix::fs::{Mode, OFlags};
use rustix::io::Errno;

/// A larger file holds neither settings nor a token.
const FILE_BYTES_MAX: u64 = 64 * 1024;

/// Why a file cannot be used. The text follows the name of the file.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum FileFault {
    Missing,
    Unreadable,
    NotRegular(&'static str),
    TooLarge,
    NotUtf8 { line: usize },
    BrokenUtf16,
}

impl fmt::Display for FileFault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing => write!(formatter, "does not exist; create the file, or correct the path"),
            Self::Unreadable => write!(formatter, "cannot be read; check the permissions of the file"),
            Self::NotRegular(what) => {
                write!(formatter, "is {what}, not a regular file; put a regular file in its place")
            }
            Self::TooLarge => {
                write!(formatter, "is larger than {FILE_BYTES_MAX} bytes; check that this is the right file")
            }
            Self::NotUtf8 { line } => {
                write!(formatter, "is not UTF-8 in line {line}; save the file as UTF-8")
            }
            Self::BrokenUtf16 => {
                write!(formatter, "begins as UTF-16, and the rest is not UTF-16; save the file as UTF-8")
            }
        }
    }
}

/// The text of a regular file, without its byte order mark. A FIFO or a device is refused at once, without a wait for a writer.
///
/// # Errors
/// No regular file, a file that cannot be read or is too large, and bytes that are no text.
pub(super) fn text_of(path: &Path) -> Result<String, FileFault> {
    let flags = OFlags::RDONLY | OFlags::NONBLOCK | OFlags::CLOEXEC | OFlags::NOCTTY;
    let file = match rustix::fs::open(path, flags, Mode::empty()) {
        Ok(file) => File::from(file),
        Err(Errno::NOENT) => return Err(FileFault::Missing),
        // A socket, or a device without a driver.
        Err(Errno::NXIO | Errno::NODEV) => return Err(FileFault::NotRegular("a device")),
        Err(_) => return Err(FileFault::Unreadable),
    };
    let kind = file.metadata().map_err(|_| FileFault::Unreadable)?.file_type();
    if !kind.is_file() {
        let what = match () {
            () if kind.is_dir() => "a folder",
            () if kind.is_fifo() => "a FIFO",
            () => "a device",
        };
        return Err(FileFault::NotRegular(what));
    }
    let mut bytes = Vec::new();
    let mut bounded = file.take(FILE_BYTES_MAX + 1);
    bounded.read_to_end(&mut bytes).map_err(|_| FileFault::Unreadable)?;
    if bytes.len() as u64 > FILE_BYTES_MAX {
        return Err(FileFault::TooLarge);
    }
    decoded(bytes)
}

/// Reads UTF-8, and UTF-16 with a byte order mark (editors on Windows call this “Unicode”).
fn decoded(bytes: Vec<u8>) -> Result<String, FileFault> {
    let pairs = |read: fn([u8; 2]) -> u16| {
        let (pairs, rest) = bytes.get(2..).unwrap_or_default().as_chunks::<2>();
        let units: Vec<u16> = pairs.iter().map(|pair| read(*pair)).collect();
        let text = String::from_utf16(&units).ok().filter(|_| rest.is_empty());
        text.ok_or(FileFault::BrokenUtf16)
    };
    match bytes.as_slice() {
        [0xFF, 0xFE, ..] => pairs(u16::from_le_bytes),
        [0xFE, 0xFF, ..] => pairs(u16::from_be_bytes),
        _ => match String::from_utf8(bytes) {
            Ok(text) => Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text)),
            Err(error) => {
                let before = error.as_bytes().get(..error.utf8_error().valid_up_to()).unwrap_or_default();
                Err(FileFault::NotUtf8 { line: before.split(|byte| *byte == b'\n').count() })
            }
        },
    }
}

/// The settings of a file `.env`. A missing file has none.
///
/// # Errors
/// A file that cannot be used, in words that repeat no line: the line may hold a token.
pub(super) fn read_dot_env(path: &Path) -> Result<BTreeMap<String, String>, String> {
    let text = match text_of(path) {
        Ok(text) => text,
        Err(FileFault::Missing) => return Ok(BTreeMap::new()),
        Err(fault) => return Err(format!(".env {fault}")),
    };
    let mut settings = BTreeMap::new();
    for (count, entry) in dotenvy::from_read_iter(text.as_bytes()).enumerate() {
        let Ok((name, value)) = entry else {
            return Err(format!(
                ".env: setting number {} cannot be read; write each setting as NAME=value in its own line, and put a \
                 value with spaces in quotes",
                count + 1
            ));
        };
        // Of two settings with the same name the first counts, as in dotenvy.
        settings.entry(name).or_insert(value);
    }
    Ok(settings)
}

#[cfg(test)]
mod tests {
    use super::super::tests::written;
    use super::*;

    fn utf16(text: &str, bytes_of: fn(u16) -> [u8; 2]) -> Vec<u8> {
        std::iter::once(0xFEFF).chain(text.encode_utf16()).flat_map(bytes_of).collect()
    }

    #[test]
    fn a_byte_order_mark_is_no_part_of_the_first_name() {
        let text = "# größer\nDISCORD_TOKEN=abc\nNEWS_MIN_QUALITY=\"70\"\n";
        for bytes in [
            text.as_bytes().to_vec(),
            format!("\u{feff}{text}").into_bytes(),
            text.replace('\n', "\r\n").into_bytes(),
            utf16(text, u16::to_le_bytes),
            utf16(text, u16::to_be_bytes),
        ] {
            let (_folder, path) = written(&bytes);
            let settings = read_dot_env(&path).unwrap();
            let expected = [("DISCORD_TOKEN", "abc"), ("NEWS_MIN_QUALITY", "70")];
            assert_eq!(settings, expected.map(|(name, value)| (name.to_owned(), value.to_owned())).into());
        }
        let (_folder, path) = written("\u{feff}DISCORD_TOKEN=abc".as_bytes());
        assert_eq!(read_dot_env(&path).unwrap().keys().collect::<Vec<_>>(), ["DISCORD_TOKEN"]);
    }

    #[test]
    fn text_in_another_encoding_is_refused_with_its_line_and_without_its_words() {
        let odd = [utf16("A=hunter2", u16::to_le_bytes), vec![b'x']].concat();
        for (bytes, words) in [
            (b"A=1\nB=hunter2\nC=\xe9\n".to_vec(), "is not UTF-8 in line 3"),
            (b"\xe9".to_vec(), "is not UTF-8 in line 1"),
            (odd, "begins as UTF-16"),
            (vec![0xFF, 0xFE, 0x00, 0xD8], "begins as UTF-16"),
            (vec![b'#'; 64 * 1024 + 1], "is larger than 65536 bytes"),
            (b"A=1\nhunter2\n".to_vec(), "setting number 2 cannot be read"),
        ] {
            let (_folder, path) = written(&bytes);
            let faults = read_dot_env(&path).unwrap_err();
            assert!(faults.contains(words) && !faults.contains("hunter2"), "{faults}");
        }
        let (_folder, path) = written(&[]);
        assert_eq!(read_dot_env(&path), Ok(BTreeMap::new()));
        assert_eq!(read_dot_env(&path.with_extension("none")), Ok(BTreeMap::new()));
    }
}
