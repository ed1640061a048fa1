//! Who has the lease of a schema.

use sqlx::AssertSqlSafe;

use crate::server::{Schema, connect};

impl Schema {
    pub(crate) async fn epoch(&self) -> i64 {
        let epoch = format!("SELECT epoch FROM {}.lease", self.name);
        let mut connection = connect(&self.server).await;
        sqlx::query_scalar(AssertSqlSafe(epoch)).fetch_one(&mut connection).await.unwrap()
    }

    /// Which process has the lease.
    pub(crate) async fn owner(&self) -> Option<String> {
        let owner = format!("SELECT owner FROM {}.lease WHERE expires_at > clock_timestamp()", self.name);
        let mut connection = connect(&self.server).await;
        // Before the first start there is no table.
        sqlx::query_scalar(AssertSqlSafe(owner)).fetch_optional(&mut connection).await.ok().flatten()
    }
}
