//! The two databases behind one set of calls. What they do differently is in `sqlite` and `postgres`.

use sqlx::sqlite::{Sqlite, SqliteArguments, SqliteConnection};

use super::error::{LedgerError, LedgerErrorKind};
use super::postgres::{self, Server};
use super::sqlite;
use super::statement::{Row, Statement, take_each};

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ColumnKind {
    Integer,
    Text,
    Bytes,
    Flag,
}

impl ColumnKind {
    fn of(name: &str) -> Self {
        match name {
            "TEXT" | "text" => Self::Text,
            "BLOB" | "bytea" => Self::Bytes,
            "boolean" => Self::Flag,
            _ => Self::Integer,
        }
    }
}

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

    /// The end of a statement that locks the rows that it reads, until the end of the transaction. A transaction that writes to
    /// SQLite has the whole file.
    pub(super) fn row_lock(&self) -> &'static str {
        if matches!(self, Self::Sqlite(_)) { "" } else { " FOR UPDATE" }
    }

    /// As [`Database::row_lock`], against writing.
    pub(super) fn shared_row_lock(&self) -> &'static str {
        if matches!(self, Self::Sqlite(_)) { "" } else { " FOR SHARE" }
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

    /// Has a server learn how many rows its tables have. Without that, it reads whole tables that were filled a moment ago.
    pub(super) async fn make_statistics(&mut self) -> Result<(), LedgerError> {
        match self {
            Self::Sqlite(_) => Ok(()),
            Self::Postgres(server) => server.command("ANALYZE").await,
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
        take: impl FnMut(R) -> Result<(), LedgerError> + Send,
    ) -> Result<(), LedgerError> {
        match self {
            Self::Sqlite(connection) => {
                let (text, values) = statement.into_parts::<SqliteArguments>()?;
                take_each(sqlx::query_as_with::<Sqlite, R, _>(text, values).fetch(connection), take).await
            }
            Self::Postgres(server) => server.each(statement, take).await,
        }
    }

    /// The columns of a table.
    pub(super) async fn columns(
        &mut self,
        table: &'static str,
    ) -> Result<Vec<(String, ColumnKind)>, LedgerError> {
        let text = match self {
            Self::Sqlite(_) => sqlite::COLUMNS,
            Self::Postgres(_) => postgres::COLUMNS,
        };
        let columns: Vec<(String, String)> = self.all(Statement::new(text).bind(table)).await?;
        Ok(columns.into_iter().map(|(name, kind)| (name, ColumnKind::of(&kind))).collect())
    }

    /// The last number that a row of a table was given; 0 before the first.
    pub(super) async fn last_number(&mut self, table: &'static str) -> Result<i64, LedgerError> {
        let statement = match self {
            Self::Sqlite(_) => sqlite::last_number(table),
            Self::Postgres(_) => postgres::last_number(table),
        };
        let number: Option<(i64,)> = self.one(statement).await?;
        Ok(number.map_or(0, |(number,)| number))
    }

    /// Notes the number of a row that was given by the caller. SQLite does so by itself.
    pub(super) async fn note_last_number(
        &mut self,
        table: &'static str,
        number: i64,
    ) -> Result<(), LedgerError> {
        match self {
            Self::Sqlite(_) => Ok(()),
            Self::Postgres(_) => self.set_last_number(table, number).await,
        }
    }

    /// Has the next row of a table be given a larger number.
    pub(super) async fn set_last_number(
        &mut self,
        table: &'static str,
        number: i64,
    ) -> Result<(), LedgerError> {
        let statements = match self {
            Self::Sqlite(_) => sqlite::set_last_number(table, number),
            Self::Postgres(_) => postgres::set_last_number(table, number),
        };
        for statement in statements {
            self.execute(statement).await?;
        }
        Ok(())
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
