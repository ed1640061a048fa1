// Several windows on one demo: what each person sees, and what happens when the demo ends and comes back.

import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout } from 'node:timers/promises';

import { Demo, heats, isReady, newest, openWindow, send, startBrowser } from './demo.mjs';

// A server that is gone says so in the console of the browser, whatever a page does.
const SERVER_GONE = /ERR_CONNECTION_REFUSED|ERR_EMPTY_RESPONSE|ERR_CONNECTION_RESET|WebSocket connection/;

let demo;
let browser;

before(async () => {
  [demo, browser] = await Promise.all([Demo.start(), startBrowser()]);
});
after(async () => {
  await browser?.close();
  await demo?.stop();
});

async function windowOf(name) {
  const page = await openWindow(browser, demo.address);
  await page.locator('#person').selectOption({ label: name });
  await page.waitForFunction((wanted) => document.querySelector('#person').selectedOptions[0].text === wanted, name);
  await isReady(page);
  return page;
}

test('another person who presses "Next" gets a copy of their own, and the asker keeps the page', async () => {
  const [ada, ben] = [await windowOf('Ada'), await windowOf('Ben')];
  const asked = await send(ada, '/news ai');
  const seen = newest(ben);
  await seen.getByText('page 1 of 2').waitFor();
  assert.deepEqual(await heats(seen), await heats(asked));
  await seen.getByRole('button', { name: 'Next' }).click();
  const copy = ben.locator('#messages > li.is-ephemeral');
  await copy.getByText('page 2 of 2').waitFor();
  assert.ok(await copy.getByText('Only you can see this').isVisible());
  // The copy is Ben's own: in it the pages turn in place.
  await copy.getByRole('button', { name: 'Previous' }).click();
  await copy.getByText('page 1 of 2').waitFor();
  assert.ok(await asked.getByText('page 1 of 2').isVisible());
  assert.equal(await ada.locator('#messages > li').count(), 1);

  // What Ben sees alone is still there after a reload, and so is Ben.
  await ben.reload();
  await copy.getByText('page 1 of 2').waitFor();
  assert.equal(await ben.locator('#person').evaluate((select) => select.selectedOptions[0].text), 'Ben');
  assert.deepEqual([...ada.complaints, ...ben.complaints], []);
  await Promise.all([ada.context().close(), ben.context().close()]);
});

test('channels are apart, and an unread one is marked', async () => {
  const [ada, mona] = [await windowOf('Ada'), await windowOf('Mona (moderator)')];
  await mona.getByRole('button', { name: 'general' }).click();
  await mona.getByText('Nothing here yet').waitFor();
  await send(mona, '/topics');
  await ada.getByRole('button', { name: 'general (new messages)' }).click();
  await newest(ada).getByText('Mona').first().waitFor();
  await ada.getByRole('button', { name: 'general', exact: true }).waitFor();
  assert.equal(await ada.locator('#messages > li').count(), 1);
  assert.deepEqual([...ada.complaints, ...mona.complaints], []);
  await Promise.all([ada.context().close(), mona.context().close()]);
});

test('the demo ends at once on Ctrl+C with pages open, which come back when it does', async () => {
  const [ada, ben] = [await windowOf('Ada'), await windowOf('Ben')];
  await send(ada, '/news ai');
  const { port } = demo;
  const { code, milliseconds } = await demo.stop();
  assert.equal(code, 0, demo.log.join(''));
  assert.ok(milliseconds < 2_000, `${milliseconds} ms`);
  assert.doesNotMatch(demo.log.join(''), /still had connections/);
  await ada.getByText('Connection lost, reconnecting…').waitFor();
  await ada.locator('#line').fill('/news ai');
  await ada.keyboard.press('Enter');
  await ada.getByRole('alert').getByText('The local server cannot be reached').waitFor();

  demo = await Demo.start({ port });
  for (const page of [ada, ben]) {
    await page.locator('#banner').waitFor({ state: 'hidden', timeout: 15_000 });
    await isReady(page);
    // Its messages lived in the memory of the one that ended.
    assert.equal(await page.locator('#messages > li').count(), 0);
  }
  await ada.keyboard.press('Enter');
  await newest(ben).getByText('page 1 of 2').waitFor();
  const complaints = [...ada.complaints, ...ben.complaints];
  assert.deepEqual(complaints.filter((complaint) => !SERVER_GONE.test(complaint)), []);
  await Promise.all([ada.context().close(), ben.context().close()]);
});

for (const [what, options, words] of [
  ['a taken port', () => ({ port: demo.port }), /heatwire: .*port \d+.*--port.*in use/],
  ['a folder that is not there', () => ({ articles: '/no/such/folder' }), /heatwire: the articles folder does not exist\n/],
]) {
  test(`${what} is one clear line with its cause told once`, async () => {
    const { message } = await Demo.start(options()).catch((error) => error);
    assert.match(message, words);
    assert.equal(message.split('\n').filter((line) => line.includes('heatwire: ')).length, 1, message);
    assert.ok(message.split('in use').length <= 2, message);
  });
}

test('--open opens the page in the browser of the system', { timeout: 10_000 }, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'heatwire-open-'));
  const opened = join(folder, 'opened');
  await writeFile(join(folder, 'xdg-open'), `#!/bin/sh\nprintf '%s' "$1" >'${opened}.part' && mv '${opened}.part' '${opened}'\n`, { mode: 0o755 });
  const other = await Demo.start({ options: ['--open'], path: `${folder}:${process.env.PATH}` });
  try {
    let address;
    while (!address) {
      address = await readFile(opened, 'utf8').catch(() => setTimeout(50));
    }
    assert.equal(address, other.address);
  } finally {
    await other.stop();
    await rm(folder, { recursive: true, force: true });
  }
});
