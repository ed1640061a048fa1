// Discord's inline markdown as a tree of plain objects. This module does not use the page: tests need no browser.

import { webAddress } from './links.js';

const PUNCTUATION = /[!-/:-@[-`{-~]/;
const WORD = /[\p{L}\p{N}_]/u;
// The greatest depth of nested marks. Deeper marks stay plain text.
const MAX_DEPTH = 10;
// The latest moment a Date can hold, in seconds.
const LAST_SECOND = 8.64e12;

/** Parses one run of text. `masked` allows [text](address) links. */
export function parseInline(source, { masked = true, depth = 0, inLink = false } = {}) {
  const context = { masked, depth, inLink };
  const nodes = [];
  let at = 0;
  while (at < source.length) {
    const found = depth < MAX_DEPTH ? ruleAt(source, at, context) : null;
    if (found) {
      append(nodes, found.node);
      at = found.end;
    } else {
      append(nodes, { type: 'text', text: source[at] });
      at += 1;
    }
  }
  return nodes;
}

function append(nodes, node) {
  const last = nodes[nodes.length - 1];
  if (node.type === 'text' && last?.type === 'text') last.text += node.text;
  else nodes.push(node);
}

function ruleAt(source, at, context) {
  for (const rule of RULES[source[at]] ?? []) {
    const found = rule(source, at, context);
    if (found) return found;
  }
  return null;
}

function inside(context, source) {
  return parseInline(source, { ...context, depth: context.depth + 1 });
}

function escaped(source, at) {
  const next = source[at + 1];
  if (next === undefined || !PUNCTUATION.test(next)) return null;
  return { node: { type: 'text', text: next }, end: at + 2 };
}

/** The end of the code span that opens here, or -1 if there is none. */
function codeEnd(source, at) {
  let run = 1;
  while (source[at + run] === '`') run += 1;
  const mark = '`'.repeat(run);
  let close = source.indexOf(mark, at + run);
  while (close !== -1) {
    let length = run;
    while (source[close + length] === '`') length += 1;
    if (length === run) return close + run;
    close = source.indexOf(mark, close + length);
  }
  return -1;
}

function code(source, at) {
  const end = codeEnd(source, at);
  if (end === -1) return null;
  const run = /^`+/.exec(source.slice(at))[0].length;
  let text = source.slice(at + run, end - run);
  if (/^ `|` $/.test(text)) text = text.replace(/^ (?=`)/, '').replace(/(?<=`) $/, '');
  return { node: { type: 'code', text }, end };
}

/** The place of the closing `mark`. Marks in escapes and code spans do not count. */
function findClose(source, from, mark) {
  let at = from;
  while (at < source.length) {
    if (source[at] === '\\') {
      at += 2;
    } else if (source[at] === '`') {
      const end = codeEnd(source, at);
      at = end === -1 ? at + 1 : end;
    } else if (!source.startsWith(mark, at)) {
      at += 1;
    } else if (mark.length === 1 && source[at + 1] === mark) {
      at += 2;
    } else if (mark.length === 2 && source[at + 2] === mark[0]) {
      at += 1;
    } else if (at > from && closesWell(source, at, mark)) {
      return at;
    } else {
      at += mark.length;
    }
  }
  return -1;
}

function closesWell(source, at, mark) {
  if (mark === '*') return !/\s/.test(source[at - 1]);
  if (mark === '_') return !WORD.test(source[at + 1] ?? '');
  return true;
}

function opensWell(source, at, mark) {
  const next = source[at + 1] ?? '';
  if (mark === '*') return next !== '*' && !/^\s?$/.test(next);
  if (mark === '_') return next !== '_' && !WORD.test(source[at - 1] ?? '');
  return true;
}

function pair(mark, type) {
  return (source, at, context) => {
    if (!source.startsWith(mark, at) || !opensWell(source, at, mark)) return null;
    const from = at + mark.length;
    const close = findClose(source, from, mark);
    if (close === -1) return null;
    const children = inside(context, source.slice(from, close));
    return { node: { type, children }, end: close + mark.length };
  };
}

