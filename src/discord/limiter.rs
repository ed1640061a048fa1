//! serenity's rate limiter keeps an entry for every route it has seen, and every interaction is a route of
//! its own: without pruning it grows as long as the bot runs.

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use serenity::http::Http;
use tokio_util::sync::CancellationToken;
use tokio_util::task::AbortOnDropHandle;

/// How often entries are dropped, in seconds: an interaction's token lives for 15 minutes.
const PRUNE_EVERY_SECONDS: u64 = 300;

/// Prunes until stopped or dropped. `None` where the limiter is off.
pub fn keep_small(http: &Arc<Http>, stop: CancellationToken) -> Option<AbortOnDropHandle<()>> {
    http.ratelimiter.as_ref()?;
    let http = Arc::clone(http);
    Some(AbortOnDropHandle::new(tokio::spawn(async move {
        let every = Duration::from_secs(PRUNE_EVERY_SECONDS);
        while tokio::time::timeout(every, stop.cancelled()).await.is_err() {
            let dropped = prune(&http).await;
            tracing::debug!(dropped, "pruned the rate limiter");
        }
    })))
}

/// Drops every entry that nobody holds and whose window is over: it says nothing any more. Returns how many.
pub async fn prune(http: &Http) -> usize {
    let Some(limiter) = &http.ratelimiter else { return 0 };
    let routes = limiter.routes();
    let mut routes = routes.write().await;
    let before = routes.len();
    let now = SystemTime::now();
    routes.retain(|_, limit| {
        Arc::strong_count(limit) > 1
            || limit.try_lock().map_or(true, |limit| limit.reset().is_some_and(|reset| reset > now))
    });
    before - routes.len()
}
