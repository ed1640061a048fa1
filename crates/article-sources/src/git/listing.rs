//! The files of a commit: which ones are taken.

/// The regular files of a commit that are taken.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Listing<'text> {
    pub(super) files: Vec<ListedFile<'text>>,
    /// Symbolic links, submodules, hidden files and unsafe names.
    pub(super) left_out: usize,
}

/// One file of a commit.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct ListedFile<'text> {
    /// The hash of the content, in hexadecimal digits.
    pub(super) content: &'text str,
    /// The path inside the repository, as git has it.
    pub(super) path: &'text [u8],
}

impl<'text> Listing<'text> {
    /// Reads what `git ls-tree -r -z` writes: mode, type, hash and path of each entry.
    pub(super) fn read(text: &'text [u8]) -> Self {
        let mut listing = Self::default();
        for entry in text.split(|byte| *byte == 0).filter(|entry| !entry.is_empty()) {
            match listed_file(entry) {
                Some(file) => listing.files.push(file),
                None => listing.left_out += 1,
            }
        }
        listing
    }

    /// The entries for `git update-index -z --index-info`. No file can be executed.
    pub(super) fn index_entries(&self) -> Vec<u8> {
        let mut text = Vec::new();
        for file in &self.files {
            text.extend(b"100644 blob ");
            text.extend(file.content.as_bytes());
            text.push(b'\t');
            text.extend(file.path);
            text.push(0);
        }
        text
    }
}

fn listed_file(entry: &[u8]) -> Option<ListedFile<'_>> {
    let tab = entry.iter().position(|byte| *byte == b'\t')?;
    let (about, path) = (entry.get(..tab)?, entry.get(tab + 1..)?);
    let mut about = std::str::from_utf8(about).ok()?.split(' ');
    let (mode, kind, content) = (about.next()?, about.next()?, about.next()?);
    let is_regular = matches!(mode, "100644" | "100755" | "100664") && kind == "blob";
    (is_regular && is_safe(path)).then_some(ListedFile { content, path })
}

/// Whether the path is visible and means the same on every system. The collection reads no hidden file.
fn is_safe(path: &[u8]) -> bool {
    let is_plain = |part: &[u8]| {
        !part.is_empty() && !part.starts_with(b".") && !part.to_ascii_lowercase().starts_with(b"git~")
    };
    path.split(|byte| *byte == b'/').all(is_plain)
        && !path.iter().any(|byte| *byte == b'\\' || byte.is_ascii_control())
}

#[cfg(test)]
mod tests {
    use super::Listing;

    #[test]
    fn only_visible_regular_files_are_taken() {
        let entries = [
            ("100644 blob aa", "news/a.md"),
            ("100755 blob bb", "run"),
            ("120000 blob cc", "link"),
            ("160000 commit dd", "module"),
            ("100644 blob ee", ".github/a.md"),
            ("100644 blob ee", "a/.gitattributes"),
            ("100644 blob ee", "a/../b"),
            ("100644 blob ee", "a\\b"),
            ("100644 blob ee", "GIT~1/a"),
            ("nonsense", "a"),
        ];
        let text: String = entries.iter().map(|(about, path)| format!("{about}\t{path}\0")).collect();
        let listing = Listing::read(text.as_bytes());
        assert_eq!(listing.left_out, 8);
        let index = b"100644 blob aa\tnews/a.md\x00100644 blob bb\trun\0";
        assert_eq!(listing.index_entries(), index);
    }
}
