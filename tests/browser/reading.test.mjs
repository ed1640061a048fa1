// What a member does: ask, turn pages, open an article, complete a word. By keyboard, as far as it goes.

import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';

import { heats, newest, openWindow, send, tabTo, useDemo } from './demo.mjs';

const PAGE = 5;

const stage = useDemo();
let page;

beforeEach(async () => {
  page = await openWindow(stage.browser, stage.demo.address);
});
afterEach(async () => {
  assert.deepEqual(page.complaints, []);
  await page.context().close();
});

function isDescending(numbers) {
  return numbers.every((number, index) => index === 0 || numbers[index - 1] >= number);
}

test('/news ai by keyboard only: hottest first, and the pages turn in place', async () => {
  await page.keyboard.type('/news ai');
  await page.keyboard.press('Enter');
  const answer = newest(page);
  await answer.getByText('page 1 of 2').waitFor();
  assert.match(await answer.innerText(), /Ada\s+used\s+\/news\s+H\s+heatwire\s+APP/);
  const first = await heats(answer);
  assert.equal(first.length, PAGE);
  const count = await page.locator('#messages > li').count();

  await tabTo(page, 'Shift+Tab', 'button', 'Next');
  await page.keyboard.press('Enter');
  await answer.getByText('page 2 of 2').waitFor();
  const second = await heats(answer);
  assert.ok(second.length > 0 && isDescending([...first, ...second]), `${first} then ${second}`);
  assert.ok(await answer.getByRole('button', { name: 'Next' }).isDisabled());
  assert.equal(await page.locator('#messages > li').count(), count);

  // "Next" is not to be pressed any more; the focus is still on the message, and "Previous" is near.
  await tabTo(page, 'Tab', 'button', 'Previous');
  await page.keyboard.press('Enter');
  await answer.getByText('page 1 of 2').waitFor();
  assert.deepEqual(await heats(answer), first);
});

test('a turned page leaves the focus where it was, so that the next press turns on', async () => {
  const answer = await send(page, '/news type:article');
  await answer.getByRole('button', { name: 'Next' }).focus();
  await page.keyboard.press('Enter');
  await answer.getByText('page 2 of').waitFor();
  // Until the press is known to be answered, a further one is not taken.
  await page.waitForFunction(() => !document.querySelector('#messages > li:last-child [aria-disabled]'));
  await page.keyboard.press('Enter');
  await answer.getByText('page 3 of').waitFor();
});

test('options are fields: topics come from the bot, orders from a list, and each key does what it does in a chat', async () => {
  await page.keyboard.type('/ne');
  await page.getByRole('option', { name: '/news' }).waitFor();
  await page.keyboard.press('Enter');
  await page.getByRole('option', { name: 'topic' }).waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Tab');
  await page.keyboard.type('climte');
  await page.getByRole('option', { name: 'Climate' }).waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.keyboard.type('sort');
  await page.getByRole('option', { name: 'sort' }).waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.keyboard.type('newest');
  await page.keyboard.press('Enter');
  assert.deepEqual(
    await page.locator('.chip').evaluateAll((chips) =>
      chips.map((chip) => `${chip.innerText.trim()}:${chip.querySelector('input').value}`),
    ),
    ['topic:Climate', 'sort:newest (newest first)'],
  );
  await page.keyboard.press('Enter');
  await newest(page).getByText('Climate · newest first').waitFor();
});

test('Backspace takes a field away, Escape turns the fields into a line', async () => {
  await page.keyboard.type('/news ai newest');
  await page.keyboard.press('Tab');
  await page.locator('.chip').nth(1).waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.className), 'chip-more');
  await page.keyboard.press('Backspace');
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.press('Backspace');
  await page.keyboard.press('Backspace');
  assert.deepEqual(await page.locator('.chip-label').allInnerTexts(), ['topic']);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  assert.equal(await page.locator('#line').inputValue(), '/news topic:ai');
});

test('what cannot be sent is said in words, and nothing is sent', async () => {
  const before = await page.locator('#messages > li').count();
  for (const [line, words] of [
    ['hello', 'only runs slash commands'],
    ['/nope', 'no command /nope'],
    ['/topics extra words', '/topics has no option for “extra words”'],
    ['/news sort:sideways', '“sideways” is not one of heat'],
  ]) {
    await page.locator('#line').fill(line);
    await page.keyboard.press('Enter');
    await page.getByRole('alert').getByText(words).waitFor();
    assert.ok(await page.locator('#popup').isHidden(), line);
  }
  assert.equal(await page.locator('#messages > li').count(), before);
});

test('the menu opens an article in full, for the reader alone, who dismisses it', async () => {
  const answer = await send(page, '/news ai');
  const titles = await answer.locator('.card-title').allInnerTexts();
  await answer.getByRole('combobox').focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  const opened = page.locator('#messages > li.is-ephemeral');
  await opened.getByText('Only you can see this').waitFor();
  assert.equal(await opened.locator('.card-title').first().innerText(), titles[1]);
  assert.ok(await opened.getByText('Related stories').isVisible());

  const ben = await openWindow(stage.browser, stage.demo.address);
  await ben.locator('#person').selectOption({ label: 'Ben' });
  await newest(ben).getByText('AI · hottest first').waitFor();
  assert.equal(await ben.locator('#messages > li.is-ephemeral').count(), 0);
  await ben.context().close();

  await opened.getByRole('button', { name: 'Dismiss message' }).press('Enter');
  await opened.waitFor({ state: 'detached' });
  await page.reload();
  await newest(page).getByText('AI · hottest first').waitFor();
  assert.equal(await page.locator('#messages > li.is-ephemeral').count(), 0);
});

test('/article completes words of a title in any order', async () => {
  await page.keyboard.type('/article need atten');
  await page.getByRole('option', { name: 'Attention Is All You Need' }).waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  const link = newest(page).getByRole('link', { name: 'Attention Is All You Need' });
  assert.equal(await link.getAttribute('href'), 'https://arxiv.org/abs/1706.03762');
  assert.equal(await link.getAttribute('rel'), 'noopener noreferrer nofollow');
  // Midnight in UTC, for a reader in Berlin in summer.
  assert.equal(await newest(page).locator('.card-footer time').first().innerText(), '12/06/2017, 02:00');
  // Three fields side by side.
  const tops = await newest(page).locator('.card-field').evaluateAll((fields) => fields.map((field) => field.offsetTop));
  assert.equal(tops.length, 3);
  assert.equal(new Set(tops).size, 1, tops.join());
});

test('/topics lists every topic, and a picture that cannot load is a calm box', async () => {
  const topics = await send(page, '/topics');
  assert.match(await topics.innerText(), /AI/);
  const article = await send(page, '/article apollo 11');
  const picture = article.getByRole('img', { name: /Picture/ }).first();
  assert.ok((await picture.boundingBox()).height > 40);
  assert.equal(await page.locator('#messages img').count(), 0);
});
