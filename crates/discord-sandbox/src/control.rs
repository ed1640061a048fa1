//! Changes of the guild and faults, from the program that runs the sandbox. The gateway reports each change, as
//! Discord's does.

use std::sync::Arc;
use std::time::Duration;

use crate::error::SandboxError;
use crate::faults::Fault;
use crate::notes::{NOTES_MAX, Note, TEXT_CHARACTERS_MAX};
use crate::sandbox::Sandbox;
use crate::state::channel::{Channel, ChannelKind};
use crate::state::ids::{ELSEWHERE_ID, GUILD_ID};
use crate::state::member::MEMBERS;

/// The result of a change that needs something of the guild.
fn result_of(is_done: bool, needed: &'static str) -> Result<(), SandboxError> {
    if is_done { Ok(()) } else { Err(SandboxError::NotThere(needed)) }
}

impl Sandbox {
    /// The id of a role: `@everyone` (which is the guild's), `Moderator`, or the bot's own `heatwire`.
    #[must_use]
    pub fn role_id(&self, name: &str) -> Option<u64> {
        self.shared.world().guilds.roles.iter().find(|role| role.name == name).map(|role| role.id)
    }

    /// Sets the permissions, as bit sets, that a channel allows and denies to a role or member. The guild's id stands
    /// for @everyone, the application's id for the bot.
    ///
    /// # Errors
    /// [`SandboxError::NotThere`].
    pub fn set_overwrite(&self, channel_id: u64, id: u64, allow: u64, deny: u64) -> Result<(), SandboxError> {
        let is_done = self.shared.world().set_overwrite(channel_id, id, allow, deny);
        result_of(is_done, "channel, role or member")
    }

    /// Removes an overwrite.
    ///
    /// # Errors
    /// [`SandboxError::NotThere`].
    pub fn remove_overwrite(&self, channel_id: u64, id: u64) -> Result<(), SandboxError> {
        result_of(self.shared.world().remove_overwrite(channel_id, id), "overwrite")
    }

    /// Adds a text, announcement or forum channel.
    ///
    /// # Errors
    /// [`SandboxError::NotThere`] for a thread, and when the guild is full.
    pub fn create_channel(&self, name: &str, kind: ChannelKind) -> Result<u64, SandboxError> {
        let id = self.shared.world().create_channel(name, kind);
        id.ok_or(SandboxError::NotThere("room for a channel"))
    }

    /// Removes a channel with its threads, or a thread.
    ///
    /// # Errors
    /// [`SandboxError::NotThere`].
    pub fn delete_channel(&self, channel_id: u64) -> Result<(), SandboxError> {
        result_of(self.shared.world().delete_channel(channel_id), "channel")
    }

    /// Renames a channel.
    ///
    /// # Errors
    /// [`SandboxError::NotThere`].
    pub fn rename_channel(&self, channel_id: u64, name: &str) -> Result<(), SandboxError> {
        let rename = |channel: &mut Channel| name.clone_into(&mut channel.name);
        result_of(self.shared.world().change_channel(channel_id, rename), "channel")
    }

    /// Turns a text channel into an announcement channel, or back. Discord allows no other change of a channel's type.
    ///
    /// # Errors
    /// [`SandboxError::NotThere`].
    pub fn turn_channel(&self, channel_id: u64) -> Result<(), SandboxError> {
        result_of(self.shared.world().turn_channel(channel_id), "text or announcement channel")
    }

    /// Sets whether each post of a forum needs a tag (`REQUIRE_TAG`).
    ///
    /// # Errors
    /// [`SandboxError::NotThere`].
    pub fn require_tag(&self, forum_id: u64, is_required: bool) -> Result<(), SandboxError> {
        let mut world = self.shared.world();
        result_of(world.change_channel(forum_id, |forum| forum.is_tag_required = is_required), "channel")
    }

    /// The tags of a forum: id and name.
    #[must_use]
    pub fn tags(&self, forum_id: u64) -> Vec<(u64, String)> {
        let world = self.shared.world();
        let tags = world.guilds.channel(forum_id).map_or(&[][..], |forum| forum.tags.as_slice());
        tags.iter().map(|tag| (tag.id, tag.name.clone())).collect()
    }

    /// Sets whether a thread is archived and locked.
    ///
    /// # Errors
    /// [`SandboxError::NotThere`].
    pub fn set_thread(&self, id: u64, is_archived: bool, is_locked: bool) -> Result<(), SandboxError> {
        let mut world = self.shared.world();
        result_of(world.change_thread(id, Some(is_archived), Some(is_locked), None), "thread")
    }

