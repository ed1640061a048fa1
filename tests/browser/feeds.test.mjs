// The feed of #news in the demo: what an editor saves appears there, is corrected there, and is withdrawn.

import assert from 'node:assert/strict';
import { cp, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { Demo, FEED_BACKFILL, faultsOf, feedHasBegun, isReady, newest, openWindow, send, startBrowser } from './demo.mjs';
import { openWith } from './events.mjs';

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

/** What stands over the channel. */
function aboutChannel(page) {
  return page.getByRole('region', { name: 'About this channel' });
}

/** As an editor does: written beside, then put in its place. */
async function save(title, more = '', name = 'new') {
  const half = join(folder, '.half');
  const now = new Date().toISOString();
  await writeFile(
    half,
    `---\ntitle: ${title}\nwebUrl: https://example.com/${name}\nquality: 90\nheat: 1\npublishedDateTime: ${now}\n${more}---\n`,
  );
  await rename(half, join(folder, `${name}.md`));
}

test('it begins with the hottest, and a saved article appears by itself, is corrected, and is withdrawn', async () => {
  const page = await openWindow(browser, demo.address);
  await feedHasBegun(page);
  const messages = page.locator('#messages > li');
  assert.equal(await messages.count(), FEED_BACKFILL);

  await save('Hot from the press');
  await messages.nth(FEED_BACKFILL).waitFor();
  await newest(page).getByRole('link', { name: 'Hot from the press' }).waitFor();
  await aboutChannel(page).getByText(`Feed 1 · active · 0 due · ${FEED_BACKFILL + 1} sent`).waitFor();
  await newest(page).getByText(/feed 1 · posted .* ago$|feed 1 · posted now$/).waitFor();

  await save('Corrected by the editor');
  await page.getByRole('link', { name: 'Corrected by the editor' }).waitFor({ timeout: 30_000 });
  assert.ok(await newest(page).getByText('(edited)').isVisible());
  await newest(page).getByText(/feed 1 · posted .* · corrected /).waitFor();

  await page.locator('#person').selectOption({ label: 'Mona (moderator)' });
  await isReady(page);
  const list = await send(page, '/feed list');
  await list.getByText('1 feed').waitFor();
  await list.getByText(`${FEED_BACKFILL + 1} sent`).waitFor();
  const why = await send(page, '/why article:Corrected by the editor');
  await why.getByText(/Posted/).first().waitFor();

  await save('Corrected by the editor', 'published: false\n');
  await page.locator('#messages').getByRole('link', { name: 'Corrected by the editor' }).waitFor({ state: 'detached' });
  await aboutChannel(page).getByText(`${FEED_BACKFILL} sent · 1 withdrawn`).waitFor();
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

test('what waits says what for, and what a moderator stopped says so, as it happens', async () => {
  const page = await openWindow(browser, demo.address);
  await feedHasBegun(page);
  const moderator = await openWindow(browser, demo.address);
  await moderator.locator('#person').selectOption({ label: 'Mona (moderator)' });
  await isReady(moderator);
  const hour = (more) => `${String((new Date().getUTCHours() + more + 24) % 24).padStart(2, '0')}:00`;
  await send(moderator, `/feed edit feed:1 quiet_hours:${hour(-1)}-${hour(2)}`);
  await save('Not at night', 'originalUrl: https://example.com/night\n', 'night');
  await aboutChannel(page).getByText(/1 due · The feed waits until its quiet hours end in/).waitFor();
  assert.equal(await aboutChannel(page).locator('.note').getAttribute('data-tone'), 'waiting');
  await send(moderator, '/feed pause feed:1');
  await aboutChannel(page).getByText(/paused by a moderator/).waitFor();
  await page.getByRole('button', { name: 'general' }).click();
  await aboutChannel(page).waitFor({ state: 'hidden' });
  await page.getByRole('button', { name: 'news', exact: true }).click();
  await aboutChannel(page).getByText(/paused by a moderator/).waitFor();
  assert.deepEqual([...page.complaints, ...moderator.complaints], []);
  await Promise.all([page.context().close(), moderator.context().close()]);
});

for (const [name, options] of [
  ['dark', {}],
  ['light', { colorScheme: 'light' }],
  ['on a phone', { viewport: { width: 360, height: 640 } }],
]) {
  test(`what is said of a channel is text, of each tone, and leaves room for messages, ${name}`, async () => {
    const page = await openWith({ demo, browser }, undefined, options);
    await feedHasBegun(page);
    const channel = '1100000000000000200';
    const message = await newest(page).getAttribute('data-id');
    const texts = ['<img src=x> **2** due', 'y'.repeat(600), ...Array.from({ length: 23 }, (_, at) => `Feed ${at}`)];
    const notes = texts.map((text, at) => ({ channel, message: null, tone: ['good', 'waiting', 'trouble'][at % 3], text }));
    notes.push({ channel, message, tone: 'trouble', text: 'It should be taken back' });
    await page.route(/page\/notes/, (route) => route.fulfill({ json: { notes } }));
    page.tell({ event: 'notes' });
    await aboutChannel(page).getByText('<img src=x> 2 due').waitFor();
    await aboutChannel(page).getByText('and 21 more').waitFor();
    await newest(page).getByText('It should be taken back').waitFor();
    assert.equal(await page.locator('.note img').count(), 0);
    assert.deepEqual(await faultsOf(page), []);
    const wide = await page.evaluate(() => [...document.querySelectorAll('.note')].some((part) => part.getBoundingClientRect().right > innerWidth + 1));
    assert.ok(!wide);
    assert.ok((await page.locator('#scroller').boundingBox()).height > 200);
    assert.deepEqual(page.complaints, []);
    await page.context().close();
  });
}
