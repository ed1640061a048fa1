// A form that the bot opens: a dialog over the page.

import { el, freshId } from './dom.js';
import { parseMarkdown } from './markdown.js';
import { renderMarkdown } from './markdown_view.js';
import { SelectMenu } from './select_menu.js';

const ROW = 1;
const TEXT_INPUT = 4;
const TEXT = 10;
const LABEL = 18;
const PARAGRAPH = 2;
const TEXT_MAX = 4000;
const FAILED = 'Something went wrong. Try again.';
const NO_NAMES = { user: () => 'unknown-user', role: () => 'unknown-role', channel: () => 'unknown', useCommand: () => {} };

export class FormDialog {
  /** `dialog` is filled at each opening. `desk.send(opener, values, settle)` sends the form. */
  constructor(dialog, desk) {
    Object.assign(this, { dialog, desk, fields: [], opener: null });
  }

  /** Opens the form in the answer to the interaction `opener`. It replaces an open one. */
  open(opener, modal) {
    this.close();
    this.opener = opener;
    this.fields = [];
    const body = el('div', { class: 'form-body' }, ...modal.components.map((part) => this.part(part)));
    this.failure = el('p', { class: 'complaint', role: 'alert', hidden: true });
    this.submitButton = el('button', { type: 'submit', class: 'button button-primary', text: 'Submit' });
    const cancel = () => this.close();
    const form = el(
      'form',
      { novalidate: true, on: { submit: (event) => this.submit(event) } },
      el('h2', { id: 'form-title', class: 'form-title', dir: 'auto', text: modal.title }),
      body,
      this.failure,
      el(
        'div',
        { class: 'form-buttons' },
        el('button', { type: 'button', class: 'button button-secondary', text: 'Cancel', on: { click: cancel } }),
        this.submitButton,
      ),
    );
    this.dialog.replaceChildren(form);
    this.dialog.showModal();
    this.fields[0]?.control.focus();
  }

  /** A cancelled form sends nothing. */
  close() {
    this.opener = null;
    this.dialog.close();
  }

  part(part) {
    if (part.type === TEXT) {
      return el('div', { class: 'form-text md', dir: 'auto' }, ...renderMarkdown(parseMarkdown(part.content), NO_NAMES));
    }
    const component = part.type === ROW ? part.components[0] : part.component;
    const label = part.type === LABEL ? part.label : component.label;
    const field = component.type === TEXT_INPUT ? textField(component) : menuField(component, label);
    this.fields.push(field);
    return this.framed(field, label, part.description);
  }

  /** A field with its label, its description and the place for an error. */
  framed(field, label, description) {
    const mark = field.isRequired ? el('span', { class: 'form-mark', text: ' *', 'aria-hidden': 'true' }) : null;
    field.control.id = freshId('field');
    field.note = el('p', { class: 'form-note', id: freshId('note'), hidden: true });
    const about = description ? el('p', { class: 'form-about', id: freshId('about'), dir: 'auto', text: description }) : null;
    field.control.setAttribute('aria-describedby', [about?.id, field.note.id].filter(Boolean).join(' '));
    if (field.isRequired) field.control.setAttribute('aria-required', 'true');
    const name = el('label', { class: 'form-label', for: field.control.id, dir: 'auto', text: label });
    if (mark) name.append(mark);
    return el('div', { class: 'form-field' }, name, about, field.root, field.note);
  }

  /** Displays the error of each field. True when there is none. */
  check() {
    const wrong = this.fields.filter((field) => {
      const words = field.fault();
      field.note.textContent = words;
      field.note.hidden = words === '';
      field.control.setAttribute('aria-invalid', String(words !== ''));
      return words !== '';
    });
    wrong[0]?.control.focus();
    return wrong.length === 0;
  }

  async submit(event) {
    event.preventDefault();
    const { opener } = this;
    if (this.submitButton.disabled || !this.check()) return;
    this.setBusy(true);
    this.complain('');
    const settle = (state) => {
      // In the meantime another form may be open, or none.
      if (this.opener !== opener) return;
      if (state === 'answered') this.close();
      else this.failed(FAILED);
    };
    try {
      const values = Object.fromEntries(this.fields.map(({ name, value }) => [name, value()]));
      await this.desk.send(opener, values, settle);
    } catch (error) {
      if (this.opener === opener) this.failed(error.message);
    }
  }

  failed(words) {
    this.setBusy(false);
    this.complain(words);
    this.submitButton.focus();
  }

  setBusy(busy) {
    this.submitButton.disabled = busy;
    this.submitButton.textContent = busy ? 'Sending…' : 'Submit';
  }

  complain(words) {
    this.failure.textContent = words;
    this.failure.hidden = words === '';
  }
}

function textField({ custom_id: name, style, value, placeholder, required, min_length: min = 0, max_length: max = TEXT_MAX }) {
  const isRequired = required !== false;
  const isLong = style === PARAGRAPH;
  const control = el(isLong ? 'textarea' : 'input', { class: 'form-input', type: isLong ? null : 'text', rows: isLong ? '4' : null, placeholder, dir: 'auto' });
  control.value = value ?? '';
  const fault = () => {
    const length = [...control.value].length;
    if (length === 0) return isRequired ? 'This field is required' : '';
    if (length < min) return `At least ${min} characters, please`;
    return length > max ? `At most ${max} characters, please; these are ${length}` : '';
  };
  return { name, control, root: control, isRequired, fault, value: () => control.value };
}

function menuField(component, name) {
  const isRequired = component.required !== false;
  const menu = new SelectMenu({ ...component, name }, () => {});
  const fault = () => {
    const count = menu.values().length;
    if (count === 0 && !isRequired) return '';
    const min = component.min_values ?? 1;
    if (count === 0 && min > 0) return 'This field is required';
    return count < min ? `Choose at least ${min}` : '';
  };
  return { name: component.custom_id, control: menu.button, root: menu.root, isRequired, fault, value: () => menu.values() };
}