    /// Removes a message, as a moderator does.
    ///
    /// # Errors
    /// [`SandboxError::NotThere`].
    pub fn delete_message(&self, channel_id: u64, message_id: u64) -> Result<(), SandboxError> {
        result_of(self.shared.world().delete_message(channel_id, message_id).is_ok(), "message")
    }

    /// Sets the permissions of a role, a bit set.
    ///
    /// # Errors
    /// [`SandboxError::NotThere`].
    pub fn set_role_permissions(&self, role_id: u64, permissions: u64) -> Result<(), SandboxError> {
        result_of(self.shared.world().set_role_permissions(role_id, permissions), "role")
    }

    /// Removes a role and its overwrites.
    ///
    /// # Errors
    /// [`SandboxError::NotThere`], for @everyone too.
    pub fn delete_role(&self, role_id: u64) -> Result<(), SandboxError> {
        result_of(self.shared.world().delete_role(role_id), "role that can be removed")
    }

    /// Sets the locale of the guild, as `en-US`.
    pub fn set_preferred_locale(&self, locale: &str) {
        self.shared.world().set_preferred_locale(locale);
    }

    /// Removes the bot from the guild.
    pub fn remove_bot(&self) {
        self.shared.world().set_bot_member(GUILD_ID, false);
    }

    /// Adds the bot to the guild again.
    pub fn add_bot(&self) {
        self.shared.world().set_bot_member(GUILD_ID, true);
    }

    /// Adds the bot to the guild "Elsewhere". At the start it is no member there.
    pub fn add_bot_elsewhere(&self) {
        self.shared.world().set_bot_member(ELSEWHERE_ID, true);
    }

    /// Removes the bot from the guild "Elsewhere".
    pub fn remove_bot_elsewhere(&self) {
        self.shared.world().set_bot_member(ELSEWHERE_ID, false);
    }

    /// Adds the app to the account of a person, or removes it. At the start no account has the app.
    ///
    /// # Errors
    /// [`SandboxError::NotThere`].
    pub fn set_account_install(&self, login: &str, is_installed: bool) -> Result<(), SandboxError> {
        let person = MEMBERS.iter().find(|member| member.login == login);
        let person = person.ok_or(SandboxError::NotThere("person"))?;
        self.shared.world().set_account_install(person.id, is_installed);
        Ok(())
    }

    /// Gives the bot a timeout, in which it can only read, or ends the timeout.
    pub fn time_out_bot(&self, is_timed_out: bool) {
        self.shared.world().guilds.is_bot_timed_out = is_timed_out;
    }

    /// Sets whether a person accepts direct messages. Otherwise a message to them is refused with 50007.
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

    /// Makes requests of a route fail.
    ///
    /// # Errors
    /// [`SandboxError::NotThere`] when 100 faults are planned already.
    pub fn plan_fault(&self, fault: Fault) -> Result<(), SandboxError> {
        result_of(self.shared.world().faults.plan(fault), "room for a fault")
    }

    /// The planned faults that are not used up.
    #[must_use]
    pub fn planned_faults(&self) -> Vec<Fault> {
        self.shared.world().faults.planned().iter().map(|(_, fault)| fault.clone()).collect()
    }

    /// Withdraws all faults, and ends an outage and a slow gateway.
    pub fn clear_faults(&self) {
        self.shared.world().faults.clear();
    }

    /// Loses the next events of a name such as `INTERACTION_CREATE`: no session gets them, not even after a resume.
    ///
    /// # Errors
    /// [`SandboxError::NotThere`] when 100 losses are planned already.
    pub fn lose_events(&self, name: &str, count: u32) -> Result<(), SandboxError> {
        result_of(self.shared.world().faults.lose_events(name, count), "room for a fault")
    }

    /// Delays each gateway event by this real time. Zero ends the delay.
    pub fn slow_gateway(&self, delay: Duration) {
        self.shared.world().faults.event_delay = delay;
    }

    /// Begins an outage: connections drop, requests and new connections get a 503. The outage ends after the duration,
    /// by the sandbox's clock. Without a duration [`Sandbox::end_outage`] ends it.
    pub fn begin_outage(&self, duration: Option<Duration>) {
        self.shared.world().begin_outage(duration);
    }

    /// Ends an outage.
    pub fn end_outage(&self) {
        self.shared.world().faults.end_outage();
    }

    /// How many answers with 401, 403 and 429 the bot got in the current ten minutes. Shared limits do not count.
    #[must_use]
    pub fn invalid_requests(&self) -> u32 {
        let world = self.shared.world();
        world.limiter.invalid_requests(world.now())
    }

    /// Replaces all notes. Open pages display the new ones at once, in this order. Keeps 1,000 notes of 600 characters
    /// each.
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
