//! The copy of a ledger that is made before a newer version changes its tables.

use std::path::Path;

use jiff::Timestamp;
use sqlx::AssertSqlSafe;
use sqlx::migrate::Migrator;
use sqlx::postgres::PgConnection;
use sqlx::sqlite::SqliteConnection;

use super::error::LedgerError;
use super::file_copy::copy_into;
use super::open_error::OpenError;

/// Copies a schema within a server; `SCHEMA` stands for the name of the copy.
const COPY_SCHEMA: &str = include_str!("before_migration.sql");
/// The last migration that was made; 0 for none.
pub(super) const MADE: &str = "SELECT COALESCE(max(version), 0) FROM _sqlx_migrations WHERE success";

/// Copies the file of an older version to a file beside it, as `heatwire.db.before-1.0.0-20261130T081500Z`.
pub(super) async fn copy_file(
    connection: &mut SqliteConnection,
    file: &Path,
    migrations: &Migrator,
) -> Result<(), OpenError> {
    let fault = |cause: LedgerError| OpenError::Database { path: file.to_owned(), cause };
    let made: i64 =
        sqlx::query_scalar(MADE).fetch_one(&mut *connection).await.map_err(|error| fault(error.into()))?;
    if !is_older(made, migrations) {
        return Ok(());
    }
    let mut copy = file.as_os_str().to_owned();
    copy.push(format!(".before-{}-{}", env!("CARGO_PKG_VERSION"), now()));
    let copy = Path::new(&copy);
    copy_into(connection, copy).await.map_err(|cause| OpenError::NoCopy(cause.into()))?;
    tracing::info!(copy = %copy.display(), "copied the database of an older version before its tables change");
    Ok(())
}

/// Copies the tables of an older version to a schema beside them, as `before_1_0_0_20261130t081500z`.
pub(super) async fn copy_tables(
    connection: &mut PgConnection,
    migrations: &Migrator,
) -> Result<(), sqlx::Error> {
    let has_any = "SELECT to_regclass('_sqlx_migrations') IS NOT NULL";
    if !sqlx::query_scalar::<_, bool>(has_any).fetch_one(&mut *connection).await? {
        return Ok(());
    }
    let made: i64 = sqlx::query_scalar(MADE).fetch_one(&mut *connection).await?;
    if made == 0 || !is_older(made, migrations) {
        return Ok(());
    }
    let version = env!("CARGO_PKG_VERSION").replace(['.', '-', '+'], "_");
    let schema = format!("before_{version}_{}", now()).to_lowercase();
    sqlx::raw_sql(AssertSqlSafe(COPY_SCHEMA.replace("SCHEMA_OF_THE_COPY", &schema)))
        .execute(connection)
        .await?;
    tracing::info!(schema, "copied the tables of an older version before they change");
    Ok(())
}

fn is_older(made: i64, migrations: &Migrator) -> bool {
    migrations.iter().any(|migration| migration.version > made)
}

/// In the form of file names.
fn now() -> String {
    Timestamp::now().strftime("%Y%m%dT%H%M%SZ").to_string()
}
