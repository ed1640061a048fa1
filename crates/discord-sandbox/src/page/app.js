// The entry: connects the parts of the page, and keeps them up to date with the server.

import { Actions } from './actions.js';
import { act, complete, fetchFaults, fetchMessages, fetchNotes, fetchRequests, fetchState, interact, planFault, setAccount } from './api.js';
import { commandEntries, messageCommands, PLACES } from './commands.js';
import { Composer } from './composer.js';
import { Drawer } from './drawer.js';
import { FormDialog } from './form.js';
import { Language } from './language.js';
import { openLive } from './live.js';
import { EPHEMERAL, NO_ANSWER } from './message.js';
import { MessageList } from './messages.js';
import { Notes } from './notes.js';
import { Pending } from './pending.js';
import { showPosts, signOf } from './places.js';
import { Shell } from './shell.js';
import { startTheme } from './theme.js';
import { keepRelativeTimes } from './time.js';

const RETRY_MS = 2000;
const BROKEN = 'The connection broke before an answer came';
const LOST = 'Connection lost, reconnecting…';

const part = (id) => document.getElementById(id);

class App {
  constructor() {
    this.state = null;
    this.channel = null;
    this.entries = [];
    this.onMessages = [];
    this.unread = new Set();
    this.pending = new Pending();
    this.closeLive = () => {};
    // Events that arrive during a fetch of messages are applied after it.
    this.held = null;
    this.language = new Language(part('language'), () => this.takeCommands(this.commands));
    this.commands = [];
    this.turn = 0;
    this.noteTurn = 0;
    this.locals = 0;
    this.shell = new Shell(
      {
        guild: part('guild'),
        channels: part('channels'),
        elsewhere: part('elsewhere'),
        elsewhereName: part('elsewhere-name'),
        directs: part('directs'),
        account: part('account'),
        channelName: part('channel-name'),
        channelSign: part('channel-sign'),
        person: part('person'),
        menu: part('menu'),
        shade: part('shade'),
        sidebar: part('sidebar'),
        bot: part('bot'),
        botName: part('bot-name'),
        botState: part('bot-state'),
        banner: part('banner'),
      },
      { channel: (id) => this.openChannel(id), person: (id) => this.start(id), account: (hasApp) => this.setAccount(hasApp) },
    );
    this.list = new MessageList(
      {
        scroller: part('scroller'),
        list: part('messages'),
        welcome: part('welcome'),
        jump: part('jump'),
        announcer: part('announcer'),
      },
      this.messageDesk(),
    );
    this.actions = new Actions(part('actions'), act);
    this.notes = new Notes(part('notes'), this.list.desk.names);
    this.composer = new Composer(
      { form: part('composer'), bar: part('bar'), input: part('line'), popup: part('popup'), error: part('complaint') },
      {
        entries: () => this.entries,
        place: () => this.state ?? { channels: [], persons: [], roles: [] },
        complete: (name, options) => complete(this.actor(), name, options),
        send: (entry, options) => this.sendCommand(entry, options),
      },
    );
    this.drawer = new Drawer(part('drawer'), part('operator'), {
      requests: fetchRequests,
      faults: fetchFaults,
      plan: (fault) => planFault(this.state.me.id, fault),
    });
    this.form = new FormDialog(part('form'), {
      send: (opener, values, settle) => {
        return this.pending.track(() => interact(this.actor(), 'modal', { interaction: opener, values }), null, settle);
      },
    });
    part('try').addEventListener('click', () => this.composer.fill('/news ai'));
  }

  /** The functions of the page for a message. */
  messageDesk() {
    const named = (things, id) => things?.find((thing) => thing.id === id);
    return {
      names: {
        user: (id) => {
          const person = named(this.state?.persons, id);
          if (person) return person.display_name;
          return this.state?.bot.id === id ? this.state.bot.name : 'unknown-user';
        },
        role: (id) => named(this.state?.roles, id)?.name.replace(/^@/, '') ?? 'unknown-role',
        channel: (id) => this.placeOf(id)?.name ?? 'unknown',
        useCommand: (name) => this.composer.fill(`/${name} `),
      },
      lists: () => this.state,
      use: (message, customId, values) => this.useComponent(message, customId, values),
      dismiss: (message) => this.dismiss(message),
      messageCommands: () => this.onMessages,
      useOn: (message, command) => this.useOn(message, command),
      openThread: (id) => this.openChannel(id),
      notes: (message) => this.notes.of(message.id),
    };
  }

  who() {
    return { person: this.state.me.id, channel: this.channel.id };
  }

  /** The person, the channel and the language of an interaction. */
  actor() {
    return { ...this.who(), locale: this.language.locale };
  }

