import assert from 'node:assert/strict';
import { test } from 'node:test';

import { parseMarkdown, parseTitle, textOf } from '../../src/page/markdown.js';

const text = (words) => ({ type: 'text', text: words });
const node = (type, ...children) => ({ type, children });
const link = (href, ...children) => ({ type: 'link', href, children });

/** The inline nodes of a text that is one paragraph. */
function inline(source) {
  const tree = parseMarkdown(source);
  assert.equal(tree.length, 1, JSON.stringify(tree));
  assert.equal(tree[0].type, 'paragraph');
  return tree[0].children;
}

test('a backslash makes the next punctuation plain text', () => {
  assert.deepEqual(inline('\\*not bold\\* \\[a\\]\\(b\\) \\\\ \\<@1\\>'), [text('*not bold* [a](b) \\ <@1>')]);
  assert.deepEqual(inline('C:\\dir\\1'), [text('C:\\dir\\1')]);
});

test('marks', () => {
  assert.deepEqual(inline('**b**'), [node('bold', text('b'))]);
  assert.deepEqual(inline('*i* _j_'), [node('italic', text('i')), text(' '), node('italic', text('j'))]);
  assert.deepEqual(inline('__u__ ~~s~~'), [node('underline', text('u')), text(' '), node('strike', text('s'))]);
  assert.deepEqual(inline('||x **y**||'), [node('spoiler', text('x '), node('bold', text('y')))]);
  assert.deepEqual(inline('***both***'), [node('bold', node('italic', text('both')))]);
});

test('marks inside words and lone marks are text', () => {
  for (const words of ['snake_case_name', '2 * 3 * 4', '**open', '_open', 'a ** b', '||', '``', '~~']) {
    assert.deepEqual(inline(words), [text(words)]);
  }
});

test('an escaped mark does not close', () => {
  assert.deepEqual(inline('**a\\*\\*b**'), [node('bold', text('a**b'))]);
});

test('code displays everything literally', () => {
  assert.deepEqual(inline('`**a** \\* <@1>`'), [{ type: 'code', text: '**a** \\* <@1>' }]);
  assert.deepEqual(inline('`` `x` ``'), [{ type: 'code', text: '`x`' }]);
  assert.deepEqual(inline('**a `**` b**'), [node('bold', text('a '), { type: 'code', text: '**' }, text(' b'))]);
});

test('code blocks, also in the middle of a line', () => {
  assert.deepEqual(parseMarkdown('```rust\n# no heading\n```'), [{ type: 'block', text: '# no heading' }]);
  assert.deepEqual(parseMarkdown('see ```a```'), [
    node('paragraph', text('see ')),
    { type: 'block', text: 'a' },
  ]);
  assert.deepEqual(inline('\\`\\`\\`a'), [text('```a')]);
});

test('quotes', () => {
  assert.deepEqual(parseMarkdown('> a\n> **b**\nc'), [
    node('quote', node('paragraph', text('a\n'), node('bold', text('b')))),
    node('paragraph', text('c')),
  ]);
  assert.deepEqual(parseMarkdown('>>> a\nb'), [node('quote', node('paragraph', text('a\nb')))]);
  assert.deepEqual(inline('>no space'), [text('>no space')]);
});

test('headings and subtext', () => {
  const tree = parseMarkdown('# One\n## Two\n### Three\n#### four\n-# small');
  assert.deepEqual(tree.map((part) => [part.type, part.level]), [
    ['heading', 1],
    ['heading', 2],
    ['heading', 3],
    ['paragraph', undefined],
    ['subtext', undefined],
  ]);
  assert.deepEqual(inline('#news'), [text('#news')]);
  assert.deepEqual(inline('\\# no heading'), [text('# no heading')]);
});

test('lists nest by indent', () => {
  const [list] = parseMarkdown('- a\n  - b\n- c');
  assert.deepEqual(list.items, [
    [text('a'), { type: 'list', ordered: false, start: 1, items: [[text('b')]] }],
    [text('c')],
  ]);
  const [numbered] = parseMarkdown('3. x\n4. y');
  assert.equal(numbered.ordered, true);
  assert.equal(numbered.start, 3);
  assert.equal(numbered.items.length, 2);
});

