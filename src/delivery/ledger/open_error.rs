//! Why a ledger cannot be opened.

use std::io;
use std::path::PathBuf;

use super::error::LedgerError;

/// Why a ledger cannot be opened, for the operator. The text names the file as `DATABASE_URL` does.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// `DATABASE_URL` names no file.
    #[error("{0}")]
    Address(String),
    /// Another heatwire uses the file.
    #[error("{} is in use by another heatwire; stop that one, or give this one a DATABASE_URL of its own", .0.display())]
    InUse(PathBuf),
    /// The file or its folder cannot be created or opened.
    #[error("{} cannot be opened; DATABASE_URL has to name a file that heatwire may make, in a folder that it may write", .path.display())]
    Unreachable {
        /// The file.
        path: PathBuf,
        /// What the system says.
        #[source]
        cause: io::Error,
    },
    /// The file or its folder may not be written.
    #[error("{} may not be written; give heatwire the right to write this file and its folder, or let DATABASE_URL name another", .0.display())]
    ReadOnly(PathBuf),
    /// The file belongs to another program.
    #[error("{} is no database of heatwire; let DATABASE_URL name another file", .0.display())]
    Foreign(PathBuf),
    /// The file is damaged.
    #[error(
        "{path} is damaged, or no database at all, and posting with it could repeat articles; move {path}, {path}-wal and {path}-shm away and \
         put the last backup (heatwire backup FILE) in the place of {path}; without one, an empty start treats all \
         present articles as known, and feeds have to be added again", path = .path.display()
    )]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        #[source]
        finding: Box<dyn std::error::Error + Send + Sync>,
    },
    /// A newer version of heatwire wrote it.
    #[error(
        "{0} was written by a newer heatwire; start that version, or put a backup from before in its place"
    )]
    Newer(String),
    /// A database of an older version could not be copied before the tables change. It is as it was.
    #[error(
        "the database is of an older version, and no copy of it could be made before its tables change; a copy needs space \
         on the disk, and on a server the right to create a schema (GRANT CREATE ON DATABASE)"
    )]
    NoCopy(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The database failed.
    #[error("{} cannot be opened", .path.display())]
    Database {
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        cause: LedgerError,
    },
    /// Another process has the lease of the server's database.
    #[error("{0} is in use by another heatwire; stop that one")]
    Leased(String),
    /// The server says no.
    #[error("{place} cannot be used; check DATABASE_URL, and that the server runs and lets this user in")]
    Server {
        /// Which database on which server.
        place: String,
        /// Why.
        #[source]
        cause: LedgerError,
    },
}
