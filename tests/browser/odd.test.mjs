// Articles whose texts try the layout: longest, none, right to left, without spaces, emoji, Markdown.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { newest, openWindow, openWindowOf, send, useDemo } from './demo.mjs';
import { ODD_ARTICLES } from './walk.mjs';

const stage = useDemo({ articles: ODD_ARTICLES });
const PHONE = { viewport: { width: 360, height: 640 } };

/** What is wider than the window. */
function wider(page) {
  return page.evaluate(() => {
    const all = [...document.querySelectorAll('.stage *')].filter((part) => !part.closest('.visually-hidden'));
    return all.filter((part) => part.getBoundingClientRect().right > innerWidth + 1).map((part) => part.className);
  });
}

for (const locale of ['en-US', 'ja']) {
  test(`no text is wider than a phone, ${locale}`, async () => {
    const page = await openWindow(stage.browser, stage.demo.address, { ...PHONE, locale });
    for (const line of ['/news railways', '/topics', '/article longest', '/article Donaudampf', '/article stars lines']) {
      await send(page, line);
      assert.deepEqual(await wider(page), [], line);
    }
    assert.deepEqual(page.complaints, []);
    await page.context().close();
  });
}

test('the box of a small picture shows nothing cut', async () => {
  for (const options of [{}, PHONE]) {
    const page = await openWindow(stage.browser, stage.demo.address, options);
    const list = await send(page, '/news railways');
    const boxes = list.locator('.card-thumbnail');
    assert.ok((await boxes.count()) > 1);
    const cut = await boxes.evaluateAll((all) => all.filter((box) => box.scrollHeight > box.clientHeight).map((box) => box.innerText));
    assert.deepEqual(cut, []);
    await page.context().close();
  }
});

test('a field that is alone in its row has the whole width, and so has a long one', async () => {
  const width = (part) => part.evaluate((element) => element.getBoundingClientRect().width);
  const phone = await openWindow(stage.browser, stage.demo.address, PHONE);
  const short = await send(phone, '/article signal box');
  assert.equal(await width(short.locator('.card-field').nth(2)), await width(short.locator('.card-fields')));
  await phone.context().close();
  const page = await openWindow(stage.browser, stage.demo.address);
  const long = await send(page, '/article longest');
  assert.equal(await width(long.locator('.card-field').nth(2)), await width(long.locator('.card-fields').first()));
  await page.context().close();
});

test('a title from right to left turns no other line, and moves no date', async () => {
  const mona = await openWindowOf(stage, 'Mona (moderator)');
  const why = await send(mona, '/why רכבת');
  // Where the first letter of a line stands shows the direction of the line.
  const left = (part, words) =>
    part.evaluate((element, wanted) => {
      const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
      for (let node = texts.nextNode(); node; node = texts.nextNode()) {
        const at = node.data.indexOf(wanted);
        if (at < 0) continue;
        const range = document.createRange();
        range.setStart(node, at);
        range.setEnd(node, at + wanted.length);
        return range.getBoundingClientRect().left;
      }
      return null;
    }, words);
  const text = why.locator('.message-text');
  assert.ok((await left(text, 'Feed')) < (await left(text, ' in ')));
  assert.ok((await left(text, '#')) < (await left(text, 'news')), 'a mention begins with its sign');

  const list = await send(mona, '/search قطار الليل');
  const heading = list.locator('.message-text');
  assert.ok((await left(heading, 'قطار')) < (await left(heading, '1 article')));
  assert.ok((await left(heading, '1 article')) < (await left(heading, 'page 1')));
  const footer = list.locator('.card-footer');
  assert.ok((await left(footer, 'سكك')) < (await footer.locator('time').boundingBox()).x);
  assert.deepEqual(mona.complaints, []);
  await mona.context().close();
});

test('an answer names the subcommand', async () => {
  const mona = await openWindowOf(stage, 'Mona (moderator)');
  await send(mona, '/feed list');
  assert.equal(await newest(mona).locator('.message-used .mention').innerText(), '/feed list');
  await mona.context().close();
});
