//! What a PostgreSQL server does: it gives one process the lease, and it fails in its own ways.

use sqlx::AssertSqlSafe;

use super::faults::{check_refused, many};
use super::homes::connect;
use super::proxy::{Cut, Proxy};
use super::*;
use crate::delivery::ledger::lease::IfTaken;

/// Runs statements as another program.
async fn other_program(place: &Place, statements: impl Into<String>) {
    let mut connection = connect(&place.url()).await;
    sqlx::raw_sql(AssertSqlSafe(statements.into())).execute(&mut connection).await.unwrap();
}

/// A ledger with a post on the server, if there is a server.
async fn kept() -> Option<(Kept, Feed)> {
    homes::server()?;
    Some(Kept::with_a_post(Home::Postgres).await)
}

async fn refused(url: &str) -> OpenError {
    Ledger::open_with(url, std::time::Duration::ZERO, IfTaken::Refuse).await.unwrap_err()
}

#[tokio::test]
async fn one_process_has_the_lease_until_it_gives_it_back() {
    let Some((kept, feed)) = kept().await else { return };
    assert!(kept.ledger.hold().suffices_for_a_request());
    let fault = refused(&kept.url()).await;
    assert!(matches!(fault, OpenError::Leased(_)) && words(fault).contains("in use by another heatwire"));
    let (waiting, url) = (Arc::new(tokio::sync::Notify::new()), kept.url());
    let told = Arc::clone(&waiting);
    let next = tokio::spawn(async move {
        told.notify_one();
        Ledger::open(&url).await.unwrap()
    });
    waiting.notified().await;
    assert!(!next.is_finished());
    kept.ledger.hold().release().await.unwrap();
    let next = next.await.unwrap();
    assert_eq!(next.everything().await.unwrap().feeds, std::slice::from_ref(&feed));
    assert!(!kept.ledger.hold().suffices_for_a_request());
    assert_eq!(kept.ledger.save_feed(&feed).await.unwrap_err().kind(), LedgerErrorKind::Superseded);
    next.save_feed(&feed).await.unwrap();
}

#[tokio::test]
async fn a_process_whose_lease_was_taken_over_writes_nothing_more() {
    let Some((kept, feed)) = kept().await else { return };
    let (ledger, before) = (&kept.ledger, kept.ledger.everything().await.unwrap());
    let mut call = ledger.connection.write().await.unwrap();
    call.execute(Statement::new("UPDATE delivery SET is_dismissed = TRUE")).await.unwrap();
    // It hangs here for longer than its lease.
    kept.place.expire_lease().await;
    let next = Ledger::open(&kept.url()).await.unwrap();
    assert_eq!(next.everything().await.unwrap(), before);
    let error = call.commit().await.unwrap_err();
    assert_eq!(error.kind(), LedgerErrorKind::Superseded);
    ledger.hold().lost().await;
    assert_eq!(ledger.save_feed(&feed).await.unwrap_err().kind(), LedgerErrorKind::Superseded);
    // It can be read.
    assert_eq!(ledger.everything().await.unwrap(), before);
    next.claim(&post(feed.id, 2), &[story(feed.id, 2)], &[], at(3)).await.unwrap();
}

#[tokio::test]
async fn a_lease_that_nobody_took_lasts_beyond_its_end() {
    let Some((kept, feed)) = kept().await else { return };
    kept.place.expire_lease().await;
    kept.ledger.save_feed(&feed).await.unwrap();
    assert!(matches!(refused(&kept.url()).await, OpenError::Leased(_)), "a write renews it");
}

#[tokio::test]
async fn a_database_that_lost_what_was_written_is_noticed() {
    let Some((kept, feed)) = kept().await else { return };
    // As a standby that lags behind, when it takes the place of the server.
    other_program(&kept.place, "DELETE FROM delivery; UPDATE lease SET commits = commits - 1").await;
    assert_eq!(kept.ledger.save_feed(&feed).await.unwrap_err().kind(), LedgerErrorKind::Superseded);
    let kept = kept.reopened().await;
    kept.ledger.save_feed(&feed).await.unwrap();
}

