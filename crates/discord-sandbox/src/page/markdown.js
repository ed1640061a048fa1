// Discord's markdown as a tree: headings, lists, quotes and code blocks above the inline rules. The tree has only data: no
// text can become markup of the page.

import { parseInline } from './inline.js';

/** All rules: for message content, embed descriptions and field values. */
export function parseMarkdown(source) {
  return parseBlocks(String(source ?? '').replace(/\r\n?/g, '\n'), true);
}

/**
 * Embed titles and field names: marks, but no masked links and no blocks. A title that is `linked`
 * as a whole has no links of its own.
 */
export function parseTitle(source, linked = false) {
  return parseInline(String(source ?? ''), { masked: false, inLink: linked });
}

/** The text of a tree, for accessible names and announcements. */
export function textOf(nodes) {
  return nodes.map(wordsOf).join('');
}

function wordsOf(node) {
  if (node.type === 'spoiler') return 'spoiler';
  if (node.type === 'list') return node.items.map((item) => textOf(item)).join('\n');
  if (node.type === 'emoji') return `:${node.name}:`;
  if (node.type === 'command') return `/${node.name}`;
  if (node.children) return textOf(node.children);
  return node.text ?? '';
}

const BLOCKS = [longQuote, quote, heading, subtext, list];

function parseBlocks(source, quotes) {
  const nodes = [];
  let text = '';
  let at = 0;
  const flush = () => {
    // The line break before a block is no empty line.
    const words = text.replace(/\n$/, '');
    if (words) nodes.push({ type: 'paragraph', children: parseInline(words) });
    text = '';
  };
  while (at < source.length) {
    const found = blockAt(source.slice(at), quotes);
    if (found) {
      flush();
      nodes.push(found.node);
      at += found.length;
      continue;
    }
    const fence = fenceInLine(source, at);
    if (fence) {
      text += source.slice(at, fence.start);
      flush();
      nodes.push(fence.node);
      at = fence.end;
      continue;
    }
    const lineEnd = endOfLine(source, at);
    text += source.slice(at, lineEnd);
    at = lineEnd;
  }
  flush();
  return nodes;
}

function endOfLine(source, at) {
  const end = source.indexOf('\n', at);
  return end === -1 ? source.length : end + 1;
}

function blockAt(rest, quotes) {
  for (const block of BLOCKS) {
    const found = block(rest, quotes);
    if (found) return found;
  }
  return null;
}

/** A ``` block that opens in the line at `at`; it may begin in the middle of the line. */
function fenceInLine(source, at) {
  const lineEnd = endOfLine(source, at);
  let start = at;
  while (start < lineEnd) {
    if (source[start] === '\\') start += 2;
    else if (source.startsWith('```', start)) break;
    else start += 1;
  }
  if (start >= lineEnd) return null;
  const close = source.indexOf('```', start + 3);
  if (close === -1) return null;
  const body = source.slice(start + 3, close);
  if (!body.trim()) return null;
  const named = /^([\w+#.-]+)\n([\s\S]*)$/.exec(body);
  const text = (named ? named[2] : body).replace(/^\n+|\n+$/g, '');
  const end = close + 3;
  return { start, end: source[end] === '\n' ? end + 1 : end, node: { type: 'block', text } };
}

function longQuote(rest, quotes) {
  const match = quotes ? /^ *>>> ([\s\S]+)$/.exec(rest) : null;
  return match && { node: { type: 'quote', children: parseBlocks(match[1], false) }, length: rest.length };
}

function quote(rest, quotes) {
  const match = quotes ? /^(?: *> [^\n]*(?:\n|$))+/.exec(rest) : null;
  if (!match) return null;
  const inner = match[0].replace(/^ *> /gm, '').replace(/\n$/, '');
  return { node: { type: 'quote', children: parseBlocks(inner, false) }, length: match[0].length };
}

function heading(rest) {
  const match = /^(#{1,3}) +(\S[^\n]*)(?:\n+|$)/.exec(rest);
  if (!match) return null;
  const node = { type: 'heading', level: match[1].length, children: parseInline(match[2]) };
  return { node, length: match[0].length };
}

function subtext(rest) {
  const match = /^-# +(\S[^\n]*)(?:\n|$)/.exec(rest);
  return match && { node: { type: 'subtext', children: parseInline(match[1]) }, length: match[0].length };
}

const ITEM = /^( *)([-*]|(\d{1,9})\.) +(\S[^\n]*)(?:\n|$)/;

function list(rest) {
  const rows = [];
  let length = 0;
  for (;;) {
    const row = rest.slice(length);
    const match = ITEM.exec(row);
    const more = !match && rows.length ? /^ {2,}(\S[^\n]*)(?:\n|$)/.exec(row) : null;
    if (match) rows.push({ indent: match[1].length, number: match[3], text: match[4] });
    else if (more) rows[rows.length - 1].text += `\n${more[1]}`;
    else break;
    length += (match ?? more)[0].length;
  }
  return rows.length ? { node: nest(rows), length } : null;
}

/** Rows with their indents, as a list whose items hold their own deeper lists. */
function nest(rows) {
  const root = newList(rows[0]);
  const open = [{ indent: rows[0].indent, list: root }];
  for (const row of rows) {
    while (open.length > 1 && row.indent < open[open.length - 1].indent) open.pop();
    let level = open[open.length - 1];
    if (row.indent >= level.indent + 2 && level.list.items.length) {
      const deeper = newList(row);
      level.list.items[level.list.items.length - 1].push(deeper);
      level = { indent: row.indent, list: deeper };
      open.push(level);
    }
    level.list.items.push(parseInline(row.text));
  }
  return root;
}

function newList(row) {
  return { type: 'list', ordered: row.number !== undefined, start: Number(row.number ?? 1), items: [] };
}
