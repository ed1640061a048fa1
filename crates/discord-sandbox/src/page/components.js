// The buttons and select menus below a message.

import { el, outLink } from './dom.js';
import { emojiText } from './emoji.js';
import { selectMenu } from './select_menu.js';
import { knownItems } from './values.js';

const ROW = 1;
const BUTTON = 2;
const LINK_STYLE = 5;
const STRING_SELECT = 3;
// The option types whose values the selects take.
const OPTION_TYPES = { 5: 6, 6: 8, 7: 9, 8: 7 };
const BUTTON_STYLES = { 1: 'primary', 2: 'secondary', 3: 'success', 4: 'danger', 5: 'link' };

/**
 * The rows of components. `use(customId, values)` is called when the reader presses or picks;
 * `lists` gives the channels, persons and roles that the other selects offer.
 */
export function renderComponents(components, use, lists) {
  const rows = (components ?? []).filter((row) => row.type === ROW);
  if (rows.length === 0) return null;
  const parts = rows.map((row) => renderRow(row, use, lists));
  return el('div', { class: 'components', role: 'group', 'aria-label': 'Actions' }, ...parts);
}

/** One row of buttons, or with one menu. */
export function renderRow(row, use, lists) {
  const inner = row.components.map((component) => renderOne(component, use, lists));
  return el('div', { class: 'component-row' }, ...inner);
}

function renderOne(component, use, lists) {
  if (component.type === BUTTON) return renderButton(component, use);
  const options = optionsOf(component, lists);
  return options ? selectMenu({ ...component, options }, use) : null;
}

function optionsOf(component, lists) {
  if (component.type === STRING_SELECT) return component.options ?? [];
  const type = OPTION_TYPES[component.type];
  return type ? knownItems({ ...component, type, choices: undefined }, lists) : null;
}

/** A button, in a row or beside a section. */
export function renderButton(component, use) {
  const style = BUTTON_STYLES[component.style] ?? 'secondary';
  const emoji = emojiText(component.emoji);
  const parts = [];
  if (emoji) parts.push(el('span', { class: 'button-emoji', 'aria-hidden': component.label ? 'true' : null, text: emoji }));
  if (component.label) parts.push(el('span', { class: 'button-label', dir: 'auto', text: component.label }));
  if (component.style === LINK_STYLE) {
    const mark = el('span', { class: 'button-out', 'aria-hidden': 'true', text: '↗' });
    return outLink(component.disabled ? null : component.url, linkProps(component), ...parts, mark);
  }
  const element = el('button', {
    type: 'button',
    class: `button button-${style}`,
    disabled: component.disabled,
    data: { customId: component.custom_id },
  });
  element.append(el('span', { class: 'button-face' }, ...parts), dots());
  element.addEventListener('click', () => use(component.custom_id, []));
  return element;
}

function linkProps(component) {
  if (!component.disabled) return { class: 'button button-link' };
  return { class: 'button button-link is-disabled', role: 'link', 'aria-disabled': 'true' };
}

/** Three dots that replace the label until the answer arrives. */
export function dots() {
  const dot = () => el('span', { class: 'dot' });
  return el('span', { class: 'dots', 'aria-hidden': 'true' }, dot(), dot(), dot());
}

/** Marks the component that waits for an answer, and disables the others. null enables all again. */
export function showBusy(message, customId) {
  for (const part of message.querySelectorAll('[data-custom-id]')) {
    const mine = customId !== null && part.dataset.customId === customId;
    part.classList.toggle('is-busy', mine);
    part.setAttribute('aria-busy', String(mine));
    if (customId === null) part.removeAttribute('aria-disabled');
    else part.setAttribute('aria-disabled', 'true');
  }
}
