//! The two databases behind one set of calls. What they do differently is in `sqlite` and `postgres`.

use futures_util::TryStreamExt;
use sqlx::sqlite::{Sqlite, SqliteArguments, SqliteConnection};

use super::error::{LedgerError, LedgerErrorKind};
use super::postgres::{self, Server};
use super::sqlite;
use super::statement::{Row, Statement};

/// A connection to either database.
#[derive(Debug)]
pub(super) enum Database {
    Sqlite(SqliteConnection),
    Postgres(Box<Server>),
}

impl Database {
    /// Begins a transaction that may write. A server is connected to first, if it is not.
    pub(super) async fn begin(&mut self) -> Result<(), LedgerError> {
        match self {
            Self::Sqlite(connection) => sqlite::begin(connection).await,
            Self::Postgres(server) => server.begin().await,
        }
    }

    /// Ends the transaction: from here on what it wrote outlives a crash.
    ///
    /// After an error nothing of it happened, unless the error is [`LedgerErrorKind::Superseded`].
    pub(super) async fn commit(&mut self) -> Result<(), LedgerError> {
        match self {
            Self::Sqlite(connection) => sqlite::commit(connection).await,
            Self::Postgres(server) => server.commit().await,
        }
    }

    /// Ends a transaction that may be open: nothing of it happened.
    pub(super) async fn roll_back(&mut self) {
        // It fails where there is none. Should it fail otherwise, the next beginning does too, and this is tried again.
        let _none_is_open = match self {
            Self::Sqlite(connection) => sqlite::roll_back(connection).await,
            Self::Postgres(server) => server.command("ROLLBACK").await,
        };
    }

    /// Lets other processes have the database.
    pub(super) async fn release(&mut self) -> Result<(), LedgerError> {
        match self {
            // The lock of the file does that.
            Self::Sqlite(_) => Ok(()),
            Self::Postgres(server) => server.release().await,
        }
    }

    /// Makes sure that there is a connection. Never within a transaction: it would be another one.
    pub(super) async fn connect(&mut self) -> Result<(), LedgerError> {
        match self {
            Self::Sqlite(_) => Ok(()),
            Self::Postgres(server) => server.connect().await,
        }
    }

    /// Runs a statement. Returns how many rows it changed.
    pub(super) async fn execute(&mut self, statement: Statement) -> Result<u64, LedgerError> {
        match self {
            Self::Sqlite(connection) => {
                let (text, values) = statement.into_parts::<SqliteArguments>()?;
                Ok(sqlx::query_with::<Sqlite, _>(text, values).execute(connection).await?.rows_affected())
            }
            Self::Postgres(server) => server.execute(statement).await,
        }
    }

    /// Runs a statement, and hands over each of its rows.
    pub(super) async fn each<R: Row>(
        &mut self,
        statement: Statement,
        mut take: impl FnMut(R) -> Result<(), LedgerError> + Send,
    ) -> Result<(), LedgerError> {
        match self {
            Self::Sqlite(connection) => {
                let (text, values) = statement.into_parts::<SqliteArguments>()?;
                let mut rows = sqlx::query_as_with::<Sqlite, R, _>(text, values).fetch(connection);
                while let Some(row) = rows.try_next().await? {
                    take(row)?;
                }
                Ok(())
            }
            Self::Postgres(server) => server.each(statement, take).await,
        }
    }

    /// Runs a statement. Returns its rows.
    pub(super) async fn all<R: Row>(&mut self, statement: Statement) -> Result<Vec<R>, LedgerError> {
        let mut rows = Vec::new();
        self.each(statement, |row| {
            rows.push(row);
            Ok(())
        })
        .await?;
        Ok(rows)
    }

    /// Runs a statement of at most one row. Returns the row.
    pub(super) async fn one<R: Row>(&mut self, statement: Statement) -> Result<Option<R>, LedgerError> {
        Ok(self.all(statement).await?.pop())
    }
}

impl From<sqlx::Error> for LedgerError {
    fn from(error: sqlx::Error) -> Self {
        let kind = match &error {
            sqlx::Error::Database(of_database) => match of_database.try_downcast_ref() {
                Some(of_postgres) => postgres::kind(of_postgres),
                None => sqlite::kind(of_database.code().as_deref()),
            },
            // Only a server is at the other end of a connection.
            sqlx::Error::Io(_) | sqlx::Error::Tls(_) | sqlx::Error::Protocol(_) => {
                LedgerErrorKind::Unreachable
            }
            _ => LedgerErrorKind::Other,
        };
        Self::new(kind, error)
    }
}
