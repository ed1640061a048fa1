//! What the gateway tells of servers, channels and roles, passed on to whom it concerns: the feeds, and the names of channels.

use std::sync::{Arc, Mutex, PoisonError};

use super::servers::Servers;
use super::state::State;
use crate::feed::ChannelKind;

/// A channel as the gateway tells it.
#[derive(Debug, Clone, Copy)]
pub struct ToldChannel<'a> {
    /// Its id.
    pub id: u64,
    /// Its name.
    pub name: &'a str,
    /// The number of its type (Discord's docs, "Channel Types").
    pub kind: u8,
}

/// Takes events of all shards.
pub struct ServerEvents {
    state: Arc<State>,
    servers: Mutex<Servers>,
}

impl ServerEvents {
    /// Tells the feeds of this state.
    #[must_use]
    pub fn new(state: Arc<State>) -> Self {
        Self { state, servers: Mutex::default() }
    }

    /// A shard's session began with a list of its servers. Once all shards have told theirs, the feeds of servers that are on
    /// none of the lists are known to be left behind.
    pub async fn session_begins(&self, shard: u32, shards: u32, servers: impl Iterator<Item = u64>) {
        let all = self.note(|known| known.session_begins(shard, shards, servers));
        if let (Some(desk), Some(all)) = (self.state.desk(), all) {
            desk.servers_are(all).await;
        }
    }

