//! Reads the list of sources.

use std::fmt;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use article_format::bounds::FILE_BYTES_MAX;
use article_format::problem::printable;
use article_format::source_list::{self, SourceList};

/// Everything that is wrong with the list, one fault a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ListFaults(pub(crate) Vec<String>);

impl fmt::Display for ListFaults {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "the list of sources is wrong:")?;
        self.0.iter().try_for_each(|fault| write!(formatter, "\n  {fault}"))
    }
}

impl std::error::Error for ListFaults {}

/// Reads the list. `None` if there is no such file.
///
/// # Errors
/// All faults at once, with the name of the file and the line.
pub(crate) fn read_list(path: &Path) -> Result<Option<SourceList>, ListFaults> {
    match read(path) {
        Ok(bytes) => parse(path, &bytes).map(Some),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(unreadable(path, &error)),
    }
}

/// The bytes of the list.
///
/// # Errors
/// A file that cannot be read, and one of more than [`FILE_BYTES_MAX`].
pub(super) fn read(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let file = File::open(path)?;
    if !file.metadata()?.is_file() {
        return Err(io::Error::other("not a regular file"));
    }
    file.take(FILE_BYTES_MAX as u64 + 1).read_to_end(&mut bytes)?;
    if bytes.len() > FILE_BYTES_MAX {
        return Err(io::Error::other("more than 1 MiB"));
    }
    Ok(bytes)
}

pub(super) fn parse(path: &Path, bytes: &[u8]) -> Result<SourceList, ListFaults> {
    source_list::parse(&name_of(path), bytes)
        .map_err(|problems| ListFaults(problems.iter().map(ToString::to_string).collect()))
}

/// The fault of a file that cannot be read.
pub(super) fn unreadable(path: &Path, error: &impl fmt::Display) -> ListFaults {
    ListFaults(vec![format!("{}: the file cannot be read: {error}", name_of(path))])
}

/// The name of the file without its folder, because moderators see the faults.
fn name_of(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().chars().map(printable).collect()
}
