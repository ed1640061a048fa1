//! What a test does to the guild, as its moderators would, and what it lets go wrong. Each change is told
//! over the gateway as Discord tells it.

use std::sync::Arc;
use std::time::Duration;

use crate::error::SandboxError;
use crate::faults::Fault;
use crate::notes::{NOTES_MAX, Note, TEXT_CHARACTERS_MAX};
use crate::sandbox::Sandbox;
use crate::state::channel::{Channel, ChannelKind};
use crate::state::ids::{ELSEWHERE_ID, GUILD_ID};
use crate::state::member::MEMBERS;

/// Whether a change found what it was to change.
fn found(is_done: bool, what: &'static str) -> Result<(), SandboxError> {
    if is_done { Ok(()) } else { Err(SandboxError::NotThere(what)) }
}

impl Sandbox {
    /// The id of a role: `@everyone` (which is the guild's), `Moderator`, or the bot's own `heatwire`.
    #[must_use]
    pub fn role_id(&self, name: &str) -> Option<u64> {
        self.shared.world().guilds.roles.iter().find(|role| role.name == name).map(|role| role.id)
    }

    /// Sets what a channel allows and denies, as bit sets, to a role or member by its id: the guild's for
    /// @everyone, the application's for the bot itself.
    ///
    /// # Errors
    /// [`SandboxError::NotThere`].
    pub fn set_overwrite(&self, channel_id: u64, id: u64, allow: u64, deny: u64) -> Result<(), SandboxError> {
        let is_done = self.shared.world().set_overwrite(channel_id, id, allow, deny);
        found(is_done, "channel, role or member")
    }

    /// Takes an overwrite away.
    ///
    /// # Errors
    /// [`SandboxError::NotThere`].
    pub fn remove_overwrite(&self, channel_id: u64, id: u64) -> Result<(), SandboxError> {
        found(self.shared.world().remove_overwrite(channel_id, id), "overwrite")
    }

    /// Adds a text, announcement or forum channel.
    ///
    /// # Errors
    /// [`SandboxError::NotThere`] for a thread, and when the guild is full.
    pub fn create_channel(&self, name: &str, kind: ChannelKind) -> Result<u64, SandboxError> {
        let id = self.shared.world().create_channel(name, kind);
        id.ok_or(SandboxError::NotThere("place for a channel"))
    }

    /// Removes a channel with its threads, or a thread.
    ///
    /// # Errors
    /// [`SandboxError::NotThere`].
    pub fn delete_channel(&self, channel_id: u64) -> Result<(), SandboxError> {
        found(self.shared.world().delete_channel(channel_id), "channel")
    }

    /// Renames a channel.
    ///
    /// # Errors
    /// [`SandboxError::NotThere`].
    pub fn rename_channel(&self, channel_id: u64, name: &str) -> Result<(), SandboxError> {
        let rename = |channel: &mut Channel| name.clone_into(&mut channel.name);
        found(self.shared.world().change_channel(channel_id, rename), "channel")
    }

    /// Turns a text channel into an announcement channel, or back; Discord takes no other change of a kind.
    ///
    /// # Errors
    /// [`SandboxError::NotThere`].
    pub fn turn_channel(&self, channel_id: u64) -> Result<(), SandboxError> {
        found(self.shared.world().turn_channel(channel_id), "text or announcement channel")
    }

    /// Makes a forum ask for a tag on each post (`REQUIRE_TAG`), or stop asking.
    ///
    /// # Errors
    /// [`SandboxError::NotThere`].
    pub fn require_tag(&self, forum_id: u64, is_required: bool) -> Result<(), SandboxError> {
        let mut world = self.shared.world();
        found(world.change_channel(forum_id, |forum| forum.is_tag_required = is_required), "channel")
    }

    /// The tags of a forum: id and name.
    #[must_use]
    pub fn tags(&self, forum_id: u64) -> Vec<(u64, String)> {
        let world = self.shared.world();
        let tags = world.guilds.channel(forum_id).map_or(&[][..], |forum| forum.tags.as_slice());
        tags.iter().map(|tag| (tag.id, tag.name.clone())).collect()
    }

    /// Archives and locks a thread, or opens it again.
    ///
    /// # Errors
    /// [`SandboxError::NotThere`].
    pub fn set_thread(&self, id: u64, is_archived: bool, is_locked: bool) -> Result<(), SandboxError> {
        let mut world = self.shared.world();
        found(world.change_thread(id, Some(is_archived), Some(is_locked), None), "thread")
    }

    /// Removes a message, as a moderator does.
    ///
    /// # Errors
    /// [`SandboxError::NotThere`].
    pub fn delete_message(&self, channel_id: u64, message_id: u64) -> Result<(), SandboxError> {
        found(self.shared.world().delete_message(channel_id, message_id).is_ok(), "message")
    }

