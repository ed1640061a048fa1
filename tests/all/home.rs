//! Where the database of a test is: in memory or in a file, or on a server where `HEATWIRE_TEST_HOME` is `postgres`.

use tempfile::TempDir;

use crate::server::{Schema, server};

pub(crate) enum Home {
    Memory,
    File(TempDir),
    Server(Schema),
}

impl Home {
    /// A database that only one process needs.
    pub(crate) async fn of_one_process() -> Self {
        Self::on_server().await.unwrap_or(Self::Memory)
    }

    /// A database that outlives a process.
    pub(crate) async fn lasting() -> Self {
        Self::on_server().await.unwrap_or_else(|| Self::File(tempfile::tempdir().unwrap()))
    }

    async fn on_server() -> Option<Self> {
        std::env::var_os("HEATWIRE_TEST_HOME").filter(|home| home == "postgres")?;
        Some(Self::Server(Schema::new(server().unwrap()).await))
    }

    pub(crate) fn url(&self) -> String {
        match self {
            Self::Memory => "sqlite::memory:".to_owned(),
            Self::File(folder) => format!("sqlite://{}/heatwire.db", folder.path().display()),
            Self::Server(schema) => schema.url(),
        }
    }

    /// The process that used it is gone. The next one need not wait for its lease.
    pub(crate) async fn is_free(&self) {
        if let Self::Server(schema) = self {
            schema.free_lease().await;
        }
    }
}
