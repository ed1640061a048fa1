// The feed of #news in the demo: what an editor saves appears there, is corrected there, and is taken back.

import assert from 'node:assert/strict';
import { cp, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { Demo, FEED_BACKFILL, feedHasBegun, isReady, newest, openWindow, send, startBrowser } from './demo.mjs';

let folder;
let demo;
let browser;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'heatwire-feeds-'));
  await cp(fileURLToPath(new URL('../../articles', import.meta.url)), folder, { recursive: true });
  [demo, browser] = await Promise.all([Demo.start({ articles: folder }), startBrowser()]);
});
after(async () => {
  await browser?.close();
  await demo?.stop();
  await rm(folder, { recursive: true, force: true });
});

/** As an editor does: written beside, then put in its place. */
async function save(title, more = '') {
  const half = join(folder, '.half');
  const now = new Date().toISOString();
  await writeFile(
    half,
    `---\ntitle: ${title}\nwebUrl: https://example.com/new\nquality: 90\nheat: 1\npublishedDateTime: ${now}\n${more}---\n`,
  );
  await rename(half, join(folder, 'new.md'));
}

test('it begins with the hottest, and a saved article appears by itself, is corrected, and is taken back', async () => {
  const page = await openWindow(browser, demo.address);
  await feedHasBegun(page);
  const messages = page.locator('#messages > li');
  assert.equal(await messages.count(), FEED_BACKFILL);

  await save('Hot from the press');
  await messages.nth(FEED_BACKFILL).waitFor();
  await newest(page).getByRole('link', { name: 'Hot from the press' }).waitFor();

  await save('Corrected by the editor');
  await page.getByRole('link', { name: 'Corrected by the editor' }).waitFor({ timeout: 30_000 });
  assert.ok(await newest(page).getByText('(edited)').isVisible());

  await page.locator('#person').selectOption({ label: 'Mona (moderator)' });
  await isReady(page);
  const list = await send(page, '/feed list');
  await list.getByText('1 feed').waitFor();
  await list.getByText(`${FEED_BACKFILL + 1} sent`).waitFor();
  const why = await send(page, '/why article:Corrected by the editor');
  await why.getByText(/sent/i).first().waitFor();

  await save('Corrected by the editor', 'published: false\n');
  await page.locator('#messages').getByRole('link', { name: 'Corrected by the editor' }).waitFor({ state: 'detached' });
  assert.deepEqual(page.complaints, []);
  await page.context().close();
});

test('the button of a posted card opens it in full, for the presser alone', async () => {
  const page = await openWindow(browser, demo.address);
  await feedHasBegun(page);
  await page.locator('#messages > li').first().getByRole('button', { name: 'Details' }).click();
  await page.getByText('Only you can see this').waitFor();
  assert.deepEqual(page.complaints, []);
  await page.context().close();
});
