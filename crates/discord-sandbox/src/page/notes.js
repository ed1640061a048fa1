// The notes of the host program: lines above a channel and below messages.

import { el } from './dom.js';
import { parseMarkdown } from './markdown.js';
import { renderMarkdown } from './markdown_view.js';

// More lines would leave no room for messages on a phone.
const LINES_MAX = 4;

/** The displayed notes. */
export class Notes {
  /** `root` takes the lines of the open channel; `names` as of renderMarkdown. */
  constructor(root, names) {
    this.root = root;
    this.names = names;
    this.notes = [];
  }

  /** Replaces the notes. Returns the ids of the messages with changed lines. */
  take(notes) {
    const before = byMessage(this.notes);
    this.notes = notes;
    const now = byMessage(notes);
    return [...new Set([...before.keys(), ...now.keys()])].filter((id) => before.get(id) !== now.get(id));
  }

  /** Displays the notes of a channel. */
  show(channel) {
    const own = this.notes.filter((note) => note.channel === channel && !note.message);
    const lines = own.slice(0, LINES_MAX).map((note) => this.line(note));
    if (own.length > lines.length) lines.push(el('p', { class: 'note-more', text: `and ${own.length - lines.length} more` }));
    this.root.replaceChildren(...lines);
    this.root.hidden = lines.length === 0;
  }

  /** The lines of a message. */
  of(message) {
    return this.notes.filter((note) => note.message === message).map((note) => this.line(note));
  }

  line({ tone, text }) {
    const words = el('div', { class: 'note-text md', dir: 'auto' }, ...renderMarkdown(parseMarkdown(text), this.names));
    return el('div', { class: 'note', data: { tone } }, el('span', { class: 'note-dot', 'aria-hidden': 'true' }), words);
  }
}

function byMessage(notes) {
  const texts = new Map();
  for (const { message, tone, text } of notes.filter((note) => note.message)) {
    texts.set(message, `${texts.get(message) ?? ''}${tone} ${text}\n`);
  }
  return texts;
}
