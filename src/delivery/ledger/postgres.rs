//! PostgreSQL: its connection, its errors, its tables.
//!
//! Each process has one connection. It is taken away while a statement runs: a statement that fails because of the connection,
//! takes too long or is forsaken by its caller leaves none behind, and the server undoes the transaction. The next one connects
//! anew.

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use sqlx::migrate::{MigrateError, Migrator};
use sqlx::postgres::{PgArguments, PgConnectOptions, PgConnection, PgDatabaseError, PgSeverity, Postgres};
use sqlx::{AssertSqlSafe, ConnectOptions, Connection};
use tokio::sync::watch;
use tokio::time::timeout;

use super::address::ServerAddress;
use super::before_migration;
use super::error::{LedgerError, LedgerErrorKind};
use super::lease::{HeldUntil, IfTaken, Lease};
use super::open_error::OpenError;
use super::statement::{Row, Statement, take_each};
use crate::delivery::kill;

/// As in `sqlite`: the compiler notices a changed folder when this file changes.
pub(super) static MIGRATIONS: Migrator = sqlx::migrate!("src/delivery/ledger/migrations/postgres");
/// How long connecting may take.
const CONNECT_MAX: Duration = Duration::from_secs(5);
/// How long the server works on a statement, or waits for the next one of a transaction. It undoes the transaction then, so
/// that a process that hangs holds no rows for longer.
const STATEMENT_MAX: Duration = Duration::from_secs(5);
/// How long an answer is waited for. It is longer than the server works, so this is for a server that is gone.
const ANSWER_MAX: Duration = Duration::from_secs(8);
/// How long the tables may take to be made or changed.
const MIGRATION_MAX: Duration = Duration::from_secs(600);

/// A PostgreSQL server as one process uses it.
pub(super) struct Server {
    options: PgConnectOptions,
    /// In words for people, without the password.
    pub(super) place: String,
    connection: Option<PgConnection>,
    /// What lets this process write. `None` before it was acquired.
    pub(super) lease: Option<Lease>,
    /// Whether a transaction needs the lease.
    needs_lease: bool,
}

/// Without the options, which hold the password.
impl fmt::Debug for Server {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Server").field("place", &self.place).finish_non_exhaustive()
    }
}

impl Server {
    pub(super) fn new(address: &ServerAddress) -> Result<Self, OpenError> {
        let (options, place) = (options(address)?, address.place());
        Ok(Self { options, place, connection: None, lease: None, needs_lease: true })
    }

    /// Connects if there is no connection.
    pub(super) async fn connect(&mut self) -> Result<(), LedgerError> {
        if self.connection.is_none() {
            let connecting = timeout(CONNECT_MAX, connect(&self.options, STATEMENT_MAX));
            self.connection =
                Some(connecting.await.map_err(|_| no_answer("the server takes no connection"))??);
        }
        Ok(())
    }

    /// Begins a transaction that may write.
    pub(super) async fn begin(&mut self) -> Result<(), LedgerError> {
        if self.needs_lease {
            self.settle_lease().await?;
        }
        self.connect().await?;
        self.command("BEGIN").await
    }

    /// Ends a transaction. Without a need for the lease, a lost answer leaves open whether it happened.
    pub(super) async fn commit(&mut self) -> Result<(), LedgerError> {
        if self.needs_lease { self.commit_with_lease().await } else { self.command("COMMIT").await }
    }

    /// A statement without values that need not be prepared.
    pub(super) async fn command(&mut self, text: &'static str) -> Result<(), LedgerError> {
        let mut connection = self.take()?;
        let running = async {
            sqlx::raw_sql(text).execute(&mut connection).await?;
            Ok(())
        };
        let ended = timeout(ANSWER_MAX, running).await;
        self.put_back(connection, ended)
    }

    fn take(&mut self) -> Result<PgConnection, LedgerError> {
        self.connection.take().ok_or_else(|| no_answer("the connection to the server was lost"))
    }

    /// Takes the connection back from a statement that has ended, if the connection still works.
    fn put_back<T>(
        &mut self,
        connection: PgConnection,
        ended: Result<Result<T, LedgerError>, tokio::time::error::Elapsed>,
    ) -> Result<T, LedgerError> {
        let result = ended.map_err(|_| no_answer("the server does not answer in time"))?;
        if result.as_ref().err().is_none_or(|error| error.kind() != LedgerErrorKind::Unreachable) {
            self.connection = Some(connection);
        }
        result
    }

    pub(super) async fn execute(&mut self, statement: Statement) -> Result<u64, LedgerError> {
        let (text, values) = statement.into_parts::<PgArguments>()?;
        let mut connection = self.take()?;
        let running = sqlx::query_with::<Postgres, _>(text, values).execute(&mut connection);
        let ended = timeout(ANSWER_MAX, async { Ok(running.await?.rows_affected()) }).await;
        self.put_back(connection, ended)
    }

    pub(super) async fn each<R: Row>(
        &mut self,
        statement: Statement,
        take: impl FnMut(R) -> Result<(), LedgerError> + Send,
    ) -> Result<(), LedgerError> {
        let (text, values) = statement.into_parts::<PgArguments>()?;
        let mut connection = self.take()?;
        let rows = sqlx::query_as_with::<Postgres, R, _>(text, values).fetch(&mut connection);
        let running = take_each(rows, take);
        let ended = timeout(ANSWER_MAX, running).await;
        self.put_back(connection, ended)
    }

    /// A statement of at most one row.
    pub(super) async fn one<R: Row>(&mut self, statement: Statement) -> Result<Option<R>, LedgerError> {
        let mut found = None;
        self.each(statement, |row| {
            found = Some(row);
            Ok(())
        })
        .await?;
        Ok(found)
    }

