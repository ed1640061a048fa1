//! Statements in the SQL that both databases understand, and their values.

use std::borrow::Cow;

use futures_util::{Stream, TryStreamExt};
use sqlx::postgres::PgRow;
use sqlx::sqlite::SqliteRow;
use sqlx::{Arguments, AssertSqlSafe, Encode, FromRow, SqlSafeStr, SqlStr, Type};

use super::error::LedgerError;

/// What a row is read into, of either database.
pub(super) trait Row:
    for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin
{
}

impl<T: for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin> Row for T {}

/// After so many rows other tasks have their turn.
const ROWS_AT_ONCE: usize = 128;

/// Hands over each row. Rows that are there already make nothing wait, so other tasks get their turn here.
pub(super) async fn take_each<R>(
    mut rows: impl Stream<Item = Result<R, sqlx::Error>> + Unpin,
    mut take: impl FnMut(R) -> Result<(), LedgerError>,
) -> Result<(), LedgerError> {
    let mut count = 0_usize;
    while let Some(row) = rows.try_next().await? {
        take(row)?;
        count += 1;
        if count.is_multiple_of(ROWS_AT_ONCE) {
            tokio::task::yield_now().await;
        }
    }
    Ok(())
}

/// A value of a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Value {
    Integer(Option<i64>),
    Text(Option<String>),
    Bytes(Vec<u8>),
    Flag(bool),
}

impl From<i64> for Value {
    fn from(value: i64) -> Self {
        Self::Integer(Some(value))
    }
}

impl From<Option<i64>> for Value {
    fn from(value: Option<i64>) -> Self {
        Self::Integer(value)
    }
}

impl From<&str> for Value {
    fn from(value: &str) -> Self {
        Self::from(value.to_owned())
    }
}

impl From<String> for Value {
    fn from(value: String) -> Self {
        Self::from(Some(value))
    }
}

impl From<Option<&str>> for Value {
    fn from(value: Option<&str>) -> Self {
        Self::from(value.map(str::to_owned))
    }
}

impl From<Option<String>> for Value {
    fn from(value: Option<String>) -> Self {
        // PostgreSQL takes every character but this one.
        Self::Text(value.map(|text| if text.contains('\0') { text.replace('\0', "\u{fffd}") } else { text }))
    }
}

impl From<Vec<u8>> for Value {
    fn from(value: Vec<u8>) -> Self {
        Self::Bytes(value)
    }
}

impl From<bool> for Value {
    fn from(value: bool) -> Self {
        Self::Flag(value)
    }
}

/// A statement with its values. Its placeholders are `$1`, `$2`, ... in the order of the values.
#[derive(Debug)]
pub(super) struct Statement {
    text: Cow<'static, str>,
    values: Vec<Value>,
}

impl Statement {
    pub(super) fn new(text: &'static str) -> Self {
        Self { text: text.into(), values: Vec::new() }
    }

    /// A text that was put together of names in our own tables.
    pub(super) fn composed(text: String) -> Self {
        Self { text: text.into(), values: Vec::new() }
    }

    /// Gives the next placeholder its value.
    pub(super) fn bind(mut self, value: impl Into<Value>) -> Self {
        self.values.push(value.into());
        self
    }

    /// Appends `VALUES ($1, $2), ($3, $4), ...` with these rows.
    pub(super) fn rows(mut self, rows: impl IntoIterator<Item = Vec<Value>>) -> Self {
        let rows: Vec<String> = rows
            .into_iter()
            .map(|row| {
                let first = self.values.len() + 1;
                self.values.extend(row);
                let places: Vec<String> =
                    (first..=self.values.len()).map(|place| format!("${place}")).collect();
                format!("({})", places.join(", "))
            })
            .collect();
        let text = self.text.to_mut();
        text.push_str("VALUES ");
        text.push_str(&rows.join(", "));
        self
    }

    /// Appends this text.
    pub(super) fn then(mut self, text: &'static str) -> Self {
        self.text.to_mut().push_str(text);
        self
    }

    /// The text and the values as a database takes them.
    pub(super) fn into_parts<A>(self) -> Result<(SqlStr, A), sqlx::Error>
    where
        A: Arguments,
        for<'q> Option<i64>: Encode<'q, A::Database> + Type<A::Database>,
        for<'q> Option<String>: Encode<'q, A::Database> + Type<A::Database>,
        for<'q> Vec<u8>: Encode<'q, A::Database> + Type<A::Database>,
        for<'q> bool: Encode<'q, A::Database> + Type<A::Database>,
    {
        let mut arguments = A::default();
        for value in self.values {
            match value {
                Value::Integer(value) => arguments.add(value),
                Value::Text(value) => arguments.add(value),
                Value::Bytes(value) => arguments.add(value),
                Value::Flag(value) => arguments.add(value),
            }
            .map_err(sqlx::Error::Encode)?;
        }
        let text = match self.text {
            Cow::Borrowed(text) => text.into_sql_str(),
            Cow::Owned(text) => AssertSqlSafe(text).into_sql_str(),
        };
        Ok((text, arguments))
    }
}

/// Numbers as one value: `id IN (SELECT value FROM json_each($1))` takes any count of them with one statement.
pub(super) fn list(ids: impl IntoIterator<Item = i64>) -> String {
    let numbers: Vec<String> = ids.into_iter().map(|id| id.to_string()).collect();
    format!("[{}]", numbers.join(","))
}

/// Rows that one statement takes, at most.
const ROWS_MAX: usize = 32;

/// All of them, in their order, in parts of 32, 16, 8, 4, 2 and 1: so few statements are prepared once and kept.
pub(super) fn several<T>(rows: &[T]) -> impl Iterator<Item = &[T]> {
    let mut rest = rows;
    std::iter::from_fn(move || {
        let count = rest.len().checked_ilog2().map(|log| ROWS_MAX.min(1 << log))?;
        let (part, others) = rest.split_at_checked(count)?;
        rest = others;
        Some(part)
    })
}
