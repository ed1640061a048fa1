//! The lease in a schema.

use sqlx::AssertSqlSafe;

use crate::server::{Schema, connect};

/// Ends the lease of a bot that is dead, if there ever was one.
pub(crate) async fn free(schema: &Schema) {
    let free = format!("UPDATE {}.lease SET expires_at = '-infinity'", schema.name);
    let _no_bot_ever_ran = schema.run(free).await;
}

/// How often the lease changed hands.
pub(crate) async fn epoch(schema: &Schema) -> i64 {
    let epoch = format!("SELECT epoch FROM {}.lease", schema.name);
    let mut connection = connect(&schema.server).await;
    sqlx::query_scalar(AssertSqlSafe(epoch)).fetch_one(&mut connection).await.unwrap()
}