    /// A server is there: at the start of a session, after an outage, or because the bot has just been added. Its channels
    /// come with it, and its roles. Before that a role may have gone, a channel been turned into one of another kind, or a right
    /// been given, unheard.
    pub async fn server_is_there<'a>(
        &self,
        shard: u32,
        server: u64,
        channels: impl IntoIterator<Item = ToldChannel<'a>>,
        roles: Vec<u64>,
    ) {
        let channels: Vec<ToldChannel<'a>> = channels.into_iter().collect();
        self.state.channel_names().note(server, channels.iter().map(|channel| (channel.id, channel.name)));
        let is_new = self.note(|known| known.joins(shard, server));
        let Some(desk) = self.state.desk() else { return };
        if is_new {
            desk.server_joined(server).await;
        }
        desk.roles_are(server, roles).await;
        desk.channels_are(kinds(&channels)).await;
        desk.rights_changed(server).await;
    }

    /// The bot was removed from a server.
    pub async fn server_is_left(&self, server: u64) {
        self.state.channel_names().forget_server(server);
        self.note(|known| known.leaves(server));
        if let Some(desk) = self.state.desk() {
            desk.server_left(server).await;
        }
    }

    /// A channel was made.
    pub fn channel_is_new(&self, server: u64, channel: (u64, &str)) {
        self.state.channel_names().note(server, [channel]);
    }

    /// A channel's name, kind or rights changed.
    pub async fn channel_changed(&self, server: u64, channel: ToldChannel<'_>) {
        self.state.channel_names().note(server, [(channel.id, channel.name)]);
        if let Some(desk) = self.state.desk() {
            desk.channels_are(kinds(&[channel])).await;
        }
        self.rights_changed(server).await;
    }

    /// A channel was deleted.
    pub async fn channel_is_gone(&self, channel: u64) {
        self.state.channel_names().forget(channel);
        if let Some(desk) = self.state.desk() {
            desk.channel_is_gone(channel).await;
        }
    }

    /// A thread was deleted.
    pub async fn thread_is_gone(&self, thread: u64) {
        if let Some(desk) = self.state.desk() {
            desk.thread_is_gone(thread).await;
        }
    }

    /// A role was deleted. With it went what it allowed.
    pub async fn role_is_gone(&self, server: u64, role: u64) {
        if let Some(desk) = self.state.desk() {
            desk.role_is_gone(role).await;
        }
        self.rights_changed(server).await;
    }

    /// What the bot may do in a server may have changed.
    pub async fn rights_changed(&self, server: u64) {
        if let Some(desk) = self.state.desk() {
            desk.rights_changed(server).await;
        }
    }

    fn note<T>(&self, change: impl FnOnce(&mut Servers) -> T) -> T {
        change(&mut self.servers.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Of those in which a feed can post.
fn kinds(channels: &[ToldChannel<'_>]) -> Vec<(u64, ChannelKind)> {
    let known =
        channels.iter().filter_map(|channel| Some((channel.id, ChannelKind::of_discord(channel.kind)?)));
    known.collect()
}

#[cfg(test)]
mod tests {
    use tokio::sync::mpsc::Receiver;

    use super::*;
    use crate::collection::Collection;
    use crate::delivery::desk::{Desk, Request};
    use crate::feed::FeedDefaults;

    async fn are(arriving: &mut Receiver<Request>, channel: u64, kind: ChannelKind) {
        let told = arriving.recv().await;
        assert!(matches!(&told, Some(Request::ChannelsAre(all)) if *all == [(channel, kind)]), "{told:?}");
    }

    #[tokio::test]
    async fn each_event_reaches_the_feeds_it_concerns() {
        let (desk, mut arriving) = Desk::new();
        let now = "2026-06-15T12:00:00Z".parse().unwrap();
        let state = State::new(Collection::default(), Arc::new(move || now));
        let state = Arc::new(state.with_feeds(desk, FeedDefaults::default()));
        let events = ServerEvents::new(Arc::clone(&state));
        events.session_begins(0, 1, [100, 200].into_iter()).await;
        let channel = |id, name, kind| ToldChannel { id, name, kind };
        let (category, news) = (channel(9, "all", 4), channel(10, "news", 0));
        events.server_is_there(0, 100, [category, news], vec![7]).await;
        events.server_is_there(0, 300, [channel(30, "fresh", 15)], vec![8]).await;
        events.channel_is_new(100, (11, "made"));
        events.channel_changed(100, channel(10, "renamed", 5)).await;
        assert_eq!(
            (state.channel_names().shown(10), state.channel_names().shown(11)),
            ("#renamed".into(), "#made".into())
        );
        events.role_is_gone(100, 7).await;
        events.channel_is_gone(10).await;
        events.thread_is_gone(12).await;
        events.server_is_left(300).await;
        assert_eq!(
            (state.channel_names().shown(10), state.channel_names().shown(30)),
            ("channel 10".into(), "channel 30".into())
        );
        // The server that was on the list is not told twice.
        assert!(matches!(&arriving.recv().await, Some(Request::ServersAre(all)) if *all == [100, 200]));
        assert!(matches!(&arriving.recv().await, Some(Request::RolesAre(100, roles)) if *roles == [7]));
        are(&mut arriving, 10, ChannelKind::Text).await;
        assert!(matches!(arriving.recv().await, Some(Request::RightsChanged(100))));
        assert!(matches!(arriving.recv().await, Some(Request::ServerJoined(300))));
        assert!(matches!(&arriving.recv().await, Some(Request::RolesAre(300, roles)) if *roles == [8]));
        are(&mut arriving, 30, ChannelKind::Forum).await;
        assert!(matches!(arriving.recv().await, Some(Request::RightsChanged(300))));
        are(&mut arriving, 10, ChannelKind::Announcement).await;
        assert!(matches!(arriving.recv().await, Some(Request::RightsChanged(100))));
        assert!(matches!(arriving.recv().await, Some(Request::RoleGone(7))));
        assert!(matches!(arriving.recv().await, Some(Request::RightsChanged(100))));
        assert!(matches!(arriving.recv().await, Some(Request::ChannelGone(10))));
        assert!(matches!(arriving.recv().await, Some(Request::ThreadGone(12))));
        assert!(matches!(arriving.recv().await, Some(Request::ServerLeft(300))));
        assert!(arriving.try_recv().is_err());
    }
}
