// What members find, and where: /search, "More like this" in the menu of a message, and the bot in an account.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { faultsOf, newest, openWindow, openWindowOf, send, useDemo } from './demo.mjs';

const stage = useDemo();

/** Sends a search until the index of the bot is there. */
async function search(page, line) {
  for (;;) {
    const answer = await send(page, line);
    if (!/not ready yet/.test(await answer.innerText())) return answer;
  }
}

/** Chooses a command in the menu of a message by keyboard, and waits for the answer. */
async function chooseInMenu(page, message, name) {
  const before = await page.locator('#messages > li').count();
  await message.getByLabel('Apps', { exact: true }).press('Enter');
  await message.getByRole('button', { name }).press('Enter');
  await page.waitForFunction(
    (count) => document.querySelectorAll('#messages > li').length > count && !document.querySelector('.message-waiting'),
    before,
  );
  return newest(page);
}

async function openPlace(page, name) {
  // An unread place says so behind its name.
  await page.getByRole('button', { name: new RegExp(`^${name}\\b(?!-)`) }).click();
  await page.getByPlaceholder(new RegExp(`^Message .${name},`)).waitFor();
}

test('/search: the best match first, what matched is bold, the pages turn, and nothing found has offers', async () => {
  const page = await openWindow(stage.browser, stage.demo.address);
  const found = await search(page, '/search atention needed');
  assert.equal(await found.locator('.card-title').first().innerText(), 'Attention Is All You Need');
  const list = await search(page, '/search the');
  await list.getByText('page 1 of').waitFor();
  await list.getByRole('button', { name: 'Next' }).press('Enter');
  await list.getByText('page 2 of').waitFor();
  const marked = await search(page, '/search recurrence');
  assert.ok(await marked.locator('.card-description strong', { hasText: 'recurrence' }).first().isVisible());
  const nothing = await search(page, '/search xylophoneq');
  await nothing.getByText('Only you can see this').waitFor();
  assert.ok((await nothing.locator('.component-row button').count()) > 0);
  assert.deepEqual(page.complaints, []);
  await page.context().close();
});

for (const [look, options] of [
  ['dark', { colorScheme: 'dark' }],
  ['light', { colorScheme: 'light' }],
  ['narrow', { viewport: { width: 360, height: 640 } }],
]) {
  test(`"More like this" is in the menu of a message with cards, ${look}`, async () => {
    const page = await openWindow(stage.browser, stage.demo.address, options);
    await search(page, '/search attention');
    const message = await send(page, '/article attention need');
    await message.getByLabel('Apps', { exact: true }).press('Enter');
    const entry = message.getByRole('button', { name: 'More like this' });
    const box = await entry.boundingBox();
    assert.ok(box.x >= 0 && box.x + box.width <= page.viewportSize().width, JSON.stringify(box));
    assert.deepEqual(await faultsOf(page), []);
    await message.getByLabel('Apps', { exact: true }).press('Enter');

    const answer = await chooseInMenu(page, message, 'More like this');
    await answer.getByText('Only you can see this').waitFor();
    assert.match(await answer.innerText(), /used\s+More like this[\s\S]*More like “Attention Is All You Need”/);
    const titles = await answer.locator('.card-title').allInnerTexts();
    assert.ok(titles.length > 0 && !titles.includes('Attention Is All You Need'), titles.join());
    assert.deepEqual(await faultsOf(page), []);
    assert.deepEqual(page.complaints, []);
    await page.context().close();
  });
}

test('Escape closes the menu of a message, and one menu closes another', async () => {
  const page = await openWindow(stage.browser, stage.demo.address);
  await send(page, '/topics');
  await send(page, '/topics');
  const open = () => page.locator('.message-apps[open]').count();
  const summaries = page.getByLabel('Apps', { exact: true });
  for (const place of [-2, -1]) {
    await summaries.nth((await summaries.count()) + place).press('Enter');
    await page.getByRole('button', { name: 'More like this' }).waitFor();
  }
  assert.equal(await open(), 1);
  await page.keyboard.press('Escape');
  assert.equal(await open(), 0);
  assert.equal(await page.evaluate(() => document.activeElement.matches('.message-apps summary')), true);
  await page.context().close();
});

test('an account with the app uses it in a server without the bot and in direct messages of others', async () => {
  const [ada, ben] = [await openWindowOf(stage, 'Ada'), await openWindowOf(stage, 'Ben')];
  for (const place of ['elsewhere', 'Readers']) {
    await openPlace(ada, place);
    await ada.locator('#line').fill('/news ai');
    await ada.keyboard.press('Enter');
    await ada.getByRole('alert').getByText('There is no command /news').waitFor();
  }
  await ada.getByLabel('App in your account').check();
  for (const place of ['elsewhere', 'Readers']) {
    await openPlace(ada, place);
    await ada.locator('#line').fill('/');
    await ada.getByRole('option', { name: '/news' }).waitFor();
    assert.equal(await ada.getByRole('option', { name: '/feed' }).count(), 0, 'moderators have no commands there');
    const answer = await send(ada, '/news ai');
    await answer.getByRole('button', { name: 'Next' }).press('Enter');
    await answer.getByText('page 2 of 2').waitFor();
    const like = await chooseInMenu(ada, answer, 'More like this');
    await like.getByText('Only you can see this').waitFor();

    // Another member of the place sees the answer, and has no commands of their own.
    await openPlace(ben, place);
    await newest(ben).getByText('page 2 of 2').waitFor();
    await ben.locator('#line').fill('/news ai');
    await ben.keyboard.press('Enter');
    await ben.getByRole('alert').getByText('There is no command /news').waitFor();
  }
  await ada.reload();
  await ada.locator('#account:checked').waitFor();
  await ada.getByLabel('App in your account').uncheck();
  await ada.locator('#line').fill('/news');
  await ada.getByText('No command of this name').waitFor();
  assert.deepEqual(await faultsOf(ada), []);
  assert.deepEqual([...ada.complaints, ...ben.complaints], []);
  await Promise.all([ada.context().close(), ben.context().close()]);
});