    /// Gives a role other rights, a bit set.
    ///
    /// # Errors
    /// [`SandboxError::NotThere`].
    pub fn set_role_permissions(&self, role_id: u64, permissions: u64) -> Result<(), SandboxError> {
        found(self.shared.world().set_role_permissions(role_id, permissions), "role")
    }

    /// Removes a role and its overwrites.
    ///
    /// # Errors
    /// [`SandboxError::NotThere`], for @everyone too.
    pub fn delete_role(&self, role_id: u64) -> Result<(), SandboxError> {
        found(self.shared.world().delete_role(role_id), "role that can be removed")
    }

    /// Takes the bot out of the guild.
    pub fn remove_bot(&self) {
        self.shared.world().set_bot_member(GUILD_ID, false);
    }

    /// Brings the bot back into the guild.
    pub fn add_bot(&self) {
        self.shared.world().set_bot_member(GUILD_ID, true);
    }

    /// Brings the bot into the guild "Elsewhere", where it is not at the beginning.
    pub fn add_bot_elsewhere(&self) {
        self.shared.world().set_bot_member(ELSEWHERE_ID, true);
    }

    /// Takes the bot out of the guild "Elsewhere".
    pub fn remove_bot_elsewhere(&self) {
        self.shared.world().set_bot_member(ELSEWHERE_ID, false);
    }

    /// Times the bot out, so that it only reads, or ends that.
    pub fn time_out_bot(&self, is_timed_out: bool) {
        self.shared.world().guilds.is_bot_timed_out = is_timed_out;
    }

    /// Says whether a person takes direct messages; posting to one who does not is refused with 50007.
    ///
    /// # Errors
    /// [`SandboxError::NotThere`].
    pub fn set_direct_messages(&self, login: &str, are_taken: bool) -> Result<(), SandboxError> {
        let person = MEMBERS.iter().find(|member| member.login == login);
        let person = person.ok_or(SandboxError::NotThere("person"))?;
        let closed = &mut self.shared.world().guilds.closed_dms;
        closed.retain(|id| *id != person.id);
        if !are_taken {
            closed.push(person.id);
        }
        Ok(())
    }

    /// Lets requests of a route go wrong.
    ///
    /// # Errors
    /// [`SandboxError::NotThere`] when a hundred faults are planned already.
    pub fn plan_fault(&self, fault: Fault) -> Result<(), SandboxError> {
        found(self.shared.world().faults.plan(fault), "place for a fault")
    }

    /// Faults that no request has used up yet.
    #[must_use]
    pub fn planned_faults(&self) -> Vec<Fault> {
        self.shared.world().faults.planned().iter().map(|(_, fault)| fault.clone()).collect()
    }

    /// Forgets every fault, ends an outage and a slow gateway.
    pub fn clear_faults(&self) {
        self.shared.world().faults.clear();
    }

    /// Loses the next events of that name (`INTERACTION_CREATE`): no session gets them, now or later.
    ///
    /// # Errors
    /// [`SandboxError::NotThere`] when a hundred losses are planned already.
    pub fn lose_events(&self, name: &str, count: u32) -> Result<(), SandboxError> {
        found(self.shared.world().faults.lose_events(name, count), "place for a fault")
    }

    /// Lets each gateway event wait for this real time before it is sent; zero ends it.
    pub fn slow_gateway(&self, delay: Duration) {
        self.shared.world().faults.event_delay = delay;
    }

    /// Discord is down: connections drop, requests and new connections are answered with 503. With a
    /// duration it ends by the sandbox's clock, else with [`Sandbox::end_outage`].
    pub fn begin_outage(&self, duration: Option<Duration>) {
        self.shared.world().begin_outage(duration);
    }

    /// Discord is up again.
    pub fn end_outage(&self) {
        self.shared.world().faults.end_outage();
    }

    /// Answers 401, 403 and 429 in the last ten minutes, those of shared limits not counted.
    #[must_use]
    pub fn invalid_requests(&self) -> u32 {
        let world = self.shared.world();
        world.limiter.invalid_requests(world.now())
    }

    /// From now on these are the notes, in this order; open pages show them at once. The same notes again change nothing.
    pub fn set_notes(&self, mut notes: Vec<Note>) {
        notes.truncate(NOTES_MAX);
        for note in &mut notes {
            if let Some((end, _)) = note.text.char_indices().nth(TEXT_CHARACTERS_MAX) {
                note.text.truncate(end);
            }
        }
        let mut world = self.shared.world();
        if *world.notes != *notes {
            world.notes = Arc::from(notes);
            world.publish_notes();
        }
    }
}
