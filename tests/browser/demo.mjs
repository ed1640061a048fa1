// Starts `heatwire demo` and a browser for the tests, and ends both.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { after, before } from 'node:test';
import { fileURLToPath } from 'node:url';

import axe from 'axe-core';
import { chromium } from 'playwright-core';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const PROGRAM = `${ROOT}target/debug/heatwire`;
const CHROMIUM = '/usr/bin/chromium';
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const START_MS = 30_000;
/** How many stories the feed of #news begins with. */
export const FEED_BACKFILL = 3;

/** A running `heatwire demo`: its address, its port, and the ways to end it. */
export class Demo {
  static async start({ port = 0, articles = 'articles', options = [], path = process.env.PATH } = {}) {
    const demo = new Demo();
    // Settings of the machine must not change what is tested.
    const { HOME } = process.env;
    const log = [];
    demo.log = log;
    // Without a folder of its own, the demo copies the articles and has feeds of its own.
    const own = articles === null ? [] : ['--articles', articles];
    demo.process = spawn(PROGRAM, ['demo', '--port', String(port), ...own, ...options], {
      cwd: ROOT,
      env: { PATH: path, HOME, RUST_BACKTRACE: '0' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    demo.process.stderr.on('data', (text) => log.push(String(text)));
    demo.ended = once(demo.process, 'exit');
    const lines = createInterface({ input: demo.process.stdout });
    const said = once(lines, 'line', { signal: AbortSignal.timeout(START_MS) });
    const [line] = await Promise.race([said, demo.ended.then(() => [''])]).finally(() => lines.resume());
    demo.address = /http:\/\/\S+?\//.exec(line)?.[0];
    if (!demo.address) throw new Error(`the demo did not start: ${line} ${log.join('')}`);
    demo.port = Number(new URL(demo.address).port);
    return demo;
  }

  /** Ends it as Ctrl+C does; returns its exit code. */
  async stop() {
    if (this.process.exitCode === null && this.process.signalCode === null) this.process.kill('SIGINT');
    const [code] = await this.ended;
    return code;
  }
}

export function startBrowser() {
  return chromium.launch({ executablePath: CHROMIUM, headless: true, args: FLAGS });
}

/** A demo and a browser for all tests of a file: `demo` and `browser` of what is returned, once they run. */
export function useDemo(options = {}) {
  const stage = {};
  before(async () => {
    [stage.demo, stage.browser] = await Promise.all([Demo.start(options), startBrowser()]);
    const page = await openWindow(stage.browser, stage.demo.address);
    await feedHasBegun(page);
    await page.context().close();
  });
  after(async () => {
    await stage.browser?.close();
    await stage.demo?.stop();
  });
  return stage;
}

/** A window of its own on the demo. What its console complains of is kept in `complaints`. */
export async function openWindow(browser, address, { place = '', ...options } = {}) {
  const context = await browser.newContext({
    viewport: { width: 1100, height: 800 },
    colorScheme: 'dark',
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    reducedMotion: 'reduce',
    ...options,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  page.complaints = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) page.complaints.push(message.text());
  });
  page.on('pageerror', (error) => page.complaints.push(String(error)));
  page.on('request', (request) => {
    if (!request.url().startsWith(address)) page.complaints.push(`asks elsewhere: ${request.url()}`);
  });
  await page.goto(`${address}${place}`);
  await isReady(page);
  return page;
}

/** A window of its own in which one is the person of this name. */
export async function openWindowOf(stage, name, options = {}) {
  const page = await openWindow(stage.browser, stage.demo.address, options);
  await page.locator('#person').selectOption({ label: name });
  // The address names the person once their state is there.
  const id = await page.locator('#person').inputValue();
  await page.waitForFunction((person) => location.hash.includes(`person=${person}`), id);
  await isReady(page);
  return page;
}

/** Waits until the bot is there and the channel's messages are. */
export async function isReady(page) {
  await page.locator('#bot.is-online').waitFor();
  await page.locator('#welcome:not([hidden]), #messages > li').first().waitFor();
}

/** Waits until the demo's feed has posted what it begins with: what comes from then on is a test's own. */
export async function feedHasBegun(page) {
  await page.locator('#messages > li').nth(FEED_BACKFILL - 1).waitFor();
}

/** The newest message of a window. */
export function newest(page) {
  return page.locator('#messages > li').last();
}

/** Writes a line into the composer and sends it, then waits until the bot has answered. */
export async function send(page, line) {
  const before = await page.locator('#messages > li').count();
  await page.locator('#line').fill(line);
  await page.keyboard.press('Enter');
  await page.waitForFunction(
    (count) => {
      const items = document.querySelectorAll('#messages > li');
      return items.length > count && !document.querySelector('.message-waiting');
    },
    before,
  );
  return newest(page);
}

/** How hot the cards of a message are, in their order. */
export async function heats(message) {
  const footers = await message.locator('.card-footer').allInnerTexts();
  return footers.map((text) => Number(/🔥 (-?\d+)/.exec(text)[1]));
}

/** Presses `key` until the focus is on something that `selector` and `text` name. */
export async function tabTo(page, key, selector, text = '') {
  for (let step = 0; step < 40; step += 1) {
    await page.keyboard.press(key);
    const found = await page.evaluate(
      ([wanted, words]) => document.activeElement.matches(wanted) && document.activeElement.innerText.includes(words),
      [selector, text],
    );
    if (found) return;
  }
  throw new Error(`${key} does not reach ${selector} ${text}`);
}

/** The serious and critical faults of accessibility, one a line. */
export async function faultsOf(page) {
  // Evaluated by the debugger, so that the page's policy can stay as strict as it is.
  await page.evaluate(axe.source);
  const { violations, passes } = await page.evaluate(() => globalThis.axe.run());
  assert.ok(passes.length > 10, 'axe looked at the page');
  const grave = violations.filter(({ impact }) => ['serious', 'critical'].includes(impact));
  return grave.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html}\n${failureSummary}`));
}