/** A rule for `<...>` forms: `make` turns the match into a node, or refuses it with null. */
function tag(pattern, make) {
  return (source, at, context) => {
    pattern.lastIndex = at;
    const match = pattern.exec(source);
    const node = match && make(match, context);
    return node ? { node, end: at + match[0].length } : null;
  };
}

function plainLink(address, context) {
  const href = webAddress(address);
  if (!href || context.inLink) return null;
  return { type: 'link', href, children: [{ type: 'text', text: address }] };
}

function bareLink(source, at, context) {
  const pattern = /https?:\/\/[^\s<]+/y;
  pattern.lastIndex = at;
  const match = pattern.exec(source);
  if (!match) return null;
  let address = match[0].replace(/[.,:;"'\]]+$/, '');
  // A closing bracket belongs to the sentence, unless the address has the opening one.
  while (address.endsWith(')') && count(address, ')') > count(address, '(')) {
    address = address.slice(0, -1);
  }
  const node = plainLink(address, context);
  return node ? { node, end: at + address.length } : null;
}

function count(text, char) {
  return text.split(char).length - 1;
}

/** The index of the bracket that closes the one at `at`, or -1. */
function closingBracket(source, at, open, close) {
  let depth = 0;
  for (let index = at; index < source.length; index += 1) {
    const char = source[index];
    if (char === '\\') index += 1;
    else if (char === open) depth += 1;
    else if (char === close) {
      depth -= 1;
      if (depth === 0) return index;
    }
  }
  return -1;
}

function maskedLink(source, at, context) {
  if (!context.masked || context.inLink) return null;
  const labelEnd = closingBracket(source, at, '[', ']');
  if (labelEnd === -1 || source[labelEnd + 1] !== '(') return null;
  const addressEnd = closingBracket(source, labelEnd + 1, '(', ')');
  if (addressEnd === -1) return null;
  const label = source.slice(at + 1, labelEnd);
  // A label that is an address could hide the real one.
  if (!label.trim() || /https?:\/\//i.test(label)) return null;
  const target = /^\s*<?([^\s<>]+)>?(?:\s+"[^"]*")?\s*$/.exec(source.slice(labelEnd + 2, addressEnd));
  const href = target && webAddress(target[1].replace(/\\([!-/:-@[-`{-~])/g, '$1'));
  if (!href) return null;
  const children = parseInline(label, { ...context, depth: context.depth + 1, inLink: true });
  return { node: { type: 'link', href, children }, end: addressEnd + 1 };
}

function timestamp([, seconds, style]) {
  const unix = Number(seconds);
  if (Math.abs(unix) > LAST_SECOND) return null;
  return { type: 'timestamp', unix, style: style ?? 'f' };
}

const RULES = {
  '\\': [escaped],
  '`': [code],
  '*': [pair('**', 'bold'), pair('*', 'italic')],
  _: [pair('__', 'underline'), pair('_', 'italic')],
  '~': [pair('~~', 'strike')],
  '|': [pair('||', 'spoiler')],
  '[': [maskedLink],
  h: [bareLink],
  '<': [
    tag(/<(https?:\/\/[^\s<>]+)>/y, ([, address], context) => plainLink(address, context)),
    tag(/<t:(-?\d{1,17})(?::([tTdDfFsSR]))?>/y, timestamp),
    tag(/<\/([-_ \p{L}\p{N}]{1,100}):(\d{1,20})>/uy, ([, name, id]) => ({ type: 'command', name, id })),
    tag(/<@!?(\d{1,20})>/y, ([, id]) => ({ type: 'user', id })),
    tag(/<@&(\d{1,20})>/y, ([, id]) => ({ type: 'role', id })),
    tag(/<#(\d{1,20})>/y, ([, id]) => ({ type: 'channel', id })),
    tag(/<a?:(\w{2,32}):\d{1,20}>/y, ([, name]) => ({ type: 'emoji', name })),
  ],
};
