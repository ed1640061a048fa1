// The list above the composer: commands, options or values for the focused field.

import { el, freshId } from './dom.js';

const PAGE = 6;

export class Popup {
  constructor(root) {
    this.root = root;
    this.title = el('div', { class: 'popup-title' });
    this.list = el('div', { class: 'popup-list', role: 'listbox', id: freshId('popup'), 'aria-label': 'Suggestions' });
    this.note = el('div', { class: 'popup-note', role: 'status' });
    this.root.append(this.title, this.list, this.note);
    // The field keeps the focus during clicks in the list.
    this.root.addEventListener('mousedown', (event) => event.preventDefault());
    this.input = null;
    this.items = [];
    this.active = -1;
  }

  /** Makes a text field the combobox of this list. */
  adopt(input) {
    for (const [name, value] of [
      ['role', 'combobox'],
      ['aria-autocomplete', 'list'],
      ['aria-expanded', 'false'],
      ['aria-controls', this.list.id],
      ['autocomplete', 'off'],
      ['autocapitalize', 'off'],
      ['spellcheck', 'false'],
    ]) {
      input.setAttribute(name, value);
    }
  }

  /** Shows `items` ({ label, detail?, badge?, pick }) for `input`; `active` is chosen at first. */
  show(input, { title = '', items, note = '', active = -1 }) {
    if (this.input !== input) this.close();
    this.input = input;
    this.items = items;
    this.title.textContent = title;
    this.title.hidden = title === '';
    this.note.textContent = note;
    this.note.hidden = note === '';
    this.rows = items.map((item, index) => this.row(item, index));
    this.list.replaceChildren(...this.rows);
    this.list.hidden = items.length === 0;
    this.root.hidden = items.length === 0 && note === '' && title === '';
    input.setAttribute('aria-expanded', String(items.length > 0));
    this.list.scrollTop = 0;
    this.activate(items.length ? active : -1);
  }

  row(item, index) {
    const on = { click: () => item.pick(), mousemove: () => this.active !== index && this.activate(index) };
    return el(
      'div',
      { class: 'popup-row', role: 'option', id: freshId('row'), 'aria-selected': 'false', on },
      el(
        'span',
        { class: 'popup-words', dir: 'auto' },
        el('span', { class: 'popup-label', text: item.label }),
        item.detail ? el('span', { class: 'popup-detail', text: item.detail }) : null,
      ),
      item.badge ? el('span', { class: 'popup-badge', text: item.badge }) : null,
    );
  }

  close() {
    this.root.hidden = true;
    this.items = [];
    this.active = -1;
    this.input?.setAttribute('aria-expanded', 'false');
    this.input?.removeAttribute('aria-activedescendant');
    this.input = null;
  }

  get isOpen() {
    return !this.root.hidden;
  }

  activate(index) {
    this.rows[this.active]?.setAttribute('aria-selected', 'false');
    this.active = index;
    const row = this.rows[index];
    if (!row) {
      this.input.removeAttribute('aria-activedescendant');
      return;
    }
    row.setAttribute('aria-selected', 'true');
    row.scrollIntoView({ block: 'nearest' });
    this.input.setAttribute('aria-activedescendant', row.id);
  }

  /** Picks the active row. False when there is none. */
  pickActive() {
    const item = this.items[this.active];
    if (!item) return false;
    item.pick();
    return true;
  }

  /** Moves in the list with an arrow key. True when the list used the key. */
  onArrow(event) {
    const count = this.items.length;
    if (!this.isOpen || count === 0) return false;
    const moves = {
      ArrowDown: (this.active + 1) % count,
      ArrowUp: (Math.max(this.active, 0) - 1 + count) % count,
      PageDown: Math.min(this.active + PAGE, count - 1),
      PageUp: Math.max(this.active - PAGE, 0),
    };
    if (!(event.key in moves)) return false;
    event.preventDefault();
    this.activate(moves[event.key]);
    return true;
  }
}
