// Messages that are made of components.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { faultsOf, newest, useDemo } from './demo.mjs';
import { message, openWith } from './events.mjs';

const COMPONENTS_V2 = 1 << 15;
const stage = useDemo();

const media = (url) => ({ url, proxy_url: url, width: 1200, height: 630 });
const COMPONENTS = [
  { type: 10, id: 1, content: '# Today' },
  {
    type: 17,
    id: 2,
    accent_color: 0xff8800,
    spoiler: false,
    components: [
      {
        type: 9,
        id: 3,
        components: [{ type: 10, id: 4, content: '**A story** <img src=x>' }],
        accessory: { type: 2, id: 5, style: 1, label: 'Open', custom_id: 'open' },
      },
      {
        type: 9,
        id: 6,
        components: [{ type: 10, id: 7, content: 'With a picture' }],
        accessory: { type: 11, id: 8, media: media('https://example.org/t.png'), description: 'A tree', spoiler: false },
      },
      { type: 14, id: 9, divider: true, spacing: 2 },
      {
        type: 12,
        id: 10,
        items: [
          { media: media('https://example.org/a.png'), description: null, spoiler: false },
          { media: media('https://example.org/b.png'), description: 'Hidden', spoiler: true },
        ],
      },
      { type: 13, id: 11, file: media('https://cdn.example.org/notes.txt'), name: 'notes.txt', size: 2048, spoiler: false },
      { type: 1, id: 12, components: [{ type: 2, id: 13, style: 2, label: 'Next', custom_id: 'next' }] },
    ],
  },
];

for (const colorScheme of ['dark', 'light']) {
  test(`texts, sections, pictures, a file and rows in their order, ${colorScheme}`, async () => {
    const page = await openWith(stage, undefined, { colorScheme });
    page.tell({ event: 'message_create', message: message({ flags: COMPONENTS_V2, components: COMPONENTS }) });
    const shown = newest(page);
    await shown.getByRole('heading', { name: 'Today' }).waitFor();
    assert.equal(await shown.locator('.container strong').innerText(), 'A story');
    assert.equal(await shown.locator('img').count(), 0, 'markup is text, and nothing is loaded from elsewhere');
    assert.equal(await shown.locator('.container').evaluate((box) => getComputedStyle(box).borderLeftColor), 'rgb(255, 136, 0)');
    assert.equal(await shown.getByRole('img', { name: 'A tree' }).count(), 1);
    assert.equal(await shown.getByRole('separator').last().count(), 1);
    assert.match(await shown.locator('.file').innerText(), /notes\.txt\s+2\s?kB/);
    const before = await shown.getByRole('img', { name: 'Hidden' }).count();
    await shown.getByRole('button', { name: 'Spoiler' }).press('Enter');
    assert.deepEqual([before, await shown.getByRole('img', { name: 'Hidden' }).count()], [0, 1]);
    assert.match(await page.locator('#announcer').innerText(), /heatwire: Today\. A story/);
    assert.deepEqual(await faultsOf(page), []);

    // A button beside a section is used like any other.
    const sent = page.waitForRequest((request) => request.url().includes('/page/interactions'));
    await page.route(/page\/interactions/, (route) => route.fulfill({ json: { interaction: '91' } }));
    await shown.getByRole('button', { name: 'Open' }).click();
    assert.equal((await sent).postDataJSON().custom_id, 'open');
    await page.waitForFunction(() => document.querySelector('[data-custom-id=next]').getAttribute('aria-disabled') === 'true');
    page.tell({ event: 'interaction', id: '91', state: 'answered' });
    await page.waitForFunction(() => !document.querySelector('[data-custom-id=next]').hasAttribute('aria-disabled'));
    assert.deepEqual(page.complaints, []);
    await page.context().close();
  });
}
