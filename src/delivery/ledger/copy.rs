//! A copy of a ledger in another database: `heatwire migrate FROM TO`.

use std::error::Error;

use sqlx::{ColumnIndex, Decode, FromRow, Type};

use super::Ledger;
use super::address::Address;
use super::apply::{Identified, identify, identities};
use super::columns::known_by_of_column;
use super::connection::Access;
use super::database::ColumnKind;
use super::error::LedgerError;
use super::lease::IfTaken;
use super::sqlite::BUSY_TIMEOUT;
use super::statement::{Statement, Value, several};
use crate::delivery::record::DeliveryId;
use crate::ids::ChannelId;

/// The tables, each after those that it refers to, and their keys.
const TABLES: [Table; 6] = [
    Table { name: "done_once", key: "name", is_numbered: false },
    Table { name: "guild", key: "id", is_numbered: false },
    Table { name: "feed", key: "id", is_numbered: true },
    Table { name: "post", key: "key", is_numbered: false },
    Table { name: "delivery", key: "id", is_numbered: true },
    Table { name: "task", key: "id", is_numbered: true },
];
/// How many rows are read at a time.
const PAGE_ROWS: i64 = 5_000;

struct Table {
    name: &'static str,
    key: &'static str,
    /// The database numbers its rows, and never gives a number twice.
    is_numbered: bool,
}

/// How many rows were copied.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Copied {
    /// Feeds.
    pub feeds: usize,
    /// Posts.
    pub posts: usize,
    /// Deliveries.
    pub deliveries: usize,
}

