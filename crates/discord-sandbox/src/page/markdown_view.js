// A markdown tree as elements of the page.

import { el, outLink } from './dom.js';
import { fullTime, stampText } from './time.js';

/**
 * Elements for `nodes`. `names` says what mentions are called: `user(id)`, `role(id)`, `channel(id)`, and
 * `useCommand(name)` is called when a reader presses a command mention.
 */
export function renderMarkdown(nodes, names) {
  return nodes.map((node) => (MAKERS[node.type] ?? words)(node, names));
}

function words(node) {
  return document.createTextNode(node.text ?? '');
}

function around(tag, className) {
  return (node, names) => el(tag, { class: className }, ...renderMarkdown(node.children, names));
}

function heading(node, names) {
  // Headings of a message start below those of the page.
  return el(`h${node.level + 3}`, { class: `md-h${node.level}` }, ...renderMarkdown(node.children, names));
}

function list(node, names) {
  const items = node.items.map((item) => el('li', {}, ...renderMarkdown(item, names)));
  if (!node.ordered) return el('ul', { class: 'md-list' }, ...items);
  return el('ol', { class: 'md-list', start: node.start }, ...items);
}

function spoiler(node, names) {
  // `inert` hides the text from screen readers and the keyboard until the reader opens it.
  const hidden = el('span', { class: 'md-hidden', inert: true }, ...renderMarkdown(node.children, names));
  const cover = el('span', { class: 'md-spoiler', role: 'button', tabindex: '0' }, hidden);
  cover.setAttribute('aria-label', 'Spoiler, press to show it');
  const reveal = () => {
    cover.classList.add('is-open');
    for (const name of ['role', 'tabindex', 'aria-label']) cover.removeAttribute(name);
    hidden.removeAttribute('inert');
  };
  cover.addEventListener('click', reveal, { once: true });
  cover.addEventListener('keydown', (event) => {
    if (event.target !== cover || cover.classList.contains('is-open')) return;
    if (event.key !== 'Enter' && event.key !== ' ') return;
    event.preventDefault();
    reveal();
  });
  return cover;
}

function timestamp(node) {
  const date = new Date(node.unix * 1000);
  const data = node.style === 'R' ? { relative: node.unix } : {};
  return el('time', {
    class: 'md-time',
    datetime: date.toISOString(),
    title: fullTime(date),
    text: stampText(node.unix, node.style),
    data,
  });
}

function command(node, names) {
  const on = { click: () => names.useCommand(node.name) };
  return el('button', { type: 'button', class: 'mention', text: `/${node.name}`, on });
}

function mention(sign, nameOf) {
  return (node, names) => el('span', { class: 'mention', text: `${sign}${nameOf(names, node.id)}` });
}

const MAKERS = {
  paragraph: around('p', 'md-p'),
  bold: around('strong'),
  italic: around('em'),
  underline: around('u'),
  strike: around('s'),
  quote: around('blockquote', 'md-quote'),
  subtext: around('p', 'md-subtext'),
  heading,
  list,
  spoiler,
  timestamp,
  command,
  code: (node) => el('code', { class: 'md-code', text: node.text }),
  block: (node) => el('pre', { class: 'md-block', tabindex: '0' }, el('code', { text: node.text })),
  link: (node, names) => outLink(node.href, { class: 'md-link' }, ...renderMarkdown(node.children, names)),
  emoji: (node) => el('span', { class: 'md-emoji', text: `:${node.name}:` }),
  user: mention('@', (names, id) => names.user(id)),
  role: mention('@', (names, id) => names.role(id)),
  channel: mention('#', (names, id) => names.channel(id)),
};
