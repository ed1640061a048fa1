//! Why a repository was not fetched, in words for the operator.

use std::io;

/// Why a repository was not fetched. The last good files stay in every case.
///
/// The words hold no address and no path of the server, so that moderators may see them. The source of an error may hold
/// both: it is for the log.
#[derive(Debug, thiserror::Error)]
pub enum GitError {
    /// There is no program `git`.
    #[error("the program git was not found; install git, or add its folder to PATH")]
    GitMissing,
    /// Another program, or a fetch that was stopped a moment ago, has the lock of the source.
    #[error("another heatwire fetches this source at the same time, and one of them is enough")]
    Busy,
    /// The remote did not answer, refused, or does not exist.
    #[error("the repository could not be read; check its address and git's credentials for it")]
    Remote(#[source] GitSaid),
    /// The repository has no such branch.
    #[error("the repository has no branch {0}; correct branch: in the list of sources")]
    BranchMissing(Box<str>),
    /// The repository has no commit.
    #[error("the repository has no commit yet; push one")]
    Empty,
    /// None of the wanted folders holds a file.
    #[error("the branch has no files in the wanted folders; correct folders: in the list of sources")]
    NoFiles,
    /// More files than a source may have.
    #[error("the repository has more than {0} files; name the folders of its articles under folders:")]
    TooManyFiles(usize),
    /// A file that is too large.
    #[error(
        "the file {path} is larger than {bytes_max} bytes; name the folders of the articles under folders:"
    )]
    FileTooLarge {
        /// The path inside the repository.
        path: String,
        /// The largest size that is taken.
        bytes_max: u64,
    },
    /// The wanted files are too large in all.
    #[error("the repository is larger than {0} bytes; name the folders of its articles under folders:")]
    TooLarge(u64),
    /// The time was over.
    #[error("git needed more than {0} seconds, so heatwire stopped it")]
    TimedOut(u64),
    /// Someone edited the files.
    #[error(
        "someone edited {path} in the folder of this source, so the folder stays as it is; move your changes to another \
         folder, then delete the folder of this source"
    )]
    Edited {
        /// The first edited path inside the folder.
        path: String,
    },
    /// There are files that no fetch has written, or a link or a file instead of the folder.
    #[error(
        "the folder of this source has files that heatwire did not write; move them to another folder, or choose another \
         name: for the source"
    )]
    NotOurs,
    /// Git failed with its own files.
    #[error("git failed while it {0}")]
    Local(&'static str, #[source] GitSaid),
    /// The disk failed.
    #[error("heatwire could not {0}")]
    Disk(&'static str, #[source] io::Error),
}

/// The end of what git wrote to its standard error.
#[derive(Debug, thiserror::Error)]
#[error("git said: {0}")]
pub struct GitSaid(pub(super) Box<str>);
