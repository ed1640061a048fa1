// Several windows on one demo: what each person sees, and what happens when the demo ends and comes back.

import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout } from 'node:timers/promises';

import { Demo, feedHasBegun, heats, isReady, newest, openWindowOf, send, useDemo } from './demo.mjs';

// A server that is gone says so in the console of the browser, whatever a page does.
const SERVER_GONE = /ERR_CONNECTION_REFUSED|ERR_EMPTY_RESPONSE|ERR_CONNECTION_RESET|WebSocket connection/;

const stage = useDemo();

const windowOf = (name) => openWindowOf(stage, name);

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
  assert.equal(await ada.locator('#messages').getByText('page 1 of 2').count(), 1);

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
  const { port } = stage.demo;
  assert.equal(await stage.demo.stop(), 0, stage.demo.log.join(''));
  // It says so when it had to wait for a page as long as it may.
  assert.doesNotMatch(stage.demo.log.join(''), /still had connections/);
  await ada.getByText('Connection lost, reconnecting…').waitFor();
  await ada.locator('#line').fill('/news ai');
  await ada.keyboard.press('Enter');
  await ada.getByRole('alert').getByText('The local server cannot be reached').waitFor();

  stage.demo = await Demo.start({ port });
  for (const page of [ada, ben]) {
    await page.locator('#banner').waitFor({ state: 'hidden', timeout: 15_000 });
    await isReady(page);
    await feedHasBegun(page);
    // Its messages lived in the memory of the one that ended.
    assert.equal(await page.locator('#messages').getByText('page 1 of 2').count(), 0);
  }
  await ada.keyboard.press('Enter');
  await newest(ben).getByText('page 1 of 2').waitFor();
  const complaints = [...ada.complaints, ...ben.complaints];
  assert.deepEqual(complaints.filter((complaint) => !SERVER_GONE.test(complaint)), []);
  await Promise.all([ada.context().close(), ben.context().close()]);
});

for (const [what, options, words] of [
  ['a taken port', () => ({ port: stage.demo.port }), /heatwire: .*port \d+.*--port.*in use/],
  ['a folder that is not there', () => ({ articles: '/no/such/folder' }), /heatwire: the articles folder does not exist \(the bot looked for \/no\/such\/folder\); set ARTICLES_DIR [^\n]+ --articles DIR\n$/],
]) {
  test(`${what} is one clear line that names its cause once`, async () => {
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

test('moderators are offered their commands, and members are not', async () => {
  const [ada, mona] = [await windowOf('Ada'), await windowOf('Mona (moderator)')];
  for (const page of [ada, mona]) {
    await page.locator('#line').fill('/');
    await page.getByRole('option', { name: '/news' }).waitFor();
  }
  assert.equal(await ada.getByRole('option', { name: '/reload' }).count(), 0);
  await ada.locator('#line').fill('/reload');
  await ada.keyboard.press('Enter');
  await ada.getByRole('alert').getByText('There is no command /reload').waitFor();
  const answer = await send(mona, '/reload');
  await answer.getByText('Only you can see this').waitFor();
  assert.doesNotMatch(await answer.innerText(), /did not respond/);
  assert.deepEqual([...ada.complaints, ...mona.complaints], []);
  await Promise.all([ada.context().close(), mona.context().close()]);
});

test('in direct messages the bot answers one person, who is offered what works there', async () => {
  const [ada, mona] = [await windowOf('Ada'), await windowOf('Mona (moderator)')];
  for (const page of [ada, mona]) await page.getByRole('button', { name: 'heatwire', exact: true }).click();
  await ada.getByPlaceholder('Message @heatwire').waitFor();
  const answer = await send(ada, '/news ai');
  await answer.getByText('page 1 of 2').waitFor();
  await answer.getByRole('button', { name: 'Next' }).click();
  await answer.getByText('page 2 of 2').waitFor();
  assert.equal(await mona.locator('#messages > li').count(), 0, 'they are Ada\'s alone');
  await mona.locator('#line').fill('/');
  await mona.getByRole('option', { name: '/news' }).waitFor();
  assert.equal(await mona.getByRole('option', { name: '/reload' }).count(), 0);
  await mona.getByRole('button', { name: 'news', exact: true }).click();
  await mona.locator('#line').fill('/');
  await mona.getByRole('option', { name: '/reload' }).waitFor();
  assert.deepEqual([...ada.complaints, ...mona.complaints], []);
  await Promise.all([ada.context().close(), mona.context().close()]);
});
