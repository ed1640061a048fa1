// Everything around the messages: server name, channels, persons, the bot's dot, the banner.

import { el } from './dom.js';

export class Shell {
  /** `on`: `channel(id)` and `person(id)` for the reader's choices. */
  constructor(parts, on) {
    this.parts = parts;
    this.on = on;
    parts.person.addEventListener('change', () => on.person(parts.person.value));
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
    this.parts.channels.replaceChildren(...state.channels.map((one) => this.channelRow(one, channel, unread)));
    this.parts.channelName.textContent = channel.name;
    document.title = `#${channel.name} · ${state.guild.name}`;
    this.parts.person.replaceChildren(
      ...state.persons.map((person) => {
        const text = person.is_moderator ? `${person.display_name} (moderator)` : person.display_name;
        return el('option', { value: person.id, text });
      }),
    );
    this.parts.person.value = state.me.id;
    this.showBot(state.bot);
  }

  channelRow(one, channel, unread) {
    const current = one.id === channel.id;
    const isUnread = !current && unread.has(one.id);
    const button = el(
      'button',
      {
        type: 'button',
        class: `channel${isUnread ? ' is-unread' : ''}`,
        'aria-current': current ? 'page' : null,
        on: { click: () => this.on.channel(one.id) },
      },
      el('span', { class: 'channel-sign', 'aria-hidden': 'true', text: '#' }),
      el('span', { class: 'channel-name', text: one.name }),
      isUnread ? el('span', { class: 'visually-hidden', text: ' (new messages)' }) : null,
    );
    return el('li', {}, button);
  }

  showBot({ name, online }) {
    this.parts.bot.classList.toggle('is-online', online);
    this.parts.botName.textContent = name;
    this.parts.botState.textContent = online ? 'online' : 'offline';
  }

  /** A line over everything; an empty text takes it away. */
  showBanner(words) {
    this.parts.banner.textContent = words;
    this.parts.banner.hidden = words === '';
  }
}
