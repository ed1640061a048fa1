// The only place where this page creates elements. Texts become text nodes, never markup.

import { webAddress } from './links.js';

/**
 * Makes an element. `props`: `class`, `text`, `on` (an object of listeners), `data` (an object for
 * dataset); any other name is an attribute, left out when its value is false, null or undefined.
 */
export function el(tag, props = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === false || value === null || value === undefined) continue;
    if (name === 'class') element.className = value;
    else if (name === 'text') element.textContent = value;
    else if (name === 'data') Object.assign(element.dataset, value);
    else if (name === 'on') listen(element, value);
    else element.setAttribute(name, value === true ? '' : value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

function listen(element, listeners) {
  for (const [event, listener] of Object.entries(listeners)) element.addEventListener(event, listener);
}

/** A link from untrusted data. Anything but a web address becomes plain text. */
export function outLink(address, props, ...children) {
  const href = webAddress(address);
  if (!href) return el('span', props, ...children);
  return el('a', { ...props, href, target: '_blank', rel: 'noopener noreferrer nofollow' }, ...children);
}

let lastId = 0;

/** An id that no other element of the page has. */
export function freshId(kind) {
  lastId += 1;
  return `${kind}-${lastId}`;
}

/** A letter in a coloured circle. The id decides the colour. */
export function avatar(id, name, extra = '') {
  let sum = 0;
  for (const char of String(id)) sum = (sum * 31 + char.codePointAt(0)) % 997;
  const letter = [...String(name).trim()][0]?.toLocaleUpperCase() ?? '?';
  return el('span', { class: `avatar tone-${sum % 8} ${extra}`, text: letter, 'aria-hidden': 'true' });
}