test('links', () => {
  assert.deepEqual(inline('[read **it**](https://a.example/x)'), [
    link('https://a.example/x', text('read '), node('bold', text('it'))),
  ]);
  assert.deepEqual(inline('[a](<https://a.example/(x)>)'), [link('https://a.example/(x)', text('a'))]);
  assert.deepEqual(inline('[a \\] b](https://a.example/)'), [link('https://a.example/', text('a ] b'))]);
  assert.deepEqual(inline('<https://a.example/>'), [link('https://a.example/', text('https://a.example/'))]);
  assert.deepEqual(inline('(see https://a.example/a_b_c).'), [
    text('(see '),
    link('https://a.example/a_b_c', text('https://a.example/a_b_c')),
    text(').'),
  ]);
});

test('only web addresses become links', () => {
  for (const source of ['[a](javascript:alert(1))', '[a](data:text/html,x)', '[a](/local)', '[](https://a.example)']) {
    assert.ok(!JSON.stringify(parseMarkdown(source)).includes('"href":"javascript'), source);
    assert.ok(!JSON.stringify(parseMarkdown(source)).includes('"href":"data'), source);
  }
  assert.deepEqual(inline('[a](/local)'), [text('[a](/local)')]);
});

test('a label that is an address does not mask another one', () => {
  const nodes = inline('[https://good.example](https://bad.example/)');
  assert.ok(!nodes.some((part) => part.href === 'https://bad.example/' && textOf(part.children).includes('good')));
});

test('Discord tags', () => {
  assert.deepEqual(inline('<t:1700000000:R>'), [{ type: 'timestamp', unix: 1700000000, style: 'R' }]);
  assert.deepEqual(inline('<t:1700000000>'), [{ type: 'timestamp', unix: 1700000000, style: 'f' }]);
  assert.deepEqual(inline('<t:99999999999999999>'), [text('<t:99999999999999999>')]);
  assert.deepEqual(inline('</feed add:12>'), [{ type: 'command', name: 'feed add', id: '12' }]);
  assert.deepEqual(inline('<@1><@!2>'), [{ type: 'user', id: '1' }, { type: 'user', id: '2' }]);
  assert.deepEqual(inline('<#3><@&4>'), [{ type: 'channel', id: '3' }, { type: 'role', id: '4' }]);
  assert.deepEqual(inline('<:fire:5><a:spin:6>'), [{ type: 'emoji', name: 'fire' }, { type: 'emoji', name: 'spin' }]);
});

test('page markup is text', () => {
  const words = '<script>alert(1)</script><img src=x onerror=alert(1)>&amp;@everyone';
  assert.deepEqual(inline(words), [text(words)]);
});

test('titles take marks but neither masked links nor blocks', () => {
  assert.deepEqual(parseTitle('# **a** [b](c)'), [text('# '), node('bold', text('a')), text(' [b](c)')]);
  const masked = parseTitle('[b](https://a.example/)');
  assert.deepEqual(masked[0], text('[b]('));
  assert.deepEqual(parseTitle('https://a.example/', true), [text('https://a.example/')]);
});

test('line breaks stay where they are', () => {
  assert.deepEqual(inline('a\n\nb'), [text('a\n\nb')]);
  assert.deepEqual(parseMarkdown('# a\n\nb')[1], node('paragraph', text('b')));
});

test('empty and hostile texts take little time', () => {
  assert.deepEqual(parseMarkdown(''), []);
  assert.deepEqual(parseMarkdown(null), []);
  const began = Date.now();
  for (const part of ['**', '[', '_a', '||', '`', '<', '[a](', '> ', '- ', '*_~~', '\\']) {
    parseMarkdown(part.repeat(6000 / part.length));
  }
  assert.ok(Date.now() - began < 5000);
});
