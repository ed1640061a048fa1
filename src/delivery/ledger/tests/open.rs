//! Opening a ledger: the mode of the files, foreign files, and the words of refusals.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use rustix::thread::{CapabilitySet, capabilities, set_capabilities};
use sqlx::{ConnectOptions, Connection};

use super::*;

async fn refused(url: &str) -> OpenError {
    Ledger::open(url).await.unwrap_err()
}

/// The file, opened by another program.
async fn other_program(path: &Path) -> sqlx::sqlite::SqliteConnection {
    sqlx::sqlite::SqliteConnectOptions::new().filename(path).create_if_missing(true).connect().await.unwrap()
}

#[tokio::test]
async fn the_folder_and_the_files_are_made_for_their_owner_alone() {
    let folder = tempfile::tempdir().unwrap();
    let inner = folder.path().join("a/b");
    let ledger = Ledger::open(&url(&inner)).await.unwrap();
    ledger.add_feed(&new_feed(), at(0)).await.unwrap();
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&inner), 0o700);
    let mut names: Vec<String> = fs::read_dir(&inner)
        .unwrap()
        .map(|entry| {
            let entry = entry.unwrap();
            assert_eq!(mode(&entry.path()), 0o600, "{:?}", entry.path());
            entry.file_name().into_string().unwrap()
        })
        .collect();
    names.sort();
    assert_eq!(names, ["heatwire.db", "heatwire.db-shm", "heatwire.db-wal", "heatwire.db.lock"]);
}

#[tokio::test]
async fn an_open_ledger_is_as_safe_as_promised() {
    let kept = Kept::new(Home::Sqlite).await;
    let mut access = kept.ledger.connection.read().await.unwrap();
    for (pragma, expected) in
        [("journal_mode", "wal"), ("synchronous", "2"), ("foreign_keys", "1"), ("busy_timeout", "5000")]
    {
        let statement = format!("SELECT CAST((SELECT * FROM pragma_{pragma}) AS TEXT)").leak();
        let value: Option<(String,)> = access.one(Statement::new(statement)).await.unwrap();
        assert_eq!(value, Some((expected.to_owned(),)), "{pragma}");
    }
}

#[tokio::test]
async fn a_second_process_is_refused_until_the_first_has_ended() {
    let kept = Kept::new(Home::Sqlite).await;
    let fault = refused(&kept.url()).await;
    assert!(matches!(fault, OpenError::InUse(_)) && words(fault).contains("in use by another heatwire"));
    // A link to the same file does not avoid the lock.
    let link = kept.place.folder().join("link.db");
    std::os::unix::fs::symlink(kept.file(), &link).unwrap();
    let fault = refused(&format!("sqlite://{}", link.display())).await;
    assert!(matches!(fault, OpenError::InUse(_)), "{fault:?}");
    kept.reopened().await;
}

#[tokio::test]
async fn a_ledger_in_memory_needs_no_file() {
    let (one, other) =
        (Ledger::open("sqlite::memory:").await.unwrap(), Ledger::open("sqlite::memory:").await.unwrap());
    one.add_feed(&new_feed(), at(0)).await.unwrap();
    assert_eq!(one.everything().await.unwrap().feeds.len(), 1);
    assert_eq!(other.everything().await.unwrap(), Everything::default());
}

#[tokio::test]
async fn a_server_that_is_not_there_is_told_without_its_password() {
    let fault = words(refused("postgres://bot:hunter2@127.0.0.1:1/heat").await);
    assert!(fault.contains("the database heat on 127.0.0.1:1 cannot be used"), "{fault}");
    assert!(fault.contains("check DATABASE_URL") && !fault.contains("hunter2"), "{fault}");
}