  /** Starts the page, or starts again as another person. */
  async start(person) {
    this.turn += 1;
    const { turn } = this;
    this.closeLive();
    this.form.close();
    this.pending.abandon(this.pending.open(), BROKEN);
    const state = await this.stateOf(person);
    if (turn !== this.turn) return;
    if (!state) {
      this.shell.showBanner('The local server does not answer, trying again…');
      setTimeout(() => turn === this.turn && this.start(person), RETRY_MS);
      return;
    }
    this.takeState(state);
    this.closeLive = openLive(state.me.id, {
      open: () => this.refresh(),
      lost: () => this.shell.showBanner(LOST),
      event: (event) => (this.held ? this.held.push(event) : this.onEvent(event)),
    });
  }

  /** The state for `person`, or for the server's first person if it does not know `person`. */
  async stateOf(person) {
    try {
      return await fetchState(person);
    } catch (error) {
      if (!error.refused || !person) return null;
      return fetchState().catch(() => null);
    }
  }

  takeState(state) {
    this.state = state;
    this.channel = this.placeOf(this.channel?.id ?? placeInAddress().channel) ?? state.channels[0];
    this.commands = state.commands;
    this.render();
  }

  /** The channel or thread with this id, if the person sees it. */
  placeOf(id) {
    const { channels = [], threads = [], elsewhere, group, direct } = this.state ?? {};
    return [...channels, ...threads, ...(elsewhere?.channels ?? []), group, direct].find((place) => place?.id === id);
  }

  /** The kind of the open place, for the commands in it. */
  kindOfPlace() {
    const { elsewhere, group, direct } = this.state;
    if (this.channel.id === direct.id) return PLACES.direct;
    if (this.channel.id === group.id) return PLACES.group;
    const isElsewhere = elsewhere.channels.some(({ id }) => id === this.channel.id);
    return isElsewhere && !elsewhere.has_bot ? PLACES.foreignGuild : PLACES.guild;
  }

  /** Adds the app to the account of the person, or removes it. The event `channels` brings the new state. */
  async setAccount(hasApp) {
    try {
      await setAccount(this.state.me.id, hasApp);
    } catch (error) {
      this.shell.showBanner(error.message);
    }
  }

  /** Reloads channels and threads after a change. */
  async readPlaces() {
    const { turn } = this;
    const state = await this.stateOf(this.state.me.id);
    if (!state || turn !== this.turn || state.me.id !== this.state.me.id) return;
    const before = this.channel.id;
    this.takeState(state);
    if (this.channel.id !== before) this.openChannel(this.channel.id);
  }

  /** Reloads the notes after a change. */
  async readNotes() {
    this.noteTurn += 1;
    const { noteTurn } = this;
    // The next connection or change brings them.
    const notes = await fetchNotes(this.state.me.id).catch(() => null);
    if (!notes || noteTurn !== this.noteTurn) return;
    for (const id of this.notes.take(notes)) this.list.refreshNotes(id);
    this.list.keepEnd(() => this.notes.show(this.channel.id));
  }

  takeCommands(commands) {
    this.commands = commands;
    const place = this.kindOfPlace();
    this.entries = commandEntries(commands, this.state.me, this.language, place);
    this.onMessages = messageCommands(commands, this.state.me, this.language, place);
    this.composer.refresh();
  }

  render() {
    this.unread.delete(this.channel.id);
    this.shell.render(this.state, this.channel, this.unread);
    this.actions.show(this.state.actions);
    this.drawer.showPerson(this.state.me);
    this.takeCommands(this.commands);
    this.notes.show(this.channel.id);
    // In a forum persons write in its posts.
    const isForum = this.channel.kind === 'forum';
    part('line').disabled = isForum;
    part('line').placeholder = isForum
      ? 'Open a post to write in it'
      : `Message ${signOf(this.channel)}${this.channel.name}, or type / for commands`;
    part('scroller').classList.toggle('is-forum', isForum);
    showPosts(part('posts'), this.channel, this.state.threads ?? [], (id) => this.openChannel(id));
    history.replaceState(null, '', `#${new URLSearchParams(this.who())}`);
  }

  /** Fetches all data after each connection: events may be missing. */
  async refresh() {
    this.turn += 1;
    const { turn } = this;
    const unanswered = this.pending.open();
    this.held = [];
    const state = await this.stateOf(this.state.me.id);
    if (turn !== this.turn) return;
    if (state && state.me.id !== this.state.me.id) {
      this.start(state.me.id);
      return;
    }
    if (state) this.takeState(state);
    this.readNotes();
    await this.loadMessages(turn, true);
    // Interactions that were answered in the meantime are no longer pending.
    this.pending.abandon(unanswered, BROKEN);
  }

  async openChannel(id) {
    const place = this.placeOf(id);
    if (!place) return;
    this.channel = place;
    this.shell.showSidebar(false);
    this.render();
    this.turn += 1;
    await this.loadMessages(this.turn, false);
    part('line').focus();
  }

