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

#[cfg(test)]
mod tests {
    use serenity::all::{ChannelId, InteractionId};
    use serenity::http::{HttpBuilder, Route};
    use tokio::sync::Mutex;

    use super::*;

    #[tokio::test]
    async fn only_entries_that_still_say_something_are_kept() {
        let http = HttpBuilder::new("fake").build();
        let routes = http.ratelimiter.as_ref().unwrap().routes();
        let bucket = |channel| Route::Channel { channel_id: ChannelId::new(channel) }.ratelimiting_bucket();
        let held = Arc::new(Mutex::default());
        for interaction in 1..=1_000 {
            let route =
                Route::InteractionResponse { interaction_id: InteractionId::new(interaction), token: "t" };
            routes.write().await.insert(route.ratelimiting_bucket(), Arc::default());
        }
        routes.write().await.insert(bucket(1), Arc::clone(&held));
        let before = routes.read().await.len();
        assert_eq!(before, 1_001, "serenity keeps an entry for every interaction");
        assert_eq!(prune(&http).await, 1_000);
        assert!(routes.read().await.contains_key(&bucket(1)), "a request under way keeps its entry");
        drop(held);
        assert_eq!(prune(&http).await, 1);
    }

    #[tokio::test]
    async fn there_is_nothing_to_prune_behind_a_proxy() {
        let http = Arc::new(HttpBuilder::new("fake").ratelimiter_disabled(true).build());
        assert!(keep_small(&http, CancellationToken::new()).is_none());
        assert_eq!(prune(&http).await, 0);
    }
}
