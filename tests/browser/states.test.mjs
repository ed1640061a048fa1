// What our bot does not do today, and others do: the page still shows it as Discord would. The events are put
// into the page's own websocket; everything else is the real server.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { isReady, newest, openWindow, send, useDemo } from './demo.mjs';
import { message, openWith } from './events.mjs';

const EPHEMERAL = 1 << 6;
const LOADING = 1 << 7;
const HAS_THREAD = 1 << 5;

const stage = useDemo();

const used = { id: '77', name: 'feed list', user: { id: '1100000000000000302', username: 'mod', global_name: 'Mona' } };

test('a deferred answer says that it is being thought about, then becomes the answer, and an edit is marked', async () => {
  const page = await openWith(stage);
  const deferred = message({ flags: LOADING | EPHEMERAL, interaction_metadata: used });
  page.tell({ event: 'message_create', message: deferred });
  await newest(page).getByText('heatwire is thinking…').waitFor();
  await newest(page).getByText('Only you can see this').waitFor();
  const done = { ...deferred, flags: EPHEMERAL, content: 'No feeds yet' };
  page.tell({ event: 'message_update', message: done });
  await newest(page).getByText('No feeds yet').waitFor();
  assert.equal(await page.getByText('is thinking').count(), 0);
  assert.equal(await newest(page).getByText('(edited)').count(), 0);
  page.tell({ event: 'message_update', message: { ...done, content: 'One feed', edited_timestamp: deferred.timestamp } });
  await newest(page).getByText('One feed').waitFor();
  assert.ok(await newest(page).getByText('(edited)').isVisible());
  page.tell({ event: 'message_delete', id: done.id, channel_id: done.channel_id });
  await page.locator('#messages').getByText('One feed').waitFor({ state: 'detached' });
  assert.deepEqual(page.complaints, []);
  await page.context().close();
});

test('a command and a button that nobody answers fail in words, and can be tried again', async () => {
  const page = await openWith(stage);
  // The bot's answers are kept away from this window: what comes is what the server tells after 3 seconds.
  let interactions = 0;
  await page.route(/page\/interactions/, (route) => {
    interactions += 1;
    return route.fulfill({ json: { interaction: `9${interactions}` } });
  });
  await page.locator('#line').fill('/news ai');
  await page.keyboard.press('Enter');
  await newest(page).getByText('Sending command…').waitFor();
  page.tell({ event: 'interaction', id: '91', state: 'failed', error: 'The application did not respond' });
  await newest(page).getByText('The application did not respond').waitFor();
  await newest(page).getByRole('button', { name: 'Dismiss message' }).click();
  await page.getByText('The application did not respond').waitFor({ state: 'detached' });

  const components = [{ type: 1, components: [
    { type: 2, style: 1, label: 'Resume', custom_id: 'a' },
    { type: 2, style: 4, label: 'Remove', custom_id: 'b' },
  ] }];
  page.tell({ event: 'message_create', message: message({ content: 'A feed', components }) });
  const resume = newest(page).getByRole('button', { name: 'Resume' });
  await resume.click();
  await page.waitForFunction(() => document.querySelector('[data-custom-id=a]').getAttribute('aria-busy') === 'true');
  assert.equal(await newest(page).getByRole('button', { name: 'Remove' }).getAttribute('aria-disabled'), 'true');
  await newest(page).getByRole('button', { name: 'Remove' }).click({ force: true });
  page.tell({ event: 'interaction', id: '92', state: 'failed', error: 'The application did not respond' });
  await newest(page).getByText('The application did not respond').waitFor();
  await resume.click();
  await page.waitForFunction(() => document.querySelector('.message-failure').hidden);
  assert.equal(interactions, 3);
  assert.deepEqual(page.complaints, []);
  await page.context().close();
});

test('menus of persons, roles and channels offer what there is, and a mention says whom it means', async () => {
  const page = await openWith(stage);
  const roles = await page.evaluate(async () => (await (await fetch('/page/state')).json()).roles);
  const moderator = roles.find(({ name }) => name === 'Moderator');
  const row = (menu) => ({ type: 1, components: [menu] });
  const components = [
    row({ type: 6, custom_id: 'r', placeholder: 'A role' }),
    row({ type: 7, custom_id: 'm', placeholder: 'Anybody' }),
    row({ type: 8, custom_id: 'c', placeholder: 'A channel', channel_types: [5, 15] }),
  ];
  page.tell({ event: 'message_create', message: message({ content: `For <@&${moderator.id}>`, components }) });
  await newest(page).locator('.mention', { hasText: '@Moderator' }).waitFor();
  const offered = async (name) => {
    await newest(page).getByRole('combobox', { name }).click();
    const rows = await newest(page).getByRole('listbox', { name }).getByRole('option').allInnerTexts();
    await page.keyboard.press('Escape');
    return rows.map((text) => text.replace(/\s*✓$/, ''));
  };
  assert.deepEqual(await offered('A channel'), ['#announcements', '#discussions']);
  assert.ok((await offered('A role')).includes('@Moderator'));
  assert.deepEqual((await offered('Anybody')).slice(0, 1), ['@Ada']);
  assert.deepEqual(page.complaints, []);
  await page.context().close();
});

