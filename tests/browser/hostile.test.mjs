// An article whose every text wants to be more than text.

import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import { Demo, openWindow, send, startBrowser } from './demo.mjs';

// What is left when the bot has taken the HTML out; the entities become signs again.
const SHOWN = '**bold** [click](javascript:alert(1)) @everyone <@1> `x` <img src=x onerror="window.hit=1">';
const TITLE = '<img src=x onerror="window.hit=1">' + SHOWN.replace('<img', '&lt;img').replace('1">', '1"&gt;');
const ARTICLE = `---
title: ${JSON.stringify(TITLE)}
excerpt: ${JSON.stringify('# Heading ||spoiler|| [free money](https://evil.example) <script>window.hit=1</script> </li></ol>')}
publishedDateTime: 2026-01-01T00:00:00Z
webUrl: "https://example.com/?q='><script>window.hit=1</script>"
type: "<svg onload=window.hit=1>"
heat: 9
published: true
provider: { name: "<b onclick=1>Source</b> \\u202egnp.exe", images: [{ url: "https://evil.example/icon.png" }] }
topics: ["<i>topic</i> *star*", "javascript:alert(1)"]
images: [{ url: "https://evil.example/picture.png", width: 620, height: 372 }]
related:
  - { title: "](javascript:alert(1)) <iframe src=/>", webUrl: "https://example.com/related", quality: 1 }
---
`;

let folder;
let demo;
let browser;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'heatwire-hostile-'));
  await writeFile(join(folder, 'hostile.md'), ARTICLE);
  [demo, browser] = await Promise.all([Demo.start({ articles: folder }), startBrowser()]);
});
after(async () => {
  await browser?.close();
  await demo?.stop();
  await rm(folder, { recursive: true, force: true });
});

test('a hostile article is shown as text, and nothing of it acts', async () => {
  const page = await openWindow(browser, demo.address);
  const list = await send(page, '/news type:<svg');
  const full = await send(page, '/article bold click');
  for (const message of [list, full]) {
    const shown = await message.innerText();
    assert.ok(shown.includes(SHOWN), shown);
    assert.ok(shown.includes('# Heading ||spoiler|| [free money](https://evil.example)'), shown);
    assert.ok(!shown.includes('\u202e'), shown);
    assert.equal(await message.locator('img, script, svg, iframe, b, i, strong, .mention:not(.message-used *), pre').count(), 0);
    for (const href of await message.locator('a').evaluateAll((links) => links.map((link) => link.href))) {
      assert.match(href, /^https:\/\/example\.com\//);
    }
  }
  await page.keyboard.type('/news topic:star');
  await page.locator('.popup-row').first().waitFor();
  assert.equal(await page.locator('#popup i').count(), 0);
  assert.equal(await page.evaluate(() => window.hit), undefined);
  assert.deepEqual(page.complaints, []);
});

test('the page runs no script but its own, and asks nobody but its server', async () => {
  const page = await openWindow(browser, demo.address);
  await page.evaluate(() => {
    const script = document.createElement('script');
    script.textContent = 'window.hit = 1';
    document.body.append(script);
    document.body.append(Object.assign(document.createElement('img'), { src: 'https://evil.example/a.png' }));
    document.body.insertAdjacentHTML('beforeend', '<i id="bad" onclick="window.hit = 1"></i>');
    document.getElementById('bad').click();
  });
  assert.equal(await page.evaluate(() => window.hit), undefined);
  const refused = page.complaints.filter((complaint) => complaint.includes('Content Security Policy'));
  assert.equal(refused.length, 3, page.complaints.join('\n'));
});
