// The list of messages of the open channel, and the reader's place in it.

import { showBusy } from './components.js';
import { layoutTexts } from './layout.js';
import { parseMarkdown, parseTitle, textOf } from './markdown.js';
import { isEphemeral, renderMessage, showFailure, showNotes } from './message.js';
import { parseDate, sameDay } from './time.js';

// Messages of one author within this time are grouped under one name.
const GROUP_MS = 7 * 60_000;
// At this distance from the end the reader counts as reading the newest message.
const NEAR_END = 80;

export class MessageList {
  /** `parts`: the page's `scroller`, `list`, `welcome`, `jump` button and `announcer`. */
  constructor(parts, desk) {
    this.parts = parts;
    this.desk = desk;
    this.rows = new Map();
    this.busy = new Map();
    this.atEnd = true;
    parts.scroller.addEventListener('scroll', () => {
      const { scrollTop, scrollHeight, clientHeight } = parts.scroller;
      this.atEnd = scrollHeight - scrollTop - clientHeight < NEAR_END;
      if (this.atEnd) parts.jump.hidden = true;
    });
    parts.jump.addEventListener('click', () => this.toEnd());
    // The newest message stays visible when a phone's keyboard or a long composer takes room.
    new ResizeObserver(() => this.atEnd && this.toEnd()).observe(parts.scroller);
  }

  /** Replaces all messages, oldest first. `stay` keeps the reader's place. */
  fill(messages, stay) {
    const { scrollTop } = this.parts.scroller;
    const kept = stay && !this.atEnd;
    this.rows.clear();
    this.parts.list.replaceChildren();
    for (const message of messages) this.put(message);
    this.arrange();
    if (kept) this.parts.scroller.scrollTop = scrollTop;
    else this.toEnd();
  }

  has(id) {
    return this.rows.has(id);
  }

  /** Adds or replaces a message. */
  upsert(message) {
    const known = this.rows.has(message.id);
    const follow = this.atEnd;
    this.put(message);
    this.arrange();
    if (follow) this.toEnd();
    else if (!known) this.parts.jump.hidden = false;
    this.announce(message, known);
  }

  remove(id) {
    const row = this.rows.get(id);
    if (!row) return;
    const next = row.item.nextElementSibling ?? row.item.previousElementSibling;
    const hadFocus = row.item.contains(document.activeElement);
    row.item.remove();
    this.rows.delete(id);
    this.busy.delete(id);
    this.arrange();
    if (hadFocus) (next ?? this.parts.scroller).focus();
  }

  /** Marks the component of a message that waits for an answer. null removes the mark. */
  setBusy(id, customId) {
    if (customId === null) this.busy.delete(id);
    else this.busy.set(id, customId);
    const row = this.rows.get(id);
    if (row) showBusy(row.item, customId);
  }

  isBusy(id) {
    return this.busy.has(id);
  }

  setFailure(id, words) {
    const row = this.rows.get(id);
    if (!row) return;
    const follow = this.atEnd;
    row.message.failure = words;
    showFailure(row.item, words);
    if (follow) this.toEnd();
  }

  /** Updates the notes of a message. */
  refreshNotes(id) {
    const row = this.rows.get(id);
    if (row) this.keepEnd(() => showNotes(row.item, this.desk.notes(row.message)));
  }

  /** Does something that changes the height of the list. A reader at the newest message stays there. */
  keepEnd(change) {
    const follow = this.atEnd;
    change();
    if (follow) this.toEnd();
  }

  toEnd() {
    this.parts.scroller.scrollTop = this.parts.scroller.scrollHeight;
    this.atEnd = true;
    this.parts.jump.hidden = true;
  }

  put(message) {
    const item = renderMessage(message, this.desk);
    const row = this.rows.get(message.id);
    if (row) {
      this.swap(row.item, item);
    } else {
      this.parts.list.append(item);
    }
    this.rows.set(message.id, { message, item });
    const busy = this.busy.get(message.id);
    if (busy !== undefined) showBusy(item, busy);
  }

  /** Replaces an item and keeps the focus, so that "Next" can be pressed again. */
  swap(old, item) {
    const focused = old.contains(document.activeElement) ? document.activeElement : null;
    const place = controlsOf(old).indexOf(focused);
    const customId = focused?.dataset.customId;
    old.replaceWith(item);
    if (!focused) return;
    // The id of "Next" can contain the page number. Then the place identifies the button.
    const controls = controlsOf(item);
    const same = controls.find((part) => part.dataset.customId === customId) ?? controls[place];
    if (same && !same.disabled) same.focus({ preventScroll: true });
    else item.focus({ preventScroll: true });
  }

  /** Groups the messages of one author, and marks where a new day begins. */
  arrange() {
    let before = null;
    for (const { message, item } of this.rows.values()) {
      const date = parseDate(message.timestamp) ?? new Date();
      const newDay = !before || !sameDay(before.date, date);
      item.querySelector('.day').hidden = !newDay;
      item.classList.toggle('is-grouped', !newDay && joins(before, message, date));
      before = { message, date };
    }
    this.parts.welcome.hidden = this.rows.size > 0;
  }

  announce(message, known) {
    const words = summary(message);
    if (words) this.parts.announcer.textContent = known ? `Changed: ${words}` : words;
  }
}

function controlsOf(item) {
  return [...item.querySelectorAll('[data-custom-id]')];
}

function joins(before, message, date) {
  return (
    before.message.author.id === message.author.id &&
    !message.interaction_metadata?.name &&
    isEphemeral(before.message) === isEphemeral(message) &&
    date - before.date < GROUP_MS
  );
}

/** A message in one sentence, for screen readers. */
function summary(message) {
  if (message.sending) return '';
  const parts = [];
  const text = textOf(parseMarkdown(message.content)).slice(0, 300);
  if (text) parts.push(text);
  for (const words of layoutTexts(message.components)) parts.push(textOf(parseMarkdown(words)).slice(0, 300));
  const embeds = message.embeds ?? [];
  if (embeds.length) parts.push(`${embeds.length} ${embeds.length === 1 ? 'card' : 'cards'}`);
  for (const embed of embeds) parts.push(textOf(parseTitle(embed.title)).slice(0, 120));
  return parts.length ? `${message.author.username}: ${parts.filter(Boolean).join('. ')}` : '';
}
