//! The lease of a bot that is dead.

use crate::server::Schema;

impl Schema {
    /// Ends the lease of a bot that is dead, if there ever was one.
    pub(crate) async fn free_lease(&self) {
        let free = format!("UPDATE {}.lease SET expires_at = '-infinity'", self.name);
        let _no_bot_ever_ran = self.run(free).await;
    }
}