/// What a claim says whose commit is cut, and how many rows are there then.
async fn claim_with(cut: Cut) -> Option<(Result<(), LedgerErrorKind>, usize)> {
    let (kept, feed) = kept().await?;
    let Kept { ledger, place } = kept;
    ledger.hold().release().await.unwrap();
    let proxy = Proxy::new(&place.url()).await;
    let ledger = Ledger::open(&proxy.url(&place.url())).await.unwrap();
    proxy.cut_next_commit(cut);
    let said = ledger.claim(&post(feed.id, 2), &[story(feed.id, 2)], &[], at(3)).await;
    let said = said.map(drop).map_err(|error| error.kind());
    let count = place.after_a_crash().await.deliveries.len();
    ledger.save_feed(&feed).await.unwrap();
    Some((said, count))
}

#[tokio::test]
async fn a_commit_that_did_not_arrive_did_not_happen() {
    let Some(ended) = claim_with(Cut::Before).await else { return };
    assert_eq!(ended, (Err(LedgerErrorKind::Unreachable), 1));
}

#[tokio::test]
async fn a_commit_whose_answer_was_lost_is_looked_up() {
    let Some(ended) = claim_with(Cut::After).await else { return };
    assert_eq!(ended, (Ok(()), 2));
}

#[tokio::test]
async fn a_commit_that_is_never_answered_is_looked_up() {
    let Some(ended) = claim_with(Cut::Unanswered).await else { return };
    assert_eq!(ended, (Ok(()), 2));
}

#[tokio::test]
async fn a_transaction_whose_connection_ends_did_not_happen_and_the_next_one_works() {
    let Some((kept, feed)) = kept().await else { return };
    let (ledger, before) = (&kept.ledger, kept.ledger.everything().await.unwrap());
    let mut call = ledger.connection.write().await.unwrap();
    call.execute(Statement::new("UPDATE delivery SET is_dismissed = TRUE")).await.unwrap();
    let own = "SELECT CAST(pg_backend_pid() AS BIGINT)";
    let (backend,): (i64,) = call.one(Statement::new(own)).await.unwrap().unwrap();
    other_program(&kept.place, format!("SELECT pg_terminate_backend({backend}, 5000)")).await;
    let error = call.commit().await.unwrap_err();
    assert_eq!(error.kind(), LedgerErrorKind::Unreachable);
    assert_eq!(ledger.everything().await.unwrap(), before);
    ledger.save_feed(&feed).await.unwrap();
}

#[tokio::test]
async fn rows_that_another_program_has_locked_are_waited_for_and_then_told() {
    let Some((kept, feed)) = kept().await else { return };
    execute(&kept.ledger, "SET lock_timeout = 20").await;
    let mut other = connect(&kept.url()).await;
    let lock = "BEGIN; LOCK TABLE feed, post, delivery IN SHARE MODE";
    sqlx::raw_sql(lock).execute(&mut other).await.unwrap();
    check_refused(&kept.ledger, &feed, LedgerErrorKind::Busy).await;
    sqlx::raw_sql("ROLLBACK").execute(&mut other).await.unwrap();
    kept.ledger.save_feed(&feed).await.unwrap();
}

#[tokio::test]
async fn a_full_disk_is_told() {
    let Some((kept, feed)) = kept().await else { return };
    let fill = "CREATE FUNCTION refuse() RETURNS TRIGGER LANGUAGE plpgsql AS \
                $$ BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = 'disk_full'; END $$;";
    let tables = ["feed", "post", "delivery"].map(|table| {
        format!("CREATE TRIGGER full_{table} BEFORE INSERT ON {table} EXECUTE FUNCTION refuse();")
    });
    other_program(&kept.place, format!("{fill}{}", tables.concat())).await;
    check_refused(&kept.ledger, &feed, LedgerErrorKind::Full).await;
    other_program(&kept.place, "DROP FUNCTION refuse CASCADE").await;
    kept.ledger.claim(&post(feed.id, 99), &many(feed.id), &[], at(9)).await.unwrap();
}

