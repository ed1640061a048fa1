//! A database that fails for a while, for tests of its users.

use std::path::Path;

use sqlx::ConnectOptions;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};

use super::*;

/// Why the database fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Trouble {
    /// Another program writes for longer than a call waits.
    Locked,
    /// The file cannot grow.
    Full,
    /// The file may not be written.
    ReadOnly,
}

/// A failure that has begun.
pub(crate) struct Begun {
    trouble: Trouble,
    other: Option<SqliteConnection>,
}

async fn run(ledger: &Ledger, statement: &'static str) -> Result<(), LedgerError> {
    ledger.connection.read().await?.execute(Statement::new(statement)).await.map(drop)
}

impl Trouble {
    pub(crate) const ALL: [Self; 3] = [Self::Locked, Self::Full, Self::ReadOnly];

    /// Makes every write to the ledger in this folder fail.
    pub(crate) async fn begin(self, ledger: &Ledger, folder: &Path) -> Begun {
        let mut other = None;
        match self {
            Self::Locked => {
                run(ledger, "PRAGMA busy_timeout = 1").await.unwrap();
                let options = SqliteConnectOptions::new().filename(folder.join("heatwire.db"));
                let mut writer = options.connect().await.unwrap();
                sqlx::query("BEGIN IMMEDIATE").execute(&mut writer).await.unwrap();
                other = Some(writer);
            }
            Self::Full => {
                run(ledger, "CREATE TABLE IF NOT EXISTS filler (bytes BLOB)").await.unwrap();
                // SQLite accepts no fewer pages than the file has, so the file cannot grow.
                run(ledger, "PRAGMA max_page_count = 1").await.unwrap();
                while run(ledger, "INSERT INTO filler VALUES (zeroblob(300))").await.is_ok() {}
            }
            Self::ReadOnly => run(ledger, "PRAGMA query_only = 1").await.unwrap(),
        }
        Begun { trouble: self, other }
    }
}

impl Begun {
    /// Ends the failure.
    pub(crate) async fn end(self, ledger: &Ledger) {
        match self.trouble {
            Trouble::Locked => {
                sqlx::query("ROLLBACK").execute(&mut self.other.unwrap()).await.unwrap();
            }
            Trouble::Full => {
                run(ledger, "PRAGMA max_page_count = 1000000").await.unwrap();
                run(ledger, "DROP TABLE filler").await.unwrap();
            }
            Trouble::ReadOnly => run(ledger, "PRAGMA query_only = 0").await.unwrap(),
        }
    }
}
