//! A newer version changes the tables, and leaves a copy that the older one can use.

use std::borrow::Cow;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;

use sqlx::migrate::{Migration, MigrationType, Migrator};

use super::homes::connect;
use super::*;
use crate::delivery::ledger::address::Address;
use crate::delivery::ledger::postgres::Server;
use crate::delivery::ledger::{postgres, sqlite};

/// The migrations of a version to come.
fn with_another(known: &Migrator) -> Migrator {
    let next = Migration::new(
        9999,
        Cow::Borrowed("to come"),
        MigrationType::Simple,
        sqlx::SqlStr::from_static("ALTER TABLE feed ADD COLUMN later INTEGER"),
        false,
    );
    let migrations = known.iter().cloned().chain([next]).collect();
    Migrator { migrations: Cow::Owned(migrations), ..Migrator::DEFAULT }
}

fn copies_in(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.filter(|path| path.to_string_lossy().contains(".before-")).collect()
}

#[tokio::test]
async fn a_file_of_an_older_version_is_copied_beside_it_before_its_tables_change() {
    let (kept, _) = Kept::with_a_post(Home::Sqlite).await;
    let before = kept.ledger.everything().await.unwrap();
    let Kept { ledger, place } = kept;
    drop(ledger);
    let (file, newer) = (place.folder().join("heatwire.db"), with_another(&sqlite::MIGRATIONS));
    for _ in 0..2 {
        drop(sqlite::open(Some(&file), sqlite::BUSY_TIMEOUT, &newer).await.unwrap());
        assert_eq!(copies_in(place.folder()).len(), 1, "the second start changes no tables");
    }
    let older = Ledger::open(&place.url()).await.unwrap_err();
    assert!(matches!(older, OpenError::Newer(_)), "{older:?}");
    let copy = copies_in(place.folder()).remove(0);
    assert_eq!(std::fs::metadata(&copy).unwrap().permissions().mode() & 0o777, 0o600);
    // The operator puts the copy in the place of the file.
    for ending in ["", "-wal", "-shm"] {
        let _is_not_there = std::fs::remove_file(place.folder().join(format!("heatwire.db{ending}")));
    }
    std::fs::rename(copy, file).unwrap();
    let ledger = Ledger::open(&place.url()).await.unwrap();
    assert_eq!(ledger.everything().await.unwrap(), before);
    assert_eq!(copies_in(place.folder()).len(), 0, "the tables are of this version");
}

#[tokio::test]
async fn tables_of_an_older_version_are_copied_beside_them_before_they_change() {
    if homes::server().is_none() {
        return;
    }
    let (kept, feed) = Kept::with_a_post(Home::Postgres).await;
    let before = kept.ledger.everything().await.unwrap();
    kept.ledger.hold().release().await.unwrap();
    let Place::Schema(schema) = &kept.place else { panic!("a server has schemas") };
    let Ok(Address::Server(address)) = Address::parse(&kept.url()) else { panic!("{}", kept.url()) };
    let mut other = connect(&kept.url()).await;
    for _ in 0..2 {
        let newer = with_another(&postgres::MIGRATIONS);
        Server::new(&address).unwrap().migrate_with(&newer).await.unwrap();
    }
    let older = Ledger::open(&kept.url()).await.unwrap_err();
    assert!(matches!(older, OpenError::Newer(_)), "{older:?}");
    let copies = "SELECT nspname::TEXT FROM pg_namespace WHERE nspname LIKE 'before\\_%'";
    let copies: Vec<String> = sqlx::query_scalar(copies).fetch_all(&mut other).await.unwrap();
    let [copy] = &copies[..] else { panic!("the second start changes no tables: {copies:?}") };
    let tables = "SELECT count(*) FROM pg_tables WHERE schemaname = $1";
    let mut counts: Vec<i64> = Vec::new();
    for name in [copy, schema.name()] {
        let count = sqlx::query_scalar(tables).bind(name).fetch_one(&mut other);
        counts.push(count.await.unwrap());
    }
    assert_eq!(counts[0], counts[1], "every table is copied");
    // The operator names the copy in DATABASE_URL.
    let ledger = Ledger::open(&kept.url().replace(schema.name(), copy)).await.unwrap();
    assert_eq!(ledger.everything().await.unwrap(), before);
    assert_eq!(ledger.unknown(&[feed.channel], &[]).await.unwrap(), []);
    assert!(ledger.add_feed(&new_feed(), at(9)).await.unwrap().id > feed.id, "no number is used again");
    drop(ledger);
    let drop = format!("DROP SCHEMA {copy} CASCADE");
    sqlx::raw_sql(sqlx::AssertSqlSafe(drop)).execute(&mut other).await.unwrap();
}