#[tokio::test]
async fn a_server_that_may_not_be_written_is_told() {
    let Some((kept, feed)) = kept().await else { return };
    execute(&kept.ledger, "SET default_transaction_read_only = on").await;
    check_refused(&kept.ledger, &feed, LedgerErrorKind::ReadOnly).await;
    execute(&kept.ledger, "SET default_transaction_read_only = off").await;
    kept.ledger.save_feed(&feed).await.unwrap();
}

#[tokio::test]
async fn a_server_that_takes_no_more_connections_is_told() {
    let Some((kept, _)) = kept().await else { return };
    kept.ledger.hold().release().await.unwrap();
    let Place::Schema(schema) = &kept.place else { return };
    let role = format!("{}_role", schema.name());
    let make = format!(
        "CREATE ROLE {role} LOGIN PASSWORD 'sesame' CONNECTION LIMIT 1; \
         GRANT ALL ON SCHEMA {0} TO {role}; GRANT ALL ON ALL TABLES IN SCHEMA {0} TO {role}",
        schema.name()
    );
    other_program(&kept.place, make).await;
    let mut url: url::Url = kept.url().parse().unwrap();
    url.set_username(&role).unwrap();
    url.set_password(Some("sesame")).unwrap();
    let only = connect(url.as_str()).await;
    let fault = refused(url.as_str()).await;
    let OpenError::Server { cause, .. } = &fault else { panic!("{fault:?}") };
    assert_eq!(cause.kind(), LedgerErrorKind::Unreachable);
    let words = words(fault);
    assert!(words.contains("too many connections") && !words.contains("sesame"), "{words}");
    sqlx::Connection::close(only).await.unwrap();
    other_program(&kept.place, format!("DROP OWNED BY {role}; DROP ROLE {role}")).await;
}

#[tokio::test]
async fn a_newer_versions_tables_are_refused_and_the_lease_is_free_again() {
    let Some((kept, _)) = kept().await else { return };
    kept.ledger.hold().release().await.unwrap();
    other_program(
        &kept.place,
        "INSERT INTO _sqlx_migrations VALUES (9999, 'to come', now(), TRUE, '\\x00', 0)",
    )
    .await;
    let fault = refused(&kept.url()).await;
    assert!(matches!(fault, OpenError::Newer(_)), "{fault:?}");
    other_program(&kept.place, "DELETE FROM _sqlx_migrations WHERE version = 9999").await;
    Ledger::open(&kept.url()).await.unwrap();
}

#[tokio::test]
async fn two_first_starts_at_once_make_the_tables_once() {
    if homes::server().is_none() {
        return;
    }
    let place = Place::new(Home::Postgres).await;
    let starts = (0..4).map(|_| {
        let url = place.url();
        tokio::spawn(async move {
            let opened = Ledger::open_with(&url, std::time::Duration::ZERO, IfTaken::Refuse).await;
            opened.map_err(|fault| matches!(fault, OpenError::Leased(_)))
        })
    });
    let mut opened = Vec::new();
    for start in starts.collect::<Vec<_>>() {
        match start.await.unwrap() {
            Ok(ledger) => opened.push(ledger),
            Err(is_leased) => assert!(is_leased),
        }
    }
    assert_eq!(opened.len(), 1);
}

#[tokio::test]
async fn processes_take_turns_in_each_bucket() {
    let Some(server) = homes::server() else { return };
    let turn = async |buckets: &[u32]| {
        let buckets = buckets.iter().map(|bucket| 900 + bucket).collect();
        IdentifyTurn::wait(&server, &buckets).await.unwrap()
    };
    let first = turn(&[0, 2]).await;
    let _other_bucket = turn(&[1]).await;
    let mut same_bucket = std::pin::pin!(turn(&[2, 3]));
    assert!(futures_util::poll!(&mut same_bucket).is_pending());
    let _wakes = tokio::time::timeout(std::time::Duration::from_secs(1), &mut same_bucket).await.unwrap_err();
    drop(first);
    same_bucket.await;
}