/// Why a ledger was not copied, for the operator. The target is as empty as before.
#[derive(Debug, thiserror::Error)]
pub enum CopyError {
    /// One of the two cannot be opened.
    #[error("{0}")]
    Open(String),
    /// There is nothing to copy.
    #[error("FROM holds no data of heatwire; name the database that the bot used")]
    Nothing,
    /// The target has data.
    #[error("TO holds data already, and a copy would mix with it; name an empty database or a new file")]
    NotEmpty,
    /// The copying failed.
    #[error("the database could not be copied")]
    Database(#[from] LedgerError),
}

/// Copies all of a ledger into an empty one. Numbers, keys and the last numbers given stay as they are. No bot may use either
/// of them meanwhile.
///
/// # Errors
///
/// In words for the operator, with the remedy.
pub async fn copy(from: &str, to: &str) -> Result<Copied, CopyError> {
    // Opening would make a file that is not there.
    match Address::parse(from) {
        Ok(Address::Memory) => return Err(CopyError::Nothing),
        Ok(Address::File(path)) if !path.exists() => return Err(CopyError::Nothing),
        _ => {}
    }
    let source = open("FROM", from).await?;
    let target = open("TO", to).await?;
    let copied = copy_all(&source, &target).await;
    for ledger in [source, target] {
        // The lease ends by itself if the server is not told.
        let _is_told = ledger.hold().release().await;
    }
    copied
}

async fn open(which: &'static str, url: &str) -> Result<Ledger, CopyError> {
    let opened = Ledger::open_with(url, BUSY_TIMEOUT, IfTaken::Refuse).await;
    opened.map_err(|fault| {
        let cause = fault.source().map(|cause| format!(": {cause}")).unwrap_or_default();
        CopyError::Open(format!("{fault}{cause}").replace("DATABASE_URL", which))
    })
}

async fn copy_all(source: &Ledger, target: &Ledger) -> Result<Copied, CopyError> {
    let mut source = source.connection.read().await?;
    let connection = &target.connection;
    let mut target = connection.write().await?;
    let mut counts = [0; TABLES.len()];
    for (table, count) in TABLES.iter().zip(&mut counts) {
        let first = format!("SELECT {} FROM {} LIMIT 1", table.key, table.name);
        if target.one::<AnyRow>(Statement::composed(first)).await?.is_some() {
            return Err(CopyError::NotEmpty);
        }
        *count = copy_table(&mut source, &mut target, table).await?;
    }
    copy_identities(&mut target).await?;
    target.commit().await?;
    // The copy is there, and a server makes its statistics by itself some minutes later.
    let _makes_them_later = connection.read().await?.make_statistics().await;
    let [_, _, feeds, posts, deliveries, _] = counts;
    Ok(Copied { feeds, posts, deliveries })
}

async fn copy_table(
    source: &mut Access<'_>,
    target: &mut Access<'_>,
    table: &Table,
) -> Result<usize, LedgerError> {
    let columns = target.columns(table.name).await?;
    let names: Vec<&str> = columns.iter().map(|(name, _)| &**name).collect();
    let (names, Table { name, key, .. }) = (names.join(", "), table);
    let mut last = None;
    let mut count = 0;
    loop {
        let page = match &last {
            None => Statement::composed(format!("SELECT {names} FROM {name} ORDER BY {key} LIMIT $1"))
                .bind(PAGE_ROWS),
            Some(last) => {
                let page = format!("SELECT {names} FROM {name} WHERE {key} > $1 ORDER BY {key} LIMIT $2");
                Statement::composed(page).bind(Value::clone(last)).bind(PAGE_ROWS)
            }
        };
        let rows: Vec<AnyRow> = source.all(page).await?;
        let Some(AnyRow(last_row)) = rows.last() else { break };
        let key_at = columns.iter().position(|(column, _)| column == key);
        last = key_at.and_then(|at| last_row.get(at).cloned());
        for rows in several(&rows) {
            let fitted = rows.iter().map(|AnyRow(row)| {
                let values = row.iter().zip(&columns);
                values.map(|(value, (_, kind))| kind.fitted(value.clone())).collect()
            });
            target
                .execute(Statement::composed(format!("INSERT INTO {name} ({names}) ")).rows(fitted))
                .await?;
        }
        count += rows.len();
    }
    if table.is_numbered {
        let number = source.last_number(name).await?;
        target.set_last_number(name, number).await?;
    }
    Ok(count)
}

/// The identities are an index of the deliveries.
async fn copy_identities(target: &mut Access<'_>) -> Result<(), LedgerError> {
    let mut last = 0;
    loop {
        let page = "SELECT id, channel, known_by FROM delivery WHERE id > $1 ORDER BY id LIMIT $2";
        let page = Statement::new(page).bind(last).bind(PAGE_ROWS);
        let rows: Vec<(i64, i64, Vec<u8>)> = target.all(page).await?;
        let Some((last_id, ..)) = rows.last() else { return Ok(()) };
        last = *last_id;
        let mut all: Vec<Identified> = Vec::new();
        for (id, channel, known_by) in rows {
            let (hashes, titles) = known_by_of_column(&known_by).unwrap_or_default();
            all.extend(identities(ChannelId(channel.cast_unsigned()), DeliveryId(id), &hashes, &titles));
        }
        identify(target, &all).await?;
    }
}

/// A row of any table.
struct AnyRow(Vec<Value>);

impl<'r, R: sqlx::Row> FromRow<'r, R> for AnyRow
where
    usize: ColumnIndex<R>,
    i64: Decode<'r, R::Database> + Type<R::Database>,
    bool: Decode<'r, R::Database> + Type<R::Database>,
    String: Decode<'r, R::Database> + Type<R::Database>,
    Vec<u8>: Decode<'r, R::Database> + Type<R::Database>,
{
    fn from_row(row: &'r R) -> Result<Self, sqlx::Error> {
        let value = |at| {
            row.try_get::<Option<i64>, _>(at)
                .map(Value::Integer)
                .or_else(|_| row.try_get(at).map(Value::Flag))
                .or_else(|_| row.try_get(at).map(Value::Text))
                .or_else(|_| row.try_get(at).map(Value::Bytes))
        };
        (0..row.len()).map(value).collect::<Result<_, _>>().map(Self)
    }
}

impl ColumnKind {
    /// A value as a column of this kind takes it. SQLite has no kind of its own for flags, and its nulls are of any kind.
    fn fitted(self, value: Value) -> Value {
        match (self, value) {
            (Self::Text, Value::Integer(None)) => Value::Text(None),
            (Self::Flag, Value::Integer(Some(number))) => Value::Flag(number != 0),
            (Self::Integer, Value::Flag(flag)) => Value::Integer(Some(flag.into())),
            (_, value) => value,
        }
    }
}
