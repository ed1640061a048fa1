// A select menu of a message: a button that opens a list of options, for keyboard and mouse.

import { el, freshId } from './dom.js';
import { emojiText } from './emoji.js';

/** The element for a select component whose `options` are known. `use(customId, values)` sends. */
export function selectMenu(component, use) {
  return new SelectMenu(component, use).root;
}

/** The same for a form, which reads its `values()` at the end. `name` is the label of the field. */
export class SelectMenu {
  constructor(component, use) {
    this.component = component;
    this.use = use;
    this.name = component.name ?? component.placeholder;
    this.many = (component.max_values ?? 1) > 1;
    this.before = component.options.filter((option) => option.default).map((option) => option.value);
    this.chosen = new Set(this.before);
    this.active = 0;
    this.closeOutside = (event) => {
      if (!this.root.contains(event.target)) this.close();
    };
    this.build();
  }

  build() {
    const { component } = this;
    const listId = freshId('menu');
    this.face = el('span', { class: 'menu-face', dir: 'auto' });
    this.button = el(
      'button',
      {
        type: 'button',
        class: 'menu-button',
        role: 'combobox',
        'aria-haspopup': 'listbox',
        'aria-expanded': 'false',
        'aria-controls': listId,
        'aria-label': this.name || 'Choose',
        disabled: component.disabled,
        data: { customId: component.custom_id },
        on: {
          click: () => (this.list.hidden ? this.open() : this.close()),
          keydown: (event) => this.onKey(event),
          blur: () => this.close(),
        },
      },
      this.face,
      el('span', { class: 'menu-arrow', 'aria-hidden': 'true' }),
    );
    this.list = el('div', {
      class: 'menu-list',
      id: listId,
      role: 'listbox',
      hidden: true,
      'aria-label': this.name || 'Options',
      'aria-multiselectable': this.many ? 'true' : null,
    });
    this.rows = component.options.map((option, index) => this.row(option, index));
    this.list.append(...this.rows);
    // The button keeps the focus during a click on a row.
    this.list.addEventListener('mousedown', (event) => event.preventDefault());
    this.root = el('div', { class: 'menu' }, this.button, this.list);
    this.show();
  }

  row(option, index) {
    const emoji = emojiText(option.emoji);
    return el(
      'div',
      {
        class: 'menu-row',
        id: freshId('choice'),
        role: 'option',
        on: { click: () => this.pick(index), mousemove: () => this.activate(index) },
      },
      emoji ? el('span', { class: 'menu-emoji', text: emoji }) : null,
      el(
        'span',
        { class: 'menu-words', dir: 'auto' },
        el('span', { class: 'menu-label', text: option.label }),
        option.description ? el('span', { class: 'menu-detail', text: option.description }) : null,
      ),
      el('span', { class: 'menu-tick', 'aria-hidden': 'true', text: '✓' }),
    );
  }

  /** Updates the button and the ticks after a choice. */
  show() {
    const { options, placeholder } = this.component;
    const labels = options.filter((option) => this.chosen.has(option.value)).map((option) => option.label);
    this.face.textContent = labels.join(', ') || placeholder || 'Choose';
    this.face.classList.toggle('is-empty', labels.length === 0);
    this.button.setAttribute('aria-label', [this.name, labels.join(', ')].filter(Boolean).join(': ') || 'Choose');
    options.forEach((option, index) => {
      this.rows[index].setAttribute('aria-selected', String(this.chosen.has(option.value)));
    });
  }

  open() {
    if (this.button.getAttribute('aria-disabled') === 'true' || this.rows.length === 0) return;
    this.list.hidden = false;
    this.button.setAttribute('aria-expanded', 'true');
    const first = this.component.options.findIndex((option) => this.chosen.has(option.value));
    this.activate(Math.max(0, first));
    // Below, unless the window ends there.
    const room = window.innerHeight - this.button.getBoundingClientRect().bottom;
    this.list.classList.toggle('opens-up', room < this.list.offsetHeight + 96);
    document.addEventListener('pointerdown', this.closeOutside);
  }

  close() {
    if (this.list.hidden) return;
    this.list.hidden = true;
    this.button.setAttribute('aria-expanded', 'false');
    this.button.removeAttribute('aria-activedescendant');
    document.removeEventListener('pointerdown', this.closeOutside);
    if (this.many) this.sendMany();
  }

  activate(index) {
    this.rows[this.active]?.classList.remove('is-active');
    this.active = index;
    this.rows[index].classList.add('is-active');
    this.rows[index].scrollIntoView({ block: 'nearest' });
    this.button.setAttribute('aria-activedescendant', this.rows[index].id);
  }

  pick(index) {
    const { value } = this.component.options[index];
    if (this.many) {
      if (this.chosen.has(value)) this.chosen.delete(value);
      else if (this.chosen.size < this.component.max_values) this.chosen.add(value);
      this.show();
      return;
    }
    // In a form an optional choice can be removed again.
    const isGivenUp = this.component.required === false && this.chosen.has(value);
    this.chosen = new Set(isGivenUp ? [] : [value]);
    this.show();
    this.close();
    this.use(this.component.custom_id, [value]);
  }

  values() {
    return [...this.chosen];
  }

  /** A menu of several values is sent once, when it closes with a changed and allowed choice. */
  sendMany() {
    const values = [...this.chosen];
    const same = values.length === this.before.length && this.before.every((value) => this.chosen.has(value));
    if (same || values.length < (this.component.min_values ?? 1)) return;
    this.before = values;
    this.use(this.component.custom_id, values);
  }

  onKey(event) {
    const last = this.rows.length - 1;
    if (this.list.hidden) {
      if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
        event.preventDefault();
        this.open();
      }
      return;
    }
    const moves = {
      ArrowDown: Math.min(last, this.active + 1),
      ArrowUp: Math.max(0, this.active - 1),
      Home: 0,
      End: last,
      PageDown: Math.min(last, this.active + 5),
      PageUp: Math.max(0, this.active - 5),
    };
    if (event.key in moves) this.activate(moves[event.key]);
    else if (event.key === 'Enter' || event.key === ' ') this.pick(this.active);
    else if (event.key === 'Escape') this.close();
    else if (event.key.length === 1) this.jumpTo(event.key);
    else return;
    event.preventDefault();
  }

  /** The next option whose label begins with the typed letter. */
  jumpTo(letter) {
    const { options } = this.component;
    const wanted = letter.toLocaleLowerCase();
    for (let step = 1; step <= options.length; step += 1) {
      const index = (this.active + step) % options.length;
      if (options[index].label.toLocaleLowerCase().startsWith(wanted)) {
        this.activate(index);
        return;
      }
    }
  }
}
