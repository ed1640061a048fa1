// What the page is for everybody: dark, light, narrow, for the eye and for a screen reader.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { faultsOf, newest, openWindow, send, useDemo } from './demo.mjs';

const stage = useDemo();

async function checkPlaces(page) {
  const check = async (place) => assert.deepEqual(await faultsOf(page), [], place);
  await check('as it opens');
  await page.keyboard.type('/');
  await page.locator('.popup-row').first().waitFor();
  await check('with the list of commands');
  await page.keyboard.type('news sort:x');
  await page.keyboard.press('Enter');
  await page.getByRole('alert').first().waitFor();
  await check('with a complaint');
  await page.locator('#line').fill('/news ai newest');
  await page.keyboard.press('Tab');
  await page.locator('.chip').first().waitFor();
  await check('with fields');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  const answer = await send(page, '/news ai');
  await check('with cards');
  await answer.getByRole('combobox').click();
  await check('with an open menu');
  await page.keyboard.press('Enter');
  await newest(page).getByText('Only you can see this').waitFor();
  await check('with an article that one sees alone');
  await page.getByRole('button', { name: 'For operators' }).click();
  await page.locator('.requests summary').first().click();
  await check('with the drawer for operators');
  await page.getByRole('button', { name: 'Close', exact: true }).click();
}

for (const colorScheme of ['dark', 'light']) {
  test(`no grave fault of accessibility, ${colorScheme}`, async () => {
    const page = await openWindow(stage.browser, stage.demo.address, { colorScheme });
    await checkPlaces(page);
    assert.deepEqual(page.complaints, []);
    await page.context().close();
  });
}

test('no grave fault of accessibility on a phone, and nothing is wider than it', async () => {
  const page = await openWindow(stage.browser, stage.demo.address, { viewport: { width: 360, height: 640 } });
  await checkPlaces(page);
  const wider = await page.evaluate(() => {
    const all = [...document.querySelectorAll('body *')].filter((part) => !part.closest('.sidebar, .skip, .visually-hidden'));
    return all.filter((part) => part.getBoundingClientRect().right > innerWidth + 1).map((part) => part.className);
  });
  assert.deepEqual(wider, []);

  const channels = page.getByRole('button', { name: 'Channels' });
  await channels.click();
  assert.ok(await page.getByRole('button', { name: 'general' }).isVisible());
  assert.deepEqual(await faultsOf(page), []);
  await page.keyboard.press('Escape');
  await page.waitForFunction(() => document.activeElement.id === 'menu');
  assert.ok(!(await page.getByRole('button', { name: 'general' }).isVisible()));
  assert.deepEqual(page.complaints, []);
  await page.context().close();
});

test('dark or light as the system, until the reader chooses, and then for good', async () => {
  const background = (page) => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const page = await openWindow(stage.browser, stage.demo.address, { colorScheme: 'light' });
  const light = await background(page);
  await page.emulateMedia({ colorScheme: 'dark' });
  const dark = await background(page);
  assert.notEqual(dark, light);
  await page.getByRole('button', { name: 'Switch to the light theme' }).click();
  assert.equal(await background(page), light);
  await page.reload();
  assert.equal(await background(page), light);
  await page.getByRole('button', { name: 'Switch to the dark theme' }).waitFor();
  await page.context().close();
});
