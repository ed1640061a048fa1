// A walk over all that members and moderators see: every command, with odd articles, in two languages, each picture dark, light
// and narrow. `node tests/browser/screenshots.mjs --walk FOLDER` writes the pictures for somebody who looks at them.
// Japanese needs a font, as Debian's fonts-noto-cjk.

import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { Demo, feedHasBegun, newest, openWindowOf, send, startBrowser } from './demo.mjs';

/** Articles whose texts try the layout: none, longest, emoji, right to left, Markdown, without spaces, other scripts. */
export const ODD_ARTICLES = fileURLToPath(new URL('odd-articles', import.meta.url));

// Whole answers fit into these windows.
const WIDE = { width: 1120, height: 3400 };
const NARROW = { width: 360, height: 4400 };
const LANGUAGES = ['en-US', 'ja'];

/** The answers: a name for the picture and the line to send. */
const LINES = [
  ['news', '/news railways'],
  ['news-page-2', 'Next'],
  ['news-page-3', 'Next'],
  ['news-page-4', 'Next'],
  ['news-conditions', '/news topic:Railways type:article source:The Example since:year sort:newest'],
  ['news-misspelt', '/news railwais'],
  ['news-unknown-name', '/news zzzzzzzz'],
  ['news-nothing', '/news topic:Night trains type:video since:today'],
  ['search', '/search night train coast'],
  ['search-japanese', '/search 夜行列車'],
  ['search-arabic', '/search قطار الليل'],
  ['search-long', '/search every bound sentence'],
  ['search-nothing', '/search xylophonist'],
  ['search-conditions', '/search words:train topic:Night trains since:today'],
  ['topics', '/topics'],
  ['topics-page-2', 'Next'],
  ['article-three-providers', '/article night train coast'],
  ['article-no-picture', '/article signal box'],
  ['article-no-date', '/article timetable nobody'],
  ['article-no-excerpt', '/article ticket'],
  ['article-no-link', '/article branch line'],
  ['article-title-alone', '/article only a title'],
  ['article-longest', '/article longest'],
  ['article-longest-page-2', 'Next'],
  ['article-emoji', '/article full steam'],
  ['article-arabic', '/article قطار'],
  ['article-hebrew', '/article רכבת'],
  ['article-markdown', '/article stars lines'],
  ['article-long-word', '/article Donaudampf'],
  ['article-japanese', '/article 夜行列車'],
  ['article-marks', '/article letters forty marks'],
  ['article-video', '/article couple carriage'],
  ['article-unknown', '/article no such words'],
  ['feed-list', '/feed list'],
  ['feed-add', '/feed add channel:general topic:Railways words:train without:bus min_quality:70 quiet_hours:22:00-07:00 timezone:Europe/Berlin digest:daily 09:00'],
  ['feed-add-forum', '/feed add channel:discussions max_per_hour:3 backfill:1'],
  ['feed-list-three', '/feed list'],
  ['feed-edit', '/feed edit feed:2 clear:words silent:true max_age_days:3'],
  ['feed-pause', '/feed pause feed:2'],
  ['feed-list-paused', '/feed list'],
  ['feed-resume', '/feed resume feed:2'],
  ['feed-test', '/feed test feed:1'],
  ['feed-post', '/feed post feed:1 article:longest'],
  ['feed-post-without-link', '/feed post feed:1 article:branch line'],
  ['feed-remove', '/feed remove feed:2'],
  ['feed-wrong', '/feed pause feed:99'],
  ['why', '/why night train coast'],
  ['why-no-link', '/why branch line'],
  ['why-right-to-left', '/why רכבת'],
  ['why-markdown', '/why stars lines'],
  ['settings', '/settings '],
  ['settings-changed', '/settings notices:general language:ja'],
  ['settings-cleared', '/settings clear:language'],
  ['status', '/status'],
  ['reload', '/reload'],
];

/** Takes all pictures into a folder. */
export async function walk(folder) {
  const browser = await startBrowser();
  try {
    for (const language of LANGUAGES) await walkIn(browser, language, folder);
  } finally {
    await browser.close();
  }
}

async function walkIn(browser, language, folder) {
  const demo = await Demo.start({ articles: ODD_ARTICLES });
  try {
    const page = await openWindowOf({ browser, demo }, 'Mona (moderator)', { viewport: WIDE, locale: language });
    await feedHasBegun(page);
    const camera = new Camera(page, join(folder, language));
    for (const [number, message] of (await page.locator('#messages > li').all()).entries()) {
      await camera.take(`post-${number + 1}`, message);
    }
    for (const [name, line] of LINES) await camera.take(name, await answerTo(page, line));
    await takeFeedPosts(page, camera);
    await takeMenus(page, camera);
    await takeSuggestions(page, camera);
    await takeElsewhere(page, camera);
    await page.context().close();
  } finally {
    await demo.stop();
  }
}

