// A chosen command with its options as fields (chips), and a last field for more options.

import { writeLine } from './command_line.js';
import { el, freshId } from './dom.js';
import { canSuggest } from './suggest.js';

export class ChipRow {
  /**
   * `values`: a Map of option name to { text, value? }. `host` is the composer: `popup`,
   * `suggester`, `place()`, `ask(entry, values, option)`, `submit()`, `toText(line)`, `changed()`.
   */
  constructor(entry, values, host) {
    this.entry = entry;
    this.host = host;
    this.chips = [];
    this.more = el('input', { class: 'chip-more', type: 'text', 'aria-label': `More options of ${entry.label}` });
    host.popup.adopt(this.more);
    this.more.addEventListener('input', () => this.offerMore());
    this.more.addEventListener('focus', () => this.offerMore());
    this.more.addEventListener('keydown', (event) => this.onKey(event, null));
    this.name = el('span', { class: 'chip-command', text: entry.label });
    this.root = el('div', { class: 'chips', role: 'group', 'aria-label': `Options of ${entry.label}` }, this.name, this.more);
    for (const option of entry.options) {
      if (option.required || values.has(option.name)) this.add(option, values.get(option.name));
    }
    this.showMore();
  }

  /** The values of the fields, for readValues. */
  values() {
    return new Map(this.chips.map(({ option, input, value }) => [option.name, { text: input.value, value }]));
  }

  add(option, given) {
    const input = el('input', { class: 'chip-input', type: 'text', id: freshId('chip'), title: option.description });
    const label = el('label', { class: 'chip-label', for: input.id, text: option.label });
    const root = el('span', { class: 'chip' }, label, input);
    const chip = { option, input, root, value: given?.value };
    input.value = given?.text ?? '';
    input.setAttribute('aria-required', String(Boolean(option.required)));
    this.host.popup.adopt(input);
    input.addEventListener('input', () => {
      chip.value = undefined;
      this.changed(chip);
      this.offerValues(chip);
    });
    input.addEventListener('focus', () => this.offerValues(chip));
    input.addEventListener('keydown', (event) => this.onKey(event, chip));
    this.chips.push(chip);
    this.more.before(root);
    this.changed(chip);
    this.showMore();
    return chip;
  }

  /** Fits the width of a field to its text, and removes its error. */
  changed(chip) {
    chip.input.size = Math.max(4, Math.min(40, chip.input.value.length + 1));
    this.complain(chip.option.name, false);
    this.host.changed();
  }

  remove(chip) {
    const index = this.chips.indexOf(chip);
    this.chips.splice(index, 1);
    chip.root.remove();
    this.showMore();
    this.host.changed();
    (this.chips[index - 1]?.input ?? this.more).focus();
  }

  /** Marks the field of an option as wrong or right. */
  complain(name, wrong) {
    const chip = this.chips.find(({ option }) => option.name === name);
    chip?.root.classList.toggle('is-wrong', wrong);
    chip?.input.setAttribute('aria-invalid', String(wrong));
    return chip;
  }

  free() {
    return this.entry.options.filter((option) => !this.chips.some((chip) => chip.option === option));
  }

  showMore() {
    const count = this.free().length;
    this.more.placeholder = count ? `+${count} ${this.free().some(({ required }) => required) ? 'more' : 'optional'}` : '';
    this.more.size = Math.max(4, this.more.placeholder.length);
  }

  /** The focus goes to the named field, else to the first empty one, else to the last field. */
  focusOn(name) {
    const named = this.chips.find(({ option }) => option.name === name);
    const empty = this.chips.find(({ input }) => input.value === '');
    (named ?? empty)?.input.focus();
    if (!named && !empty) this.more.focus();
  }

  offerMore() {
    const { popup, suggester } = this.host;
    suggester.cancel();
    const text = this.more.value.trim().toLowerCase();
    const options = this.free().filter(({ label, name }) => label.includes(text) || name.includes(text));
    this.more.size = Math.max(4, this.more.placeholder.length, this.more.value.length + 1);
    this.host.changed();
    popup.show(this.more, {
      title: `${this.entry.label} ${this.entry.description}`,
      items: options.map((option) => optionItem(option, () => this.addPicked(option))),
      note: options.length ? '' : 'Press Enter to send',
    });
  }

  addPicked(option) {
    this.more.value = '';
    this.add(option).input.focus();
  }

  offerValues(chip) {
    const { popup, suggester } = this.host;
    const { option, input } = chip;
    const title = `${option.label}: ${option.description}`;
    suggester.cancel();
    if (!canSuggest(option, this.host.place())) {
      popup.show(input, { title, items: [] });
      return;
    }
    // After a pick the list also offers the other values.
    const text = chip.value === undefined ? input.value : '';
    const ask = () => this.host.ask(this.entry, this.values(), option);
    suggester.request(option, text, this.host.place(), ask, ({ items, note }) => {
      const rows = items.map((item) => ({ ...item, pick: () => this.pickValue(chip, item) }));
      // A text stands for the first match of a fixed list. With the bot's choices any text is allowed.
      const active = option.choices?.length && text !== '' && rows.length ? 0 : -1;
      popup.show(input, { title, items: rows, note, active });
    });
  }

  pickValue(chip, { label, value }) {
    chip.input.value = label;
    chip.value = value;
    this.changed(chip);
    this.focusOn(null);
  }

  onKey(event, chip) {
    const { popup } = this.host;
    if (event.isComposing || popup.onArrow(event)) return;
    const input = chip?.input ?? this.more;
    if (event.key === 'Enter') {
      event.preventDefault();
      if (!popup.pickActive()) this.host.submit();
    } else if (event.key === 'Tab' && !event.shiftKey) {
      if (popup.pickActive()) event.preventDefault();
    } else if (event.key === 'Escape') {
      if (popup.isOpen) popup.close();
      else this.host.toText(this.line());
    } else if (event.key === 'Backspace' && input.selectionStart === 0 && input.selectionEnd === 0) {
      this.backspace(event, chip);
    }
  }

  /** Backspace in an empty field removes the field before it. */
  backspace(event, chip) {
    if (chip && chip.input.value === '') {
      event.preventDefault();
      this.remove(chip);
    } else if (!chip && this.more.value === '') {
      event.preventDefault();
      const last = this.chips[this.chips.length - 1];
      if (last) last.input.focus();
      else this.host.toText(this.entry.label);
    }
  }

  /** The same command as a typed line. */
  line() {
    // Only names of fixed choices can be read back from a typed line.
    const texts = new Map(
      this.chips.map(({ option, input, value }) => {
        return [option.name, option.autocomplete && value !== undefined ? String(value) : input.value];
      }),
    );
    return `${writeLine(this.entry, texts)} ${this.more.value}`.trimEnd();
  }
}

/** A row of the popup that offers an option by name. */
export function optionItem(option, pick) {
  return { label: option.label, detail: option.description, badge: option.required ? 'required' : 'optional', pick };
}
