// One embed: the card with the colour bar at its left.

import { avatar, el, outLink } from './dom.js';
import { originOf } from './links.js';
import { parseMarkdown, parseTitle, textOf } from './markdown.js';
import { renderMarkdown } from './markdown_view.js';
import { chatTime, fullTime, parseDate } from './time.js';

const INLINE_PER_ROW = 3;
// The columns of the grid: rows of one, two and three fields fit.
const GRID_COLUMNS = 12;

/** The element of an embed. `names` as in renderMarkdown. */
export function renderCard(embed, names) {
  const card = el('article', { class: 'card' });
  // Discord displays the colour 0 as the default colour.
  if (Number.isInteger(embed.color) && embed.color !== 0) {
    const hex = (embed.color & 0xffffff).toString(16).padStart(6, '0');
    card.style.setProperty('--bar', `#${hex}`);
  }
  const title = textOf(parseTitle(embed.title));
  if (title) card.setAttribute('aria-label', title);
  const text = el('div', { class: 'card-text' }, ...textParts(embed, names));
  const thumbnail = embed.thumbnail ? picture(embed.thumbnail, title, 'card-thumbnail') : null;
  card.append(el('div', { class: 'card-top' }, text, thumbnail));
  if (embed.image) card.append(picture(embed.image, title, 'card-image'));
  card.append(...footer(embed));
  return card;
}

function textParts(embed, names) {
  return [
    embed.provider?.name ? el('div', { class: 'card-provider', dir: 'auto', text: embed.provider.name }) : null,
    embed.author?.name ? author(embed.author) : null,
    embed.title ? titleOf(embed, names) : null,
    embed.description
      ? el('div', { class: 'card-description md', dir: 'auto' }, ...renderMarkdown(parseMarkdown(embed.description), names))
      : null,
    embed.fields?.length ? fields(embed.fields, names) : null,
  ];
}

function author({ name, url, icon_url: icon }) {
  const mark = icon ? avatar(name, name, 'avatar-tiny') : null;
  return el('div', { class: 'card-author', dir: 'auto' }, mark, outLink(url, { text: name }));
}

function titleOf(embed, names) {
  const words = renderMarkdown(parseTitle(embed.title, Boolean(embed.url)), names);
  return el('div', { class: 'card-title', dir: 'auto' }, outLink(embed.url, {}, ...words));
}

function fields(list, names) {
  const grid = el('div', { class: 'card-fields' });
  for (const row of rowsOf(list)) {
    for (const field of row) {
      const cell = el('div', { class: 'card-field', dir: 'auto' });
      cell.style.setProperty('--span', String(GRID_COLUMNS / row.length));
      cell.append(
        el('div', { class: 'card-field-name' }, ...renderMarkdown(parseTitle(field.name), names)),
        el('div', { class: 'card-field-value md' }, ...renderMarkdown(parseMarkdown(field.value), names)),
      );
      grid.append(cell);
    }
  }
  return grid;
}

/** Fields in rows: up to three inline ones side by side, any other alone. */
function rowsOf(list) {
  const rows = [];
  let open = null;
  for (const field of list) {
    if (field.inline && open && open.length < INLINE_PER_ROW) {
      open.push(field);
      continue;
    }
    const row = [field];
    rows.push(row);
    open = field.inline ? row : null;
  }
  return rows;
}

/** The page loads nothing from other servers. A box with the origin replaces a picture. */
export function picture(media, title, className) {
  const origin = originOf(media.url) || 'picture';
  const about = media.description || (title ? `Picture for: ${title}` : 'Picture');
  const box = el('div', { class: `picture ${className}`, role: 'img', 'aria-label': `${about} (${origin})`, title: about });
  if (media.width > 0 && media.height > 0) {
    box.style.setProperty('--ratio', `${media.width} / ${media.height}`);
  }
  box.append(el('span', { class: 'picture-mark' }), el('span', { class: 'picture-origin' }, ...breakable(origin)));
  return box;
}

/** A host name that breaks at its dots first, for the small boxes. */
function breakable(origin) {
  return origin.split(/(?<=\.)/).flatMap((label, index) => (index ? [el('wbr'), label] : [label]));
}

function footer(embed) {
  const date = parseDate(embed.timestamp);
  const text = embed.footer?.text;
  if (!text && !date) return [];
  const parts = [];
  if (embed.footer?.icon_url) parts.push(avatar(text ?? '', text ?? '', 'avatar-tiny'));
  if (text) parts.push(el('span', { class: 'card-footer-text', text }));
  if (text && date) parts.push(el('span', { class: 'card-dot', text: '•', 'aria-hidden': 'true' }));
  if (date) parts.push(el('time', { datetime: date.toISOString(), title: fullTime(date), text: chatTime(date) }));
  return [el('div', { class: 'card-footer', dir: 'auto' }, ...parts)];
}