    /// Connects beside other processes. Makes the tables if there are none.
    pub(super) async fn open_beside(&mut self) -> Result<(), OpenError> {
        self.make_tables_if_missing().await?;
        self.needs_lease = false;
        Ok(())
    }

    async fn make_tables_if_missing(&mut self) -> Result<(), OpenError> {
        let place = self.place.clone();
        let in_words = |cause| OpenError::Server { place: place.clone(), cause };
        self.connect().await.map_err(in_words)?;
        let statement = Statement::new("SELECT to_regclass('lease') IS NOT NULL");
        let found: Option<(bool,)> = self.one(statement).await.map_err(in_words)?;
        if found != Some((true,)) {
            self.migrate().await?;
        }
        Ok(())
    }

    /// Connects, waits for the lease, and makes the tables. Another process may change tables only while it has the lease.
    pub(super) async fn open(&mut self, if_taken: IfTaken) -> Result<watch::Receiver<HeldUntil>, OpenError> {
        self.make_tables_if_missing().await?;
        let hold = self.acquire(if_taken).await?;
        if let Err(error) = self.migrate().await {
            // The next process need not wait for a lease that nobody uses.
            let _ends_by_itself = self.release().await;
            return Err(error);
        }
        Ok(hold)
    }

    /// Makes the tables, or what of them is not there yet.
    pub(super) async fn migrate(&mut self) -> Result<(), OpenError> {
        self.migrate_with(&MIGRATIONS).await
    }

    /// Copies tables of an older version first.
    pub(super) async fn migrate_with(&mut self, migrations: &Migrator) -> Result<(), OpenError> {
        let in_words = |error: LedgerError| OpenError::Server { place: self.place.clone(), cause: error };
        let connecting = timeout(CONNECT_MAX, connect(&self.options, MIGRATION_MAX));
        let connected =
            connecting.await.map_err(|_| in_words(no_answer("the server takes no connection")))?;
        let mut connection = connected.map_err(in_words)?;
        let copied = before_migration::copy_tables(&mut connection, migrations).await;
        copied.map_err(|error| OpenError::NoCopy(error.into()))?;
        kill::point("before-migration");
        migrations.run_direct(None, &mut connection, false).await.map_err(|error| match error {
            MigrateError::VersionMissing(_) | MigrateError::VersionMismatch(_) => {
                OpenError::Newer(self.place.clone())
            }
            MigrateError::Execute(error) | MigrateError::ExecuteMigration(error, _) => in_words(error.into()),
            other => in_words(LedgerError::new(LedgerErrorKind::Other, other)),
        })?;
        kill::point("after-migration");
        // What was made is there, however the connection ends.
        let _ended = connection.close().await;
        Ok(())
    }
}

/// What a connection to the server needs.
pub(super) fn options(address: &ServerAddress) -> Result<PgConnectOptions, OpenError> {
    // The words of the error may repeat a value.
    let options = PgConnectOptions::from_str(address.url());
    Ok(options.map_err(|_error| OpenError::Address(address.malformed()))?.disable_statement_logging())
}

/// A connection on which the server gives up a statement after `statement_max`.
async fn connect(options: &PgConnectOptions, statement_max: Duration) -> Result<PgConnection, LedgerError> {
    let mut connection = options.connect().await?;
    // Set afterwards: a pooler refuses a connection that asks for this at its start. Each statement looks up rows by an index. For a
    // list of some thousand values the server would rather sort a whole table, which takes a hundred times as long.
    let settings = format!(
        "SET statement_timeout = {}; SET idle_in_transaction_session_timeout = {}; SET synchronous_commit = on; \
         SET default_transaction_isolation = 'read committed'; SET client_min_messages = error; SET enable_hashjoin = off; \
         SET enable_mergejoin = off; SET jit = off",
        statement_max.as_millis(),
        STATEMENT_MAX.as_millis()
    );
    sqlx::raw_sql(AssertSqlSafe(settings)).execute(&mut connection).await?;
    Ok(connection)
}

/// The names and kinds of a table's columns.
pub(super) const COLUMNS: &str = "SELECT CAST(column_name AS TEXT), CAST(data_type AS TEXT) \
    FROM information_schema.columns WHERE table_schema = current_schema() AND table_name = $1 ORDER BY ordinal_position";

pub(super) fn last_number(table: &'static str) -> Statement {
    let text = format!("SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM {table}_id_seq");
    Statement::composed(text)
}

pub(super) fn set_last_number(table: &'static str, number: i64) -> Vec<Statement> {
    // A sequence begins at 1, as it is before its first number.
    let set = format!("SELECT setval('{table}_id_seq', $1)");
    if number > 0 { vec![Statement::composed(set).bind(number)] } else { Vec::new() }
}

pub(super) fn no_answer(cause: &'static str) -> LedgerError {
    LedgerError::new(LedgerErrorKind::Unreachable, cause)
}

/// <https://www.postgresql.org/docs/current/errcodes-appendix.html>
pub(super) fn kind(error: &PgDatabaseError) -> LedgerErrorKind {
    if matches!(error.severity(), PgSeverity::Fatal | PgSeverity::Panic) {
        // The server has ended the connection, or made none.
        return LedgerErrorKind::Unreachable;
    }
    match error.code() {
        // A lock that is not given, a statement that took too long, transactions that stood in each other's way.
        "55P03" | "57014" | "40001" | "40P01" => LedgerErrorKind::Busy,
        "53100" => LedgerErrorKind::Full,
        "25006" | "42501" => LedgerErrorKind::ReadOnly,
        "XX001" | "XX002" => LedgerErrorKind::Damaged,
        _ => LedgerErrorKind::Other,
    }
}