#[tokio::test]
async fn a_damaged_file_is_refused_with_the_way_to_restore_it() {
    let (kept, feed) = Kept::with_a_post(Home::Sqlite).await;
    let rows: Vec<_> = (10..500).map(|number| story(feed.id, number)).collect();
    kept.ledger.record(DeliveryState::Baseline, &rows, at(3)).await.unwrap();
    let Kept { place, ledger } = kept;
    drop(ledger);
    let folder = place.folder();
    let copy = folder.join("copy.db");
    backup(&url(folder), &copy).await.unwrap();
    let good = fs::read(&copy).unwrap();
    let damaged = |bytes: Vec<u8>| {
        let folder = tempfile::tempdir().unwrap();
        fs::write(file(folder.path()), bytes).unwrap();
        folder
    };
    let mut torn = good.clone();
    torn[8192..16384].fill(0xff);
    let half = good[..good.len() / 2].to_vec();
    for folder in
        [damaged(torn), damaged(half), damaged(b"a letter to my aunt, which is long enough".to_vec())]
    {
        let fault = refused(&url(folder.path())).await;
        assert!(matches!(fault, OpenError::Damaged { .. }), "{fault:?}");
        let words = words(fault);
        assert!(words.contains("heatwire.db-wal") && words.contains("put the last backup"), "{words}");
        assert_eq!((words.matches("damaged").count(), words.lines().count()), (1, 1), "{words}");
    }
    // The remedy in the message works.
    assert_eq!(
        Ledger::open(&url(damaged(good).path())).await.unwrap().everything().await.unwrap().feeds,
        [feed]
    );
}

#[tokio::test]
async fn another_programs_database_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let mut other = other_program(&file(folder.path())).await;
    sqlx::query("CREATE TABLE letters (text TEXT)").execute(&mut other).await.unwrap();
    other.close().await.unwrap();
    let before = fs::read(file(folder.path())).unwrap();
    let fault = refused(&url(folder.path())).await;
    assert!(matches!(fault, OpenError::Foreign(_)), "{fault:?}");
    assert_eq!(fs::read(file(folder.path())).unwrap(), before);
}

#[tokio::test]
async fn a_newer_versions_file_is_refused_and_left_as_it_is() {
    let (kept, _) = Kept::with_a_post(Home::Sqlite).await;
    let Kept { place, ledger } = kept;
    drop(ledger);
    let folder = place.folder();
    let mut newer = other_program(&file(folder)).await;
    sqlx::query("INSERT INTO _sqlx_migrations VALUES (9999, 'to come', '', TRUE, x'00', 0)")
        .execute(&mut newer)
        .await
        .unwrap();
    newer.close().await.unwrap();
    let fault = refused(&url(folder)).await;
    assert!(matches!(fault, OpenError::Newer(_)) && words(fault).contains("newer heatwire"));
}

#[tokio::test]
async fn a_start_that_was_killed_early_is_begun_anew() {
    let folder = tempfile::tempdir().unwrap();
    let mut killed = other_program(&file(folder.path())).await;
    sqlx::query("CREATE TABLE _sqlx_migrations (version BIGINT PRIMARY KEY, description TEXT NOT NULL, \
         installed_on TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP, success BOOLEAN NOT NULL, checksum BLOB NOT NULL, \
         execution_time BIGINT NOT NULL)")
        .execute(&mut killed)
        .await
        .unwrap();
    killed.close().await.unwrap();
    Ledger::open(&url(folder.path())).await.unwrap().add_feed(&new_feed(), at(0)).await.unwrap();
}

#[tokio::test]
async fn what_may_not_be_written_is_told() {
    // Root may write everything. Without this capability even root may not.
    let mut permissions = capabilities(None).unwrap();
    permissions.effective -= CapabilitySet::DAC_OVERRIDE;
    permissions.permitted -= CapabilitySet::DAC_OVERRIDE;
    set_capabilities(None, permissions).unwrap();
    let set_mode = |path: &Path, mode| fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();

    let kept = Kept::new(Home::Sqlite).await;
    let Kept { place, ledger } = kept;
    drop(ledger);
    let folder = place.folder();
    set_mode(&file(folder), 0o400);
    let fault = refused(&url(folder)).await;
    assert!(matches!(fault, OpenError::ReadOnly(_)) && words(fault).contains("may not be written"));

    let folder = tempfile::tempdir().unwrap();
    set_mode(folder.path(), 0o500);
    for url in [url(folder.path()), url(&folder.path().join("a"))] {
        let fault = refused(&url).await;
        assert!(matches!(fault, OpenError::ReadOnly(_)), "{fault:?}");
    }
    set_mode(folder.path(), 0o700);
}

#[tokio::test]
async fn what_is_no_file_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(file(folder.path())).unwrap();
    let below_a_file = folder.path().join("plain");
    fs::write(&below_a_file, "").unwrap();
    for url in [url(folder.path()), url(&below_a_file), "sqlite:///dev/null".to_owned()] {
        let fault = refused(&url).await;
        assert!(matches!(fault, OpenError::Unreachable { .. }), "{fault:?}");
    }
}