/** The answer to a line, or the newest message after a press of its button. */
async function answerTo(page, line) {
  if (line !== 'Next') return send(page, line);
  const message = newest(page);
  const before = await message.innerText();
  // The button behind "Previous", in each language.
  await message.locator('.component-row', { has: page.locator('button:nth-of-type(2)') }).locator('button').nth(1).click();
  await page.waitForFunction((text) => {
    const item = document.querySelector('#messages > li:last-child');
    return item.innerText !== text && !item.querySelector('[aria-disabled]');
  }, before);
  return message;
}

async function takeFeedPosts(page, camera) {
  for (const channel of ['general', 'discussions']) {
    await page.locator('.channel', { hasText: channel }).first().click();
    await camera.take(`channel-${channel}`, page.locator('.stage'));
  }
  await page.locator('.channel', { hasText: 'news' }).first().click();
  await newest(page).waitFor();
}

/** An open menu, and "More like this" with its answer. */
async function takeMenus(page, camera) {
  const message = await send(page, '/news railways');
  await message.getByRole('combobox').click();
  await camera.take('menu-articles', message);
  await page.keyboard.press('Escape');
  await page.locator('#messages > li').last().hover();
  await message.getByLabel('Apps').click();
  await message.locator('.message-apps li button').waitFor();
  await camera.take('menu-apps', message);
  const before = await page.locator('#messages > li').count();
  await message.locator('.message-apps li button').click();
  await page.waitForFunction(
    (count) => document.querySelectorAll('#messages > li').length > count && !document.querySelector('.message-waiting'),
    before,
  );
  await camera.take('more-like-this', newest(page));
}

/** What the composer offers while somebody types. */
async function takeSuggestions(page, camera) {
  for (const [name, typed] of [
    ['commands', '/'],
    ['options-of-news', '/news topic:AI '],
    ['choices-of-topic', '/news topic:'],
    ['choices-of-source', '/news source:'],
    ['choices-of-article', '/article '],
    ['choices-of-feed', '/feed pause '],
    ['choices-of-since', '/news since:'],
  ]) {
    await page.locator('#line').fill('');
    await page.locator('#line').pressSequentially(typed);
    await page.locator('.popup-row').first().waitFor();
    await camera.take(name, page.locator('#popup'));
  }
}

/** An answer in a server without the bot, and one in direct messages of others. */
async function takeElsewhere(page, camera) {
  await page.locator('#account').check();
  for (const place of ['elsewhere', 'Readers']) {
    await page.getByRole('button', { name: place, exact: true }).click();
    await page.locator('#welcome:not([hidden])').waitFor();
    await camera.take(`place-${place}`, await send(page, '/article night train coast'));
  }
  await camera.take('places', page.locator('body'));
}

/** Takes each thing dark, light and narrow. */
class Camera {
  constructor(page, folder) {
    this.page = page;
    this.folder = folder;
    this.count = 0;
  }

  async take(name, thing) {
    this.count += 1;
    const number = String(this.count).padStart(2, '0');
    for (const [look, viewport, colorScheme] of [['dark', WIDE, 'dark'], ['light', WIDE, 'light'], ['narrow', NARROW, 'dark']]) {
      await this.page.setViewportSize(viewport);
      await this.page.emulateMedia({ colorScheme });
      await mkdir(join(this.folder, look), { recursive: true });
      const path = join(this.folder, look, `${number}-${name}.png`);
      await thing.screenshot({ path, animations: 'disabled' });
      await this.tellOverflow(`${path.slice(this.folder.length + 1)}`);
    }
    await this.page.setViewportSize(WIDE);
    await this.page.emulateMedia({ colorScheme: 'dark' });
    console.log(`${this.folder}: ${number}-${name}`);
  }

  /** Tells of what is wider than the window. */
  async tellOverflow(name) {
    const wider = await this.page.evaluate(() => {
      const all = [...document.querySelectorAll('.stage *')].filter((part) => !part.closest('.visually-hidden'));
      return all.filter((part) => part.getBoundingClientRect().right > innerWidth + 1).map((part) => part.className);
    });
    if (wider.length) console.log(`  ${name}: wider than the window: ${[...new Set(wider)].join(', ')}`);
  }
}
