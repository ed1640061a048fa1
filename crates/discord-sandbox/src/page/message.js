// One message: author, time, content, and notes.

import { renderCard } from './card.js';
import { dots, renderComponents } from './components.js';
import { avatar, el } from './dom.js';
import { renderLayout } from './layout.js';
import { parseMarkdown } from './markdown.js';
import { renderMarkdown } from './markdown_view.js';
import { chatTime, clockTime, dayName, fullTime, parseDate } from './time.js';

export const EPHEMERAL = 1 << 6;
const MESSAGE_COMMAND = 3;
const HAS_THREAD = 1 << 5;
const LOADING = 1 << 7;
const SUPPRESS_NOTIFICATIONS = 1 << 12;
const COMPONENTS_V2 = 1 << 15;
export const NO_ANSWER = 'The application did not respond';

export function isEphemeral(message) {
  return Boolean(message.flags & EPHEMERAL);
}

/**
 * The list item of a message. `desk` is what a message needs of the page: `names` for mentions,
 * `lists` for select menus, `use(message, customId, values)`, `messageCommands()`, `useOn(message, command)`, `dismiss(message)`, `openThread(id)`, `notes(message)`: what is
 * said of it.
 */
export function renderMessage(message, desk) {
  const date = parseDate(message.timestamp) ?? new Date();
  const classes = `message${isEphemeral(message) ? ' is-ephemeral' : ''}`;
  const item = el('li', { class: classes, tabindex: '-1', data: { id: message.id } });
  item.append(
    el('div', { class: 'day', hidden: true, role: 'separator', 'aria-label': dayName(date) }, el('span', { text: dayName(date) })),
  );
  const body = el('div', { class: 'message-body' }, head(message, date), ...content(message, desk));
  const used = usedLine(message);
  if (used) {
    item.append(used);
    item.classList.add('has-used');
  }
  const side = el('div', { class: 'message-side' }, avatar(message.author.id, nameOf(message.author)));
  side.append(el('time', { class: 'message-clock', 'aria-hidden': 'true', text: clockTime(date) }));
  item.append(el('div', { class: 'message-main' }, side, body));
  if (!message.local) item.append(appsMenu(message, desk));
  showFailure(item, message.failure ?? null);
  showNotes(item, desk.notes(message));
  return item;
}

/** The menu of the commands on messages, as "Apps" in the menu of Discord's client. */
function appsMenu(message, desk) {
  const list = el('ul', {});
  const menu = el('details', { class: 'message-apps' }, el('summary', { 'aria-label': 'Apps', title: 'Apps', text: '⋯' }), list);
  const entry = (command) => {
    const use = () => {
      menu.open = false;
      desk.useOn(message, command);
    };
    return el('li', {}, el('button', { type: 'button', class: 'text-button', dir: 'auto', text: command.label, on: { click: use } }));
  };
  menu.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || !menu.open) return;
    menu.open = false;
    menu.querySelector('summary').focus();
  });
  menu.addEventListener('toggle', () => {
    if (!menu.open) return;
    for (const other of document.querySelectorAll('.message-apps[open]')) other.open = other === menu;
    const commands = desk.messageCommands();
    list.replaceChildren(...(commands.length ? commands.map(entry) : [el('li', { text: 'No apps here' })]));
  });
  return menu;
}

function nameOf(user) {
  return user.global_name || user.display_name || user.username || 'someone';
}

function usedLine(message) {
  const used = message.interaction_metadata;
  if (!used?.name) return null;
  const user = nameOf(used.user);
  return el(
    'div',
    { class: 'message-used' },
    avatar(used.user.id, user, 'avatar-tiny'),
    el('span', { class: 'message-user', dir: 'auto', text: user }),
    ' used ',
    el('span', { class: 'mention', text: used.command_type === MESSAGE_COMMAND ? used.name : `/${used.name}` }),
  );
}

function head(message, date) {
  return el(
    'div',
    { class: 'message-head' },
    el('span', { class: 'message-name', dir: 'auto', text: nameOf(message.author) }),
    message.author.bot ? el('span', { class: 'badge', text: 'APP' }) : null,
    message.flags & SUPPRESS_NOTIFICATIONS ? el('span', { class: 'message-silent', title: 'This message notified nobody', text: '@silent' }) : null,
    el('time', { class: 'message-time', datetime: date.toISOString(), title: fullTime(date), text: chatTime(date) }),
  );
}

function content(message, desk) {
  const parts = [];
  if (message.flags & LOADING) {
    parts.push(waiting(`${nameOf(message.author)} is thinking…`));
  } else if (message.sending && !message.failure) {
    parts.push(waiting('Sending command…'));
  } else if (message.content) {
    parts.push(text(message, desk));
  }
  for (const embed of message.embeds ?? []) parts.push(renderCard(embed, desk.names));
  const use = (customId, values) => desk.use(message, customId, values);
  const render = message.flags & COMPONENTS_V2 ? renderLayout : renderComponents;
  const components = render(message.components, use, desk.lists(), desk.names);
  if (components) parts.push(components);
  if (message.edited_timestamp && !message.content) parts.push(edited(message));
  if (message.flags & HAS_THREAD) parts.push(threadLine(message, desk));
  parts.push(el('div', { class: 'message-notes' }), el('p', { class: 'message-failure', role: 'alert', hidden: true }));
  if (isEphemeral(message)) parts.push(onlyYou(message, desk));
  return parts;
}

/** The thread of a message has the message's id. */
function threadLine(message, desk) {
  return el('button', { type: 'button', class: 'text-button message-thread', text: 'See thread ›', on: { click: () => desk.openThread(message.id) } });
}

function text(message, desk) {
  const box = el('div', { class: 'message-text md', dir: 'auto' });
  box.append(...renderMarkdown(parseMarkdown(message.content), desk.names));
  if (message.edited_timestamp) {
    const last = box.lastElementChild;
    (last?.matches('p') ? last : box).append(' ', edited(message));
  }
  return box;
}

function edited(message) {
  const date = parseDate(message.edited_timestamp);
  return el('span', { class: 'message-edited', title: date ? fullTime(date) : null, text: '(edited)' });
}

function waiting(words) {
  return el('p', { class: 'message-waiting' }, dots(), el('span', { text: words }));
}

function onlyYou(message, desk) {
  return el(
    'p',
    { class: 'message-only' },
    el('span', { class: 'eye', 'aria-hidden': 'true' }),
    'Only you can see this',
    el('span', { class: 'card-dot', 'aria-hidden': 'true', text: '•' }),
    el('button', { type: 'button', class: 'text-button', text: 'Dismiss message', on: { click: () => desk.dismiss(message) } }),
  );
}

/** Displays an error below a message. null removes it. */
export function showFailure(item, words) {
  const note = item.querySelector('.message-failure');
  note.hidden = words === null;
  note.textContent = words ?? '';
}

/** Displays the notes of a message below it. */
export function showNotes(item, lines) {
  item.querySelector('.message-notes').replaceChildren(...lines);
}
