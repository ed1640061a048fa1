//! The words for a file or folder that cannot be read. They name no path of the server.

use std::io;

use rustix::io::Errno;

use super::beneath::OpenError;
use article_format::problem::{Problem, printable};

pub(crate) fn unreadable(name: &str, error: &io::Error) -> Problem {
    let remedy = match error.raw_os_error() {
        Some(libc::ENAMETOOLONG) => "give it, or a folder above it, a shorter name",
        _ => "check its permissions and the disk",
    };
    problem(name, &format!("this cannot be read: {}", words_of(error)), remedy)
}

/// The problem of a file that cannot be opened.
pub(crate) fn unopened(name: &str, error: OpenError) -> Problem {
    let (cause, remedy) = match error {
        OpenError::NotRegular => return not_regular(name),
        OpenError::Gone => return unreadable(name, &Errno::NOENT.into()),
        OpenError::Other(error) => return unreadable(name, &error.into()),
        OpenError::Swapped => {
            ("the file or its folder was replaced by a link while the bot read it", "load the articles again")
        }
        OpenError::LeadsOutside => (
            "this link leads out of the articles folder",
            "put the file itself here, or link to a file in the folder",
        ),
        OpenError::LeadsToFolder => {
            ("this is a link to a folder, and only links to files are followed", "put the folder itself here")
        }
        OpenError::Dangling => ("this link leads to nothing", "put the file itself here, or delete the link"),
        OpenError::Circle => ("this link leads to itself", "put the file itself here, or delete the link"),
    };
    problem(name, cause, remedy)
}

pub(crate) fn not_regular(name: &str) -> Problem {
    problem(name, "this is not a regular file", "put a regular file here, or rename it")
}

pub(crate) fn problem(name: &str, cause: &str, remedy: &str) -> Problem {
    Problem { path: name.into(), position: None, cause: cause.into(), remedy: remedy.into() }
}

/// The cause of a system error.
pub(crate) fn words_of(error: &io::Error) -> &'static str {
    match error.kind() {
        io::ErrorKind::PermissionDenied => "the bot may not read it",
        io::ErrorKind::NotFound => "it does not exist",
        io::ErrorKind::Interrupted | io::ErrorKind::TimedOut => "the disk did not answer in time",
        io::ErrorKind::OutOfMemory => "there is not enough memory",
        _ => match error.raw_os_error() {
            Some(libc::EMFILE | libc::ENFILE) => "too many files are open",
            Some(libc::EIO) => "the disk has an error",
            Some(libc::ENAMETOOLONG) => "its name is too long",
            Some(libc::ELOOP) => "its links lead in a circle",
            _ => "the system gave an error",
        },
    }
}

/// A path below the root for people, without characters that a terminal would obey.
pub(crate) fn displayed_name(relative: &str) -> String {
    relative.chars().map(printable).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_system_error_becomes_words() {
        let error = io::Error::from(io::ErrorKind::PermissionDenied);
        assert_eq!(words_of(&error), "the bot may not read it");
    }
}
