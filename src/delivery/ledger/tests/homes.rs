//! Where the ledgers of tests are: in files, and in schemas of the server that `HEATWIRE_TEST_POSTGRES` names.

use std::io::Write;
use std::sync::atomic::{AtomicU32, Ordering};

use sqlx::postgres::{PgConnectOptions, PgConnection};
use sqlx::{AssertSqlSafe, ConnectOptions};

use super::*;
use crate::delivery::ledger::address::Address;
use crate::delivery::ledger::connection::SharedConnection;
use crate::delivery::ledger::database::Database;
use crate::delivery::ledger::lease::HeldUntil;
use crate::delivery::ledger::postgres::Server;

/// The database of a test.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::delivery) enum Home {
    Sqlite,
    Postgres,
}

impl Home {
    /// The home of tests that are written for any: a file, or the server where `HEATWIRE_TEST_HOME` is `postgres`.
    pub(in crate::delivery) fn chosen() -> Self {
        match std::env::var_os("HEATWIRE_TEST_HOME") {
            Some(home) if home == "postgres" => Self::Postgres,
            Some(home) => panic!("HEATWIRE_TEST_HOME can be postgres, and is {}", home.display()),
            None => Self::Sqlite,
        }
    }

    /// How many cases of a law are tried: a server takes some ten times as long for each.
    pub(in crate::delivery) fn cases() -> u32 {
        match Self::chosen() {
            Self::Sqlite => 48,
            Self::Postgres => 5,
        }
    }
}

/// Makes tests for each home out of functions that are given a home.
macro_rules! in_both_homes {
    ($($test:ident),+ $(,)?) => {
        mod sqlite {
            $(
                #[tokio::test]
                async fn $test() {
                    super::$test($crate::delivery::ledger::tests::homes::Home::Sqlite).await;
                }
            )+
        }

        mod postgres {
            $(
                #[tokio::test]
                async fn $test() {
                    if $crate::delivery::ledger::tests::homes::server().is_some() {
                        super::$test($crate::delivery::ledger::tests::homes::Home::Postgres).await;
                    }
                }
            )+
        }
    };
}
pub(in crate::delivery) use in_both_homes;

/// The server for tests. Where there is none, this says so aloud; in CI its absence is a failure.
pub(in crate::delivery) fn server() -> Option<String> {
    let url = std::env::var_os("HEATWIRE_TEST_POSTGRES").and_then(|url| url.into_string().ok());
    if url.is_none() {
        assert!(
            std::env::var_os("CI").is_none_or(|ci| ci != "true"),
            "HEATWIRE_TEST_POSTGRES has to name a PostgreSQL server in CI"
        );
        // Not by `eprintln`: the test runner would keep that to itself.
        let words = b"LEFT OUT: a test with PostgreSQL; HEATWIRE_TEST_POSTGRES names no server\n";
        std::io::stderr().write_all(words).unwrap();
    }
    url
}

/// An empty database, which goes when this is dropped.
pub(in crate::delivery) enum Place {
    Folder(TempDir),
    Schema(Schema),
}

/// A schema of the server.
pub(in crate::delivery) struct Schema {
    server: String,
    name: String,
}

impl Schema {
    async fn new() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let server = server().unwrap();
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("heatwire_test_{}_{number}", std::process::id());
        let schema = Self { server, name };
        schema.run(format!("DROP SCHEMA IF EXISTS {0} CASCADE; CREATE SCHEMA {0}", schema.name)).await;
        schema
    }

    pub(in crate::delivery) fn name(&self) -> &str {
        &self.name
    }

    fn url(&self) -> String {
        let join = if self.server.contains('?') { '&' } else { '?' };
        format!("{}{join}options=-c%20search_path%3D{}", self.server, self.name)
    }

    async fn run(&self, statements: String) {
        let mut connection = connect(&self.server).await;
        sqlx::raw_sql(AssertSqlSafe(statements)).execute(&mut connection).await.unwrap();
    }
}

impl Drop for Schema {
    fn drop(&mut self) {
        let (server, name) = (self.server.clone(), self.name.clone());
        let dropped = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            let schema = std::mem::ManuallyDrop::new(Self { server, name });
            // A connection that still waits in the schema ends with it.
            runtime.block_on(schema.run(format!("DROP SCHEMA IF EXISTS {} CASCADE", schema.name)));
        });
        dropped.join().unwrap();
    }
}

/// A connection of another program.
pub(in crate::delivery) async fn connect(url: &str) -> PgConnection {
    let options: PgConnectOptions = url.parse().unwrap();
    options.disable_statement_logging().connect().await.unwrap()
}

impl Place {
    pub(in crate::delivery) async fn new(home: Home) -> Self {
        match home {
            Home::Sqlite => Self::Folder(tempfile::tempdir().unwrap()),
            Home::Postgres => Self::Schema(Schema::new().await),
        }
    }

    pub(in crate::delivery) fn url(&self) -> String {
        match self {
            Self::Folder(folder) => url(folder.path()),
            Self::Schema(schema) => schema.url(),
        }
    }

    /// A statement after which a commit does not wait for the disk.
    pub(in crate::delivery) fn without_flush(&self) -> &'static str {
        match self {
            Self::Folder(_) => "PRAGMA synchronous = OFF",
            Self::Schema(_) => "SET synchronous_commit = off",
        }
    }

    /// The folder of an SQLite file.
    pub(in crate::delivery) fn folder(&self) -> &Path {
        let Self::Folder(folder) = self else { panic!("a server has no folder") };
        folder.path()
    }

    /// Ends the lease of a process that has ended.
    pub(in crate::delivery) async fn expire_lease(&self) {
        if let Self::Schema(schema) = self {
            schema.run(format!("UPDATE {}.lease SET expires_at = '-infinity'", schema.name)).await;
        }
    }

    /// What another process finds after this one was killed at this moment.
    pub(in crate::delivery) async fn after_a_crash(&self) -> Everything {
        let Self::Folder(folder) = self else { return observer(&self.url()).everything().await.unwrap() };
        // The files as they are now.
        let copy = tempfile::tempdir().unwrap();
        for name in ["heatwire.db", "heatwire.db-wal"] {
            std::fs::copy(folder.path().join(name), copy.path().join(name)).unwrap();
        }
        Ledger::open(&url(copy.path())).await.unwrap().everything().await.unwrap()
    }
}

/// A ledger that has no lease, and can only be read.
fn observer(url: &str) -> Ledger {
    let Ok(Address::Server(address)) = Address::parse(url) else { panic!("{url}") };
    let server = Box::new(Server::new(&address).unwrap());
    Ledger {
        connection: Arc::new(SharedConnection::new(Database::Postgres(server))),
        hold: watch::Sender::new(HeldUntil::Lost).subscribe(),
        _lock: None,
        renewal: None,
    }
}
