// Commands in the menu of a message.

import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';

import { faultsOf, newest, openWindow, send, tabTo, useDemo } from './demo.mjs';

const stage = useDemo();
let page;

beforeEach(async () => {
  page = await openWindow(stage.browser, stage.demo.address);
});
afterEach(async () => {
  assert.deepEqual(page.complaints, []);
  await page.context().close();
});

test('More like this: from a card to related articles that only the asker sees', async () => {
  await send(page, '/article title:Attention Is All You Need');
  const card = newest(page);
  await card.hover();
  await card.getByLabel('Apps').click();
  await card.getByRole('button', { name: 'More like this' }).click();
  const answer = page.locator('#messages > li.is-ephemeral').filter({ hasText: 'More like “' }).last();
  await answer.waitFor();
  assert.match(await answer.innerText(), /Ada\s+used\s+More like this/);
  const cards = await answer.locator('.card').count();
  assert.ok(cards >= 1 && cards <= 5, String(cards));
  assert.deepEqual(await faultsOf(page), []);
  await answer.getByRole('button', { name: 'Dismiss message' }).click();
  await answer.waitFor({ state: 'detached' });
});

test('the menu of a message opens by keyboard and closes with its choice', async () => {
  await send(page, '/news ai');
  await tabTo(page, 'Shift+Tab', '.message-apps summary');
  await page.keyboard.press('Enter');
  await tabTo(page, 'Tab', '.message-apps button', 'More like this');
  await page.keyboard.press('Enter');
  await page.locator('#messages > li.is-ephemeral').filter({ hasText: 'More like “' }).last().waitFor();
  assert.equal(await page.locator('.message-apps[open]').count(), 0);
});
