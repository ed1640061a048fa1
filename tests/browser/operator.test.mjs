// The drawer for operators: the bot's requests as they came, and faults that one plans by a click.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { isReady, newest, openWindow, openWindowOf, send, useDemo } from './demo.mjs';

const stage = useDemo();

const windowOf = (name) => openWindowOf(stage, name);

test('the raw JSON of each request, as it happens', async () => {
  const page = await openWindow(stage.browser, stage.demo.address);
  await page.getByRole('button', { name: 'For operators' }).press('Enter');
  const drawer = page.getByRole('complementary', { name: 'For operators' });
  await drawer.getByText('PUT /applications/1100000000000000001/commands').waitFor();
  await send(page, '/news ai');
  const first = drawer.locator('.requests li').first();
  await first.getByText(/POST \/interactions\/\d+\/\w+\/callback/).click();
  const body = JSON.parse(await first.locator('pre').innerText());
  assert.equal(body.type, 4);
  assert.equal(body.data.embeds[0].title, 'Attention Is All You Need');
  // What is open stays open when the next request comes.
  await send(page, '/news type:video');
  await drawer.locator('.requests li').nth(1).locator('pre').waitFor();
  await first.locator('summary').focus();
  await page.keyboard.press('Escape');
  assert.ok(await drawer.isHidden());
  assert.equal(await page.evaluate(() => document.activeElement.id), 'operator');
  assert.deepEqual(page.complaints, []);
  await page.context().close();
});

test('an answer that is lost on its way fails after Discord\'s 3 seconds, and the next one works', async () => {
  const page = await windowOf('Mona (moderator)');
  await page.getByRole('button', { name: 'For operators' }).click();
  const drawer = page.getByRole('complementary', { name: 'For operators' });
  await drawer.getByLabel('Of').selectOption('answers to commands and buttons');
  await drawer.getByLabel('each').selectOption('fails with status 500');
  await drawer.getByLabel('the next').fill('3');
  await drawer.getByRole('button', { name: 'Plan this fault' }).click();
  await drawer.getByText('3 × status on POST /interactions/*/*/callback').waitFor();
  await page.locator('#line').fill('/news climate');
  await page.keyboard.press('Enter');
  await newest(page).getByText('The application did not respond').waitFor();
  await drawer.getByRole('button', { name: 'Forget all faults' }).click();
  await drawer.getByText('No fault is planned').waitFor();
  await send(page, '/news climate');
  await newest(page).getByText('Climate · hottest first').waitFor();
  await page.context().close();
});

test('a broken connection to Discord is seen, and mends itself', async () => {
  const page = await windowOf('Mona (moderator)');
  await page.getByRole('button', { name: 'For operators' }).click();
  const drawer = page.getByRole('complementary', { name: 'For operators' });
  await page.evaluate(() => {
    window.states = [];
    const state = document.getElementById('bot-state');
    new MutationObserver(() => window.states.push(state.textContent)).observe(state, { childList: true });
  });
  await drawer.getByRole('button', { name: 'Drop the connection' }).click();
  await page.waitForFunction(() => window.states.includes('offline') && window.states.at(-1) === 'online');
  await send(page, '/topics');
  assert.deepEqual(page.complaints, []);
  await page.context().close();
});

test('a planned fault is shown to all and taken back by a moderator, who alone plans', async () => {
  const [mona, ada] = [await windowOf('Mona (moderator)'), await windowOf('Ada')];
  for (const page of [mona, ada]) await page.getByRole('button', { name: 'For operators' }).click();
  const drawer = (page) => page.getByRole('complementary', { name: 'For operators' });
  await drawer(ada).getByText('Faults are planned by a moderator').waitFor();
  assert.equal(await drawer(ada).getByRole('button', { name: 'Plan this fault' }).count(), 0);
  // The server refuses as well, whatever a page may offer.
  const refused = await ada.evaluate(async () => {
    const person = new URLSearchParams(location.hash.slice(1)).get('person');
    const body = JSON.stringify({ person, kind: 'outage' });
    const response = await fetch('/page/faults', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body });
    return [response.status, await response.json()];
  });
  assert.deepEqual(refused, [422, { error: 'only a moderator plans faults' }]);
  ada.complaints.length = 0;

  await drawer(mona).getByRole('button', { name: 'Plan this fault' }).click();
  await mona.reload();
  await isReady(mona);
  await mona.getByRole('button', { name: 'For operators' }).click();
  const remove = drawer(mona).getByRole('button', { name: 'Remove 1 × status on *' });
  await remove.press('Enter');
  await drawer(mona).getByText('No fault is planned').waitFor();
  assert.equal(await drawer(mona).locator('.planned li').count(), 0);
  assert.equal(await mona.evaluate(() => document.activeElement.textContent), 'For operators');
  assert.deepEqual([...mona.complaints, ...ada.complaints], []);
  await Promise.all([mona.context().close(), ada.context().close()]);
});
