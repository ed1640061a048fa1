// Everything around the messages: server name, channels, persons, the bot's dot, the banner.

import { el } from './dom.js';
import { placeRows, plainRows, signOf } from './places.js';

export class Shell {
  /** `on`: `channel(id)`, `person(id)` and `account(hasApp)` for the reader's choices. */
  constructor(parts, on) {
    this.parts = parts;
    this.on = on;
    parts.person.addEventListener('change', () => on.person(parts.person.value));
    parts.account.addEventListener('change', () => on.account(parts.account.checked));
    parts.menu.addEventListener('click', () => this.showSidebar(parts.menu.getAttribute('aria-expanded') !== 'true'));
    parts.shade.addEventListener('click', () => this.showSidebar(false));
    document.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape' || parts.menu.getAttribute('aria-expanded') !== 'true') return;
      this.showSidebar(false);
      parts.menu.focus();
    });
  }

  /** The channel column of a narrow window. */
  showSidebar(open) {
    this.parts.menu.setAttribute('aria-expanded', String(open));
    this.parts.sidebar.classList.toggle('is-open', open);
    this.parts.shade.hidden = !open;
    if (open) this.parts.channels.querySelector('[aria-current]')?.focus();
  }

  render(state, channel, unread) {
    this.parts.guild.textContent = state.guild.name;
    this.parts.channels.replaceChildren(...placeRows(state, channel, unread, this.on.channel));
    const rows = (places) => plainRows(places, channel, unread, this.on.channel);
    this.parts.elsewhereName.textContent = state.elsewhere.name;
    this.parts.elsewhere.replaceChildren(...rows(state.elsewhere.channels));
    this.parts.directs.replaceChildren(...rows([state.direct, state.group]));
    this.parts.account.checked = state.me.has_app;
    this.parts.channelName.textContent = channel.name;
    this.parts.channelSign.dataset.kind = channel.parent ? 'thread' : channel.kind;
    const isElsewhere = state.elsewhere.channels.some(({ id }) => id === channel.id);
    document.title = `${signOf(channel)}${channel.name} · ${(isElsewhere ? state.elsewhere : state.guild).name}`;
    this.parts.person.replaceChildren(
      ...state.persons.map((person) => {
        const text = person.is_moderator ? `${person.display_name} (moderator)` : person.display_name;
        return el('option', { value: person.id, text });
      }),
    );
    this.parts.person.value = state.me.id;
    this.showBot(state.bot);
  }

  showBot({ name, online }) {
    this.parts.bot.classList.toggle('is-online', online);
    this.parts.botName.textContent = name;
    this.parts.botState.textContent = online ? 'online' : 'offline';
  }

  /** Displays a line above the page. An empty text removes it. */
  showBanner(words) {
    this.parts.banner.textContent = words;
    this.parts.banner.hidden = words === '';
  }
}
