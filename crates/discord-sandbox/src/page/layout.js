// A message of components: texts, sections, pictures and rows in their order.

import { picture } from './card.js';
import { renderButton, renderRow } from './components.js';
import { el } from './dom.js';
import { parseMarkdown } from './markdown.js';
import { renderMarkdown } from './markdown_view.js';

const BUTTON = 2;
const LARGE = 2;
const KIBIBYTE = 1024;

/** The element for `components`; the other arguments as of renderComponents, `names` as of renderMarkdown. */
export function renderLayout(components, use, lists, names) {
  const parts = (components ?? []).map((component) => render(component, { use, lists, names }));
  return parts.length ? el('div', { class: 'layout' }, ...parts) : null;
}

/** The texts of all components, in the order of reading. */
export function layoutTexts(components) {
  return (components ?? []).flatMap((part) => (part.type === 10 ? [part.content] : layoutTexts(part.components)));
}

function render(component, desk) {
  return MAKERS[component.type]?.(component, desk) ?? null;
}

const MAKERS = {
  1: (row, desk) => renderRow(row, desk.use, desk.lists),
  9: section,
  10: text,
  12: gallery,
  13: file,
  14: separator,
  17: container,
};

function text({ content }, { names }) {
  return el('div', { class: 'layout-text md', dir: 'auto' }, ...renderMarkdown(parseMarkdown(content), names));
}

function section({ components, accessory }, desk) {
  const texts = el('div', { class: 'section-texts' }, ...components.map((part) => text(part, desk)));
  const beside = accessory.type === BUTTON ? renderButton(accessory, desk.use) : shown(accessory, 'card-thumbnail');
  return el('div', { class: 'section' }, texts, beside);
}

/** A thumbnail, or an item of a gallery. */
function shown({ media, description, spoiler }, className) {
  return covered(picture({ ...media, description }, '', className), spoiler);
}

function gallery({ items }) {
  const pictures = items.map((item) => shown(item, 'gallery-picture'));
  return el('div', { class: 'gallery', data: { count: String(Math.min(items.length, 3)) } }, ...pictures);
}

/** A file. Its content is not kept, so its name is no link. */
function file({ name, size, spoiler }) {
  const words = el('span', { class: 'file-words' }, el('span', { class: 'file-name', dir: 'auto', text: name ?? 'file' }));
  if (Number.isInteger(size)) words.append(el('span', { class: 'file-size', text: sizeText(size) }));
  return covered(el('div', { class: 'file' }, el('span', { class: 'file-mark', 'aria-hidden': 'true' }), words), spoiler);
}

function sizeText(bytes) {
  const units = ['byte', 'kilobyte', 'megabyte'];
  const step = Math.min(units.length - 1, Math.floor(Math.log(Math.max(1, bytes)) / Math.log(KIBIBYTE)));
  const format = new Intl.NumberFormat(undefined, { style: 'unit', unit: units[step], maximumFractionDigits: 1 });
  return format.format(bytes / KIBIBYTE ** step);
}

function separator({ divider, spacing }) {
  const classes = `separator${spacing === LARGE ? ' is-large' : ''}${divider === false ? ' is-bare' : ''}`;
  return el('div', { class: classes, role: divider === false ? null : 'separator' });
}

function container({ components, accent_color: color, spoiler }, desk) {
  const box = el('section', { class: 'container' }, ...components.map((component) => render(component, desk)));
  if (Number.isInteger(color)) {
    box.classList.add('is-coloured');
    box.style.setProperty('--bar', `#${(color & 0xffffff).toString(16).padStart(6, '0')}`);
  }
  return covered(box, spoiler);
}

/** Hides a part until the reader opens it. */
function covered(part, isSpoiler) {
  if (!isSpoiler) return part;
  part.setAttribute('inert', '');
  const show = () => {
    part.removeAttribute('inert');
    box.classList.add('is-open');
    button.remove();
  };
  const button = el('button', { type: 'button', class: 'cover-button', text: 'Spoiler, press to show it', on: { click: show } });
  const box = el('div', { class: 'cover' }, part, button);
  return box;
}
