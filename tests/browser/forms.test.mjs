// Forms that a bot opens, by keyboard: filled in, refused, sent, failed, cancelled.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { faultsOf, useDemo } from './demo.mjs';
import { openWith } from './events.mjs';

const stage = useDemo();

const FORM = {
  title: 'A new feed',
  custom_id: 'feed:1',
  components: [
    { type: 10, id: 1, content: 'Where **cards** go' },
    { type: 1, id: 2, components: [{ type: 4, id: 3, custom_id: 'name', style: 1, label: 'Name', min_length: 2, max_length: 5, placeholder: 'Short' }] },
    { type: 18, id: 4, label: 'Note', description: 'For yourself', component: { type: 4, id: 5, custom_id: 'note', style: 2, required: false, value: 'as ever' } },
    {
      type: 18,
      id: 6,
      label: 'Order',
      component: { type: 3, id: 7, custom_id: 'order', options: [{ label: 'Heat', value: 'heat' }, { label: 'Newest', value: 'newest' }] },
    },
  ],
};

/** A window in which `/topics` is answered by the form, and what it sends is kept. */
async function opened(options) {
  const page = await openWith(stage, undefined, options);
  page.sent = [];
  await page.route(/page\/interactions/, (route) => {
    const deed = route.request().postDataJSON();
    page.sent.push(deed);
    return route.fulfill({ json: { interaction: `9${page.sent.length}` } });
  });
  await page.locator('#line').fill('/topics');
  await page.keyboard.press('Enter');
  await page.getByText('Sending command…').waitFor();
  page.tell({ event: 'interaction', id: '91', state: 'answered', modal: FORM });
  await page.getByRole('dialog', { name: 'A new feed' }).waitFor();
  return page;
}

test('a form is filled in and sent by keyboard, and says what is wrong before', async () => {
  const page = await opened();
  const dialog = page.getByRole('dialog', { name: 'A new feed' });
  assert.equal(await page.evaluate(() => document.activeElement.placeholder), 'Short');
  assert.equal(await dialog.getByLabel('Note').inputValue(), 'as ever');
  await page.keyboard.type('A');
  await page.keyboard.press('Enter');
  await dialog.getByText('At least 2 characters, please').waitFor();
  assert.equal(await dialog.getByLabel('Name').getAttribute('aria-invalid'), 'true');
  await page.keyboard.type('I');
  await page.keyboard.press('Enter');
  await dialog.getByText('This field is required').waitFor();
  // The menu has the focus now: it is what is missing.
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('End');
  await page.keyboard.press('Enter');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Escape');
  assert.ok(await dialog.isVisible(), 'Escape closes the list, and the form stays');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => document.activeElement.textContent), 'Submit');
  await page.keyboard.press('Enter');
  await dialog.getByText('Sending…').waitFor();
  const { kind, interaction, values } = page.sent[1];
  assert.deepEqual([kind, interaction, values], ['modal', '91', { name: 'AI', note: 'as ever', order: ['newest'] }]);

  // Nobody answers: it stays open with what was written, and can be sent again.
  page.tell({ event: 'interaction', id: '92', state: 'failed', error: 'The application did not respond' });
  await dialog.getByRole('alert').getByText('Something went wrong. Try again.').waitFor();
  await page.keyboard.press('Enter');
  await dialog.getByText('Sending…').waitFor();
  page.tell({ event: 'interaction', id: '93', state: 'answered' });
  await dialog.waitFor({ state: 'hidden' });
  assert.equal(page.sent.length, 3);
  assert.deepEqual(page.complaints, []);
  await page.context().close();
});

test('a form that is cancelled sends nothing', async () => {
  const page = await opened();
  await page.keyboard.type('AI');
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  page.tell({ event: 'interaction', id: '91', state: 'answered', modal: FORM });
  assert.equal(await page.getByRole('dialog').count(), 0, 'only what this window began opens here');
  assert.equal(page.sent.length, 1);
  assert.deepEqual(page.complaints, []);
  await page.context().close();
});

for (const [what, options] of [
  ['dark', {}],
  ['light', { colorScheme: 'light' }],
  ['on a phone', { viewport: { width: 360, height: 640 } }],
]) {
  test(`no grave fault of accessibility in a form, ${what}`, async () => {
    const page = await opened(options);
    assert.deepEqual(await faultsOf(page), []);
    await page.keyboard.press('Enter');
    await page.getByText('This field is required').first().waitFor();
    assert.deepEqual(await faultsOf(page), []);
    const wide = await page.getByRole('dialog').evaluate((dialog) => dialog.scrollWidth > dialog.clientWidth + 1);
    assert.ok(!wide, 'nothing is wider than the form');
    await page.context().close();
  });
}
