//! A database of its own on the server that `HEATWIRE_TEST_POSTGRES` names.

use std::io::Write;
use std::sync::atomic::{AtomicU32, Ordering};

use sqlx::postgres::{PgConnectOptions, PgConnection};
use sqlx::{AssertSqlSafe, ConnectOptions};

/// The server for tests. Where there is none, this says so aloud; in CI its absence is a failure.
pub(crate) fn server() -> Option<String> {
    let url = std::env::var_os("HEATWIRE_TEST_POSTGRES").and_then(|url| url.into_string().ok());
    if url.is_none() {
        assert!(
            std::env::var_os("CI").is_none_or(|ci| ci != "true"),
            "HEATWIRE_TEST_POSTGRES has to name a PostgreSQL server in CI"
        );
        // Not by `eprintln`: the test runner would keep that to itself.
        let words = b"LEFT OUT: a test with PostgreSQL; HEATWIRE_TEST_POSTGRES names no server\n";
        std::io::stderr().write_all(words).unwrap();
    }
    url
}

/// A schema, which goes when this is dropped.
pub(crate) struct Schema {
    pub(crate) server: String,
    pub(crate) name: String,
}

impl Schema {
    /// A new schema on this server.
    pub(crate) async fn new(server: String) -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("heatwire_{}_{number}", std::process::id());
        let schema = Self { server, name };
        schema
            .run(format!("DROP SCHEMA IF EXISTS {0} CASCADE; CREATE SCHEMA {0}", schema.name))
            .await
            .unwrap();
        schema
    }

    pub(crate) fn url(&self) -> String {
        let join = if self.server.contains('?') { '&' } else { '?' };
        format!("{}{join}options=-c%20search_path%3D{}", self.server, self.name)
    }

    pub(crate) async fn run(&self, statements: String) -> Result<(), sqlx::Error> {
        let mut connection = connect(&self.server).await;
        sqlx::raw_sql(AssertSqlSafe(statements)).execute(&mut connection).await.map(drop)
    }
}

impl Drop for Schema {
    fn drop(&mut self) {
        let (server, name) = (self.server.clone(), self.name.clone());
        let dropped = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(async {
                let mut connection = connect(&server).await;
                let drop = format!("DROP SCHEMA IF EXISTS {name} CASCADE");
                sqlx::raw_sql(AssertSqlSafe(drop)).execute(&mut connection).await.unwrap();
            });
        });
        let _server_is_gone = dropped.join();
    }
}

pub(crate) async fn connect(server: &str) -> PgConnection {
    let options: PgConnectOptions = server.parse().unwrap();
    options.disable_statement_logging().connect().await.unwrap()
}
