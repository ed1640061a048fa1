// Makes the pictures of the README anew, after `cargo build` and `npm ci --prefix tests/browser`:
// `node tests/browser/screenshots.mjs`. With `--walk FOLDER` it takes pictures of all answers instead: see walk.mjs.

import { fileURLToPath } from 'node:url';

import { Demo, feedHasBegun, newest, openWindow, send, startBrowser } from './demo.mjs';
import { walk } from './walk.mjs';

const DOCS = fileURLToPath(new URL('../../docs/', import.meta.url));
const WIDE = { width: 1120, height: 860 };
const NARROW = { width: 390, height: 780 };

async function picture(page, name) {
  await page.screenshot({ path: `${DOCS}${name}.png` });
  console.log(`docs/${name}.png`);
}

/** The beginning of an answer stands at the top, as one reads it. */
async function showFrom(message) {
  await message.evaluate((item) => item.scrollIntoView({ block: 'start' }));
}

/** A story that three providers report, posted once. */
async function pictureOfStory(browser) {
  const demo = await Demo.start({ articles: null });
  try {
    const page = await openWindow(browser, demo.address, { viewport: WIDE });
    await feedHasBegun(page);
    for (const provider of ['Northern Post', 'Field Notes', 'Harbour Wire']) {
      await page.getByRole('button', { name: 'Add a feed entry' }).click();
      await page.getByText(`${provider} reports`).waitFor();
    }
    await newest(page).getByText(/Also covered by .* and /).waitFor({ timeout: 30_000 });
    await newest(page).getByText(/ · corrected /).waitFor();
    await picture(page, 'demo-story');
  } finally {
    await demo.stop();
  }
}

/** The pictures of the README. */
async function picturesOfReadme() {
  const [demo, browser] = await Promise.all([Demo.start(), startBrowser()]);
  try {
    const dark = await openWindow(browser, demo.address, { viewport: WIDE });
    await feedHasBegun(dark);
    const list = await send(dark, '/news ai');
    await showFrom(list);
    await picture(dark, 'demo-dark');

    const narrow = await openWindow(browser, demo.address, { viewport: NARROW });
    await showFrom(newest(narrow));
    await picture(narrow, 'demo-narrow');

    const light = await openWindow(browser, demo.address, { viewport: WIDE, colorScheme: 'light' });
    await light.getByRole('button', { name: 'general' }).click();
    await light.getByText('Nothing here yet').waitFor();
    await send(light, '/article apollo 11');
    await light.keyboard.type('/news climate');
    await light.keyboard.press('Tab');
    await light.keyboard.type('sort');
    await light.keyboard.press('ArrowDown');
    await light.keyboard.press('Enter');
    await light.getByRole('option', { name: 'newest' }).waitFor();
    await light.keyboard.press('ArrowDown');
    await light.locator('#messages').evaluate((item) => (item.parentElement.scrollTop = item.scrollHeight));
    await picture(light, 'demo-light');

    await pictureOfStory(browser);
  } finally {
    await browser.close();
    await demo.stop();
  }
}

const [option, folder] = process.argv.slice(2);
await (option === '--walk' && folder ? walk(folder) : picturesOfReadme());
