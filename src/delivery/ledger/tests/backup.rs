//! Backups of a ledger that is in use.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use super::*;

/// The names of the files in the backup's folder.
fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[tokio::test]
async fn a_backup_of_a_live_ledger_restores_to_the_same() {
    let (kept, feed) = Kept::with_a_post(Home::Sqlite).await;
    let before = kept.ledger.everything().await.unwrap();
    let other = tempfile::tempdir().unwrap();
    backup(&kept.url(), &file(other.path())).await.unwrap();
    // The bot goes on working.
    kept.ledger.remove_feed(feed.id).await.unwrap();
    assert_eq!(names(other.path()), ["heatwire.db"]);
    assert_eq!(fs::metadata(file(other.path())).unwrap().permissions().mode() & 0o777, 0o600);
    let restored = Ledger::open(&url(other.path())).await.unwrap();
    assert_eq!(restored.everything().await.unwrap(), before);
    let next = restored.add_feed(&new_feed(), at(9)).await.unwrap();
    assert!(next.id > feed.id, "numbers go on");
}

#[tokio::test]
async fn a_backup_of_a_ledger_that_nobody_has_open_works_too() {
    let (kept, feed) = Kept::with_a_post(Home::Sqlite).await;
    let Kept { place, ledger } = kept;
    drop(ledger);
    let folder = place.folder();
    let copy = folder.join("copy.db");
    backup(&url(folder), &copy).await.unwrap();
    let copied = Ledger::open(&format!("sqlite://{}", copy.display())).await.unwrap();
    assert_eq!(copied.everything().await.unwrap().feeds, [feed]);
}

#[tokio::test]
async fn what_cannot_be_backed_up_is_told_and_leaves_nothing_behind() {
    let (kept, _) = Kept::with_a_post(Home::Sqlite).await;
    let other = tempfile::tempdir().unwrap();
    let target = file(other.path());
    let check = async |url: &str, target: &Path, expected: &str| {
        let before = names(other.path());
        let words = words(backup(url, target).await.unwrap_err());
        assert!(words.contains(expected), "{words}");
        assert_eq!(names(other.path()), before);
    };
    check("sqlite::memory:", &target, "nothing to back up").await;
    check(&url(other.path()), &target, "holds no data of heatwire").await;
    check("postgres://bot@db/heat", &target, "pg_dump").await;
    check(&kept.url(), &other.path().join("a/b.db"), "in a folder that is there").await;
    fs::write(other.path().join("empty.db"), "").unwrap();
    check(&format!("sqlite://{}", other.path().join("empty.db").display()), &target, "holds no data").await;
    let beside = |ending: &str| PathBuf::from(format!("{}{ending}", file(kept.place.folder()).display()));
    check(&kept.url(), &beside("-journal"), "belongs to the database itself").await;
    check(&kept.url(), &beside(""), "exists already").await;
    fs::write(&target, "precious").unwrap();
    check(&kept.url(), &target, "exists already").await;
    assert_eq!(fs::read_to_string(&target).unwrap(), "precious");
}

#[tokio::test]
async fn odd_names_of_files_are_taken_as_they_are() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["my bot.db", "h%20.db", "file:x.db", "ü&=+'.db", "-x"] {
        let address = format!("sqlite://{}", folder.path().join(name).display());
        let ledger = Ledger::open(&address).await.unwrap();
        let feed = ledger.add_feed(&new_feed(), at(0)).await.unwrap();
        assert!(folder.path().join(name).is_file(), "{name}");
        let copy = folder.path().join(format!("copy of {name}"));
        backup(&address, &copy).await.unwrap();
        let copied = Ledger::open(&format!("sqlite://{}", copy.display())).await.unwrap();
        assert_eq!(copied.everything().await.unwrap().feeds, [feed], "{name}");
    }
}
