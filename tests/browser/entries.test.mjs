// The feeds of the demo: the button on the page adds an entry, which becomes a file, a story and a post.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { faultsOf, feedHasBegun, newest, openWindow, useDemo } from './demo.mjs';

const stage = useDemo({ articles: null });

test('an entry is posted once, and its card names each further provider', async () => {
  const page = await openWindow(stage.browser, stage.demo.address);
  await feedHasBegun(page);
  const messages = page.locator('#messages > li');
  const begun = await messages.count();
  const actions = page.getByRole('region', { name: 'Actions of this program' });
  const button = actions.getByRole('button', { name: 'Add a feed entry' });

  await button.focus();
  await page.keyboard.press('Enter');
  await actions.getByText(/Northern Post reports: /).waitFor();
  await newest(page).getByRole('link', { name: /night ferry/ }).waitFor({ timeout: 60_000 });

  await button.click();
  await actions.getByText(/Field Notes reports: /).waitFor();
  await button.click();
  await actions.getByText(/Harbour Wire reports: /).waitFor();
  await newest(page).getByText(/Also covered by .*Harbour Wire/).waitFor({ timeout: 60_000 });
  assert.match(await newest(page).innerText(), /Field Notes/);
  assert.equal(await messages.count(), begun + 1);

  assert.deepEqual(await faultsOf(page), []);
  assert.deepEqual(page.complaints, []);
  await page.context().close();
});

test('on a phone the button and its words stay within the window', async () => {
  const page = await openWindow(stage.browser, stage.demo.address, { viewport: { width: 320, height: 640 } });
  await page.getByRole('button', { name: 'Add a feed entry' }).click();
  await page.getByText(/ reports: /).waitFor();
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  assert.ok(width <= 320, `${width}`);
  assert.deepEqual(await faultsOf(page), []);
  await page.context().close();
});
