// The line for commands at the bottom: typed text, or fields (chips).

import { ChipRow, optionItem } from './chips.js';
import { readLine } from './command_line.js';
import { entryOfLine, matchEntries, wireOptions } from './commands.js';
import { Popup } from './popup.js';
import { canSuggest, Suggester } from './suggest.js';
import { readValues } from './values.js';

export class Composer {
  /**
   * `parts`: the page's `form`, `bar`, `input`, `popup` and `error`. `desk`: `entries()`, `place()`,
   * `complete(name, options)` and `send(entry, options)`, the last two asking the server.
   */
  constructor(parts, desk) {
    this.parts = parts;
    this.desk = desk;
    this.popup = new Popup(parts.popup);
    this.suggester = new Suggester();
    this.chips = null;
    this.sending = false;
    this.popup.adopt(parts.input);
    parts.input.addEventListener('input', () => this.offer());
    parts.input.addEventListener('focus', () => this.offer());
    parts.input.addEventListener('keydown', (event) => this.onKey(event));
    parts.form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.submit();
    });
    parts.form.addEventListener('focusout', (event) => {
      if (parts.form.contains(event.relatedTarget)) return;
      this.suggester.cancel();
      this.popup.close();
    });
  }

  place() {
    return this.desk.place();
  }

  /** Puts a line into the composer, ready to be sent or changed. */
  fill(line) {
    this.toText(line);
    this.parts.input.setSelectionRange(line.length, line.length);
  }

  toText(line) {
    this.chips?.root.remove();
    this.chips = null;
    this.parts.input.hidden = false;
    this.parts.input.value = line;
    this.parts.input.focus();
    this.offer();
  }

  toChips(entry, values, focus) {
    this.chips?.root.remove();
    this.parts.input.hidden = true;
    this.chips = new ChipRow(entry, values, this);
    this.parts.bar.prepend(this.chips.root);
    this.chips.focusOn(focus);
  }

  /** Updates an open list after a change of commands or channels. */
  refresh() {
    if (document.activeElement === this.parts.input) this.offer();
  }

  changed() {
    this.complain('');
  }

  complain(words) {
    // No list after an error: it would offer the refused line again.
    if (words !== '') this.popup.close();
    this.parts.error.textContent = words;
    this.parts.error.hidden = words === '';
    this.parts.input.setAttribute('aria-invalid', String(words !== ''));
  }

  /** Displays the matches for the typed text: commands, then values and options of the command. */
  offer() {
    this.suggester.cancel();
    this.complain('');
    const text = this.parts.input.value.trimStart();
    if (!text.startsWith('/')) {
      this.popup.close();
      return;
    }
    const found = entryOfLine(this.desk.entries(), text);
    if (found && found.rest !== '') this.offerArguments(found.entry, found.rest);
    else this.offerCommands(text);
  }

  offerCommands(text) {
    const items = matchEntries(this.desk.entries(), text).map((entry) => ({
      label: entry.label,
      detail: entry.description,
      pick: () => this.toChips(entry, new Map()),
    }));
    const note = items.length ? '' : 'No command of this name';
    this.popup.show(this.parts.input, { title: 'Commands', items, note, active: 0 });
  }

  offerArguments(entry, rest) {
    const line = readLine(entry, rest);
    const values = asGiven(line.values);
    const { current } = line;
    if (!current || !canSuggest(current, this.place())) {
      this.offerOptions(entry, values);
      return;
    }
    const ask = () => this.ask(entry, values, current);
    const text = line.values.get(current.name) ?? '';
    this.suggester.request(current, text, this.place(), ask, ({ items, note }) => {
      const rows = items.map((item) => ({
        ...item,
        pick: () => this.toChips(entry, new Map(values).set(current.name, { text: item.label, value: item.value })),
      }));
      this.popup.show(this.parts.input, { title: `${current.label}: ${current.description}`, items: rows, note });
    });
  }

  offerOptions(entry, values) {
    const items = entry.options
      .filter(({ name }) => !values.has(name))
      .map((option) => optionItem(option, () => this.toChips(entry, new Map(values).set(option.name, { text: '' }), option.name)));
    const note = items.length ? '' : 'Press Enter to send';
    this.popup.show(this.parts.input, { title: `${entry.label} ${entry.description}`, items, note });
  }

  onKey(event) {
    if (event.isComposing || this.popup.onArrow(event)) return;
    if (event.key === 'Enter') {
      event.preventDefault();
      if (this.isWhole() || !this.popup.pickActive()) this.submit();
    } else if (event.key === 'Tab' && !event.shiftKey) {
      if (this.popup.pickActive() || this.openFields()) event.preventDefault();
    } else if (event.key === 'Escape') {
      this.popup.close();
    }
  }

  /** Whether the line is a complete command without options. */
  isWhole() {
    const found = entryOfLine(this.desk.entries(), this.parts.input.value);
    return Boolean(found) && found.rest.trim() === '' && found.entry.options.length === 0;
  }

  /** Turns a typed line into fields; false when it names no command. */
  openFields() {
    const found = entryOfLine(this.desk.entries(), this.parts.input.value);
    if (!found) return false;
    const line = readLine(found.entry, found.rest);
    if (line.extra.length) return false;
    this.toChips(found.entry, asGiven(line.values));
    return true;
  }

  /** Asks the bot for choices of `option`, with the other values. */
  ask(entry, values, option) {
    const options = entry.options
      .filter(({ name }) => name === option.name || values.get(name)?.text)
      .map(({ name, type }) => {
        const given = values.get(name) ?? { text: '' };
        const value = name === option.name ? given.text : given.value ?? given.text;
        return { name, type, value, ...(name === option.name ? { focused: true } : {}) };
      });
    return this.desk.complete(entry.name, wireOptions(entry, options));
  }

  /** The command to send, { entry, values }. Displays the error and returns null if there is one. */
  written() {
    if (this.chips) {
      const { entry } = this.chips;
      const values = this.chips.values();
      // Words in the last field are read as in a typed line.
      const free = { ...entry, options: this.chips.free() };
      const more = readLine(free, this.chips.more.value);
      for (const [name, given] of asGiven(more.values)) values.set(name, given);
      return this.unlessExtra(entry, values, more.extra);
    }
    const text = this.parts.input.value.trim();
    if (text === '') return null;
    if (!text.startsWith('/')) {
      this.complain('This local server only runs slash commands. Type / to see them.');
      return null;
    }
    const found = entryOfLine(this.desk.entries(), text);
    if (!found) {
      this.complain(`There is no command ${text.split(/\s/)[0]} that fits this. Type / to see all commands.`);
      return null;
    }
    const line = readLine(found.entry, found.rest);
    return this.unlessExtra(found.entry, asGiven(line.values), line.extra);
  }

  unlessExtra(entry, values, extra) {
    if (extra.length === 0) return { entry, values };
    this.complain(`${entry.label} has no option for “${extra.join(' ')}”.`);
    return null;
  }

  async submit() {
    const written = this.sending ? null : this.written();
    if (!written) return;
    const { entry, values } = written;
    const { options, errors } = readValues(entry, values, this.place());
    if (errors) {
      this.chips?.complain(errors[0].option.name, true)?.input.focus();
      this.complain(errors[0].words);
      return;
    }
    this.sending = true;
    this.suggester.cancel();
    this.popup.close();
    try {
      await this.desk.send(entry, wireOptions(entry, options));
      this.toText('');
    } catch (error) {
      this.complain(error.message);
    } finally {
      this.sending = false;
    }
  }
}

function asGiven(texts) {
  return new Map([...texts].map(([name, text]) => [name, { text }]));
}