  async loadMessages(turn, stay) {
    this.held ??= [];
    try {
      const { person, channel } = this.who();
      const messages = await fetchMessages(person, channel);
      if (turn !== this.turn) return;
      this.list.fill(messages, stay);
      messages.forEach((message) => this.settleBy(message));
      this.shell.showBanner('');
    } catch (error) {
      if (turn === this.turn) this.shell.showBanner(error.message);
    }
    if (turn !== this.turn) return;
    const held = this.held ?? [];
    this.held = null;
    for (const event of held) this.onEvent(event);
  }

  onEvent(event) {
    this.drawer.stir();
    switch (event.event) {
      case 'message_create':
        this.onMessage(event.message);
        break;
      case 'message_update':
        // A late change must not bring back a dismissed message.
        if (this.list.has(event.message.id)) this.onMessage(event.message);
        break;
      case 'message_delete':
        this.list.remove(event.id);
        break;
      case 'channels':
        this.readPlaces();
        break;
      case 'notes':
        this.readNotes();
        break;
      case 'commands':
        this.takeCommands(event.commands);
        break;
      case 'bot':
        this.state.bot.online = event.online;
        this.shell.showBot(this.state.bot);
        break;
      case 'interaction':
        this.pending.settle(event.id, event.state, event.error, event.modal);
        break;
    }
  }

  /** Settles the interaction of an answering message. */
  settleBy(message) {
    if (message.interaction_metadata) this.pending.settle(message.interaction_metadata.id, 'answered');
  }

  onMessage(message) {
    this.settleBy(message);
    if (message.channel_id && message.channel_id !== this.channel.id) {
      this.unread.add(message.channel_id);
      this.shell.render(this.state, this.channel, this.unread);
      return;
    }
    this.list.upsert(message);
  }

  /** Sends a command. A line of the list says that it is pending, until its answer arrives. */
  sendCommand(entry, options) {
    return this.sendWithNote(this.localNote(entry.label.slice(1), 1), 'command', { name: entry.name, options });
  }

  /** Uses a command in the menu of a message. */
  async useOn(message, command) {
    try {
      await this.sendWithNote(this.localNote(command.label, 3), 'onmessage', { name: command.name, message: message.id });
    } catch (error) {
      this.list.setFailure(message.id, error.message);
    }
  }

  sendWithNote(note, kind, fields) {
    const channel = this.channel.id;
    const show = (message) => this.channel.id === channel && this.list.upsert(message);
    let sent = null;
    return this.pending.track(
      async () => (sent = await interact(this.actor(), kind, fields)),
      () => show(note),
      (state, error, modal) => {
        if (state === 'answered') this.list.remove(note.id);
        else show({ ...note, failure: failureText(error) });
        if (modal) this.form.open(sent.interaction, modal);
      },
    );
  }

  localNote(name, type) {
    this.locals += 1;
    const { me, bot } = this.state;
    return {
      id: `local-${this.locals}`,
      local: true,
      sending: true,
      flags: EPHEMERAL,
      author: { id: bot.id, username: bot.name, bot: true },
      interaction_metadata: { user: { id: me.id, global_name: me.display_name }, name, command_type: type },
      timestamp: new Date().toISOString(),
      content: '',
    };
  }

  async useComponent(message, customId, values) {
    if (this.list.isBusy(message.id)) return;
    this.list.setBusy(message.id, customId);
    this.list.setFailure(message.id, null);
    const fields = { message: message.id, custom_id: customId, values };
    let sent = null;
    const settle = (state, error, modal) => {
      this.list.setBusy(message.id, null);
      if (state === 'failed') this.list.setFailure(message.id, failureText(error));
      if (modal) this.form.open(sent.interaction, modal);
    };
    try {
      const send = async () => (sent = await interact(this.actor(), 'component', fields));
      await this.pending.track(send, null, settle);
    } catch (error) {
      this.list.setBusy(message.id, null);
      this.list.setFailure(message.id, error.message);
    }
  }

  async dismiss(message) {
    try {
      if (!message.local) await interact(this.who(), 'dismiss', { message: message.id });
      this.list.remove(message.id);
    } catch (error) {
      this.list.setFailure(message.id, error.message);
    }
  }
}

function failureText(error) {
  return error && !error.startsWith(NO_ANSWER) ? `${NO_ANSWER}. ${error}` : NO_ANSWER;
}

/** The person and the channel in the page's address, which a reload and a second tab keep. */
function placeInAddress() {
  const place = new URLSearchParams(location.hash.slice(1));
  return { person: place.get('person'), channel: place.get('channel') };
}

startTheme(part('theme'));
keepRelativeTimes(document);
new App().start(placeInAddress().person);