test('channels of each kind, threads below theirs, and the posts of a forum', async () => {
  let threads = [];
  const page = await openWith(stage, (reported) => {
    const [news, general] = reported.channels;
    const forum = { id: '61', name: 'discussions', kind: 'forum' };
    return { ...reported, channels: [news, general, { id: '60', name: 'announcements', kind: 'announcement' }, forum], threads };
  });
  await page.route(/page\/messages/, (route) => route.fulfill({ json: { messages: [] } }));
  const sidebar = page.getByRole('navigation', { name: 'Channels' });
  await sidebar.getByRole('button', { name: 'announcements (announcements)' }).waitFor();
  await sidebar.getByRole('button', { name: 'discussions (forum)' }).click();
  await page.getByText('No posts yet').waitFor();
  assert.ok(await page.locator('#line').isDisabled());

  const card = message({ content: 'A story', flags: HAS_THREAD });
  threads = [
    { id: card.id, name: 'Talk of a story', kind: 'thread', parent: card.channel_id, archived: false, locked: false },
    { id: '71', name: 'First <b>post</b>', kind: 'thread', parent: '61', archived: false, locked: false },
    { id: '72', name: 'Old post', kind: 'thread', parent: '61', archived: true, locked: true },
  ];
  page.tell({ event: 'channels' });
  await page.locator('#posts').getByText('archived, locked').waitFor();
  assert.deepEqual(await page.locator('.post-name').allInnerTexts(), ['Old post', 'First <b>post</b>']);
  assert.equal(await sidebar.getByRole('button', { name: 'Old post' }).count(), 0);
  await page.locator('#posts').getByRole('button', { name: 'First <b>post</b>' }).click();
  await page.getByPlaceholder('Message First <b>post</b>, or type / for commands').waitFor();
  assert.equal(await sidebar.locator('[aria-current]').innerText(), 'First <b>post</b>');

  await sidebar.getByRole('button', { name: 'news' }).click();
  page.tell({ event: 'message_create', message: card });
  await newest(page).getByRole('button', { name: 'See thread' }).click();
  await page.getByPlaceholder('Message Talk of a story').waitFor();

  // The open thread goes: the first channel stands in for it.
  threads = [];
  page.tell({ event: 'channels' });
  await page.getByPlaceholder('Message #news').waitFor();
  assert.deepEqual(page.complaints, []);
  await page.context().close();
});

test('the language of the reader goes with what they do, and is kept', async () => {
  const page = await openWindow(stage.browser, stage.demo.address);
  await page.getByLabel('Your language').selectOption({ label: 'Deutsch' });
  const sent = page.waitForRequest((request) => request.method() === 'POST' && request.postDataJSON().kind === 'command');
  await send(page, '/news ai');
  assert.equal((await sent).postDataJSON().locale, 'de');
  await page.reload();
  await isReady(page);
  assert.equal(await page.getByLabel('Your language').inputValue(), 'de');
  assert.deepEqual(page.complaints, []);
  await page.context().close();
});

test('commands and options have the names of the reader\'s language, and go out under their own', async () => {
  const page = await openWith(stage, (reported) => {
    const commands = reported.commands.map((command) => {
      if (command.name !== 'news') return command;
      const options = command.options.map((option) =>
        option.name === 'topic' ? { ...option, name_localizations: { de: 'thema' }, description_localizations: { de: 'Worüber' } } : option,
      );
      return { ...command, options, name_localizations: { de: 'neues' }, description_localizations: { de: 'Zeigt Artikel' } };
    });
    return { ...reported, commands };
  });
  await page.getByLabel('Your language').selectOption({ label: 'Deutsch' });
  await page.locator('#line').fill('/neu');
  await page.getByRole('option', { name: '/neues' }).getByText('Zeigt Artikel').waitFor();
  await page.keyboard.press('Enter');
  await page.getByRole('option', { name: 'thema' }).click();
  await page.keyboard.type('ai');
  assert.deepEqual(await page.locator('.chip-label').allInnerTexts(), ['thema']);
  const sent = page.waitForRequest((request) => request.method() === 'POST' && request.postDataJSON().kind === 'command');
  await page.keyboard.press('Enter');
  const { name, options, locale } = (await sent).postDataJSON();
  assert.deepEqual([name, options, locale], ['news', [{ name: 'topic', type: 3, value: 'ai' }], 'de']);
  await newest(page).getByText('Seite 1 von 2').waitFor();
  await page.getByLabel('Your language').selectOption('fr');
  await page.locator('#line').fill('/ne');
  await page.getByRole('option', { name: '/news' }).waitFor();
  assert.deepEqual(page.complaints, []);
  await page.context().close();
});
