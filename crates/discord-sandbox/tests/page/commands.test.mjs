import assert from 'node:assert/strict';
import { test } from 'node:test';

import { readLine, writeLine } from '../../src/page/command_line.js';
import { commandEntries, entryOfLine, matchEntries, messageCommands, PLACES, wireOptions } from '../../src/page/commands.js';
import { knownItems, readValues } from '../../src/page/values.js';

const news = {
  type: 1,
  name: 'news',
  description: 'Read the news',
  options: [
    { type: 3, name: 'topic', description: 'About what', autocomplete: true },
    { type: 3, name: 'sort', description: 'Order', choices: [{ name: 'Newest first', value: 'newest' }] },
    { type: 4, name: 'count', description: 'How many', min_value: 1, max_value: 10 },
  ],
};
const url = { type: 3, name: 'url', description: 'Address', required: true };
const title = { type: 3, name: 'title', description: 'Name', required: true };
const channel = { type: 7, name: 'channel', description: 'Where' };
const feed = {
  type: 1,
  name: 'feed',
  description: 'Feeds',
  default_member_permissions: '32',
  options: [
    { type: 1, name: 'add', description: 'Add one', options: [url, title, channel] },
    { type: 1, name: 'list', description: 'All' },
  ],
};
const ada = { is_moderator: false };
const mona = { is_moderator: true };
const place = {
  channels: [{ id: '2', name: 'general', type: 0 }, { id: '3', name: 'talk', type: 15 }],
  persons: [{ id: '1', name: 'ada', display_name: 'Ada' }],
  roles: [{ id: '8', name: '@everyone' }, { id: '9', name: 'Moderator' }],
};
const entries = commandEntries([news, feed, { type: 3, name: 'Context' }], mona);

/** The options of a typed line, or its first error. */
function sent(line) {
  const { entry, rest } = entryOfLine(entries, line);
  const { values, extra } = readLine(entry, rest);
  assert.deepEqual(extra, []);
  const given = new Map([...values].map(([name, text]) => [name, { text }]));
  const { options, errors } = readValues(entry, given, place);
  return errors ? errors[0].words : Object.fromEntries(options.map(({ name, value }) => [name, value]));
}

test('each subcommand is an entry, and commands without permission are hidden', () => {
  assert.deepEqual(entries.map(({ label }) => label), ['/feed add', '/feed list', '/news']);
  assert.deepEqual(commandEntries([news, feed], ada).map(({ label }) => label), ['/news']);
  assert.deepEqual(matchEntries(entries, '/ad').map(({ label }) => label), ['/feed add']);
  assert.equal(entryOfLine(entries, '/newspaper'), null);
});

test('direct messages offer their commands to everybody', () => {
  const anywhere = { type: 1, name: 'anywhere', description: 'd', contexts: [0, 1], default_member_permissions: '32' };
  const here = { type: 1, name: 'here', description: 'd', contexts: [0] };
  const guilds = { type: 1, name: 'guilds', description: 'd', guild_id: '1' };
  const old = { type: 1, name: 'old', description: 'd', dm_permission: false };
  const labels = (at) => commandEntries([anywhere, here, guilds, old], ada, undefined, at).map(({ label }) => label);
  assert.deepEqual(labels(PLACES.direct), ['/anywhere']);
  assert.deepEqual(labels(PLACES.guild), ['/guilds', '/here', '/old']);
});

test('a place without the bot offers the commands that an account has', () => {
  const everywhere = { type: 1, name: 'everywhere', description: 'd', contexts: [0, 1, 2], integration_types: [0, 1] };
  const onMessages = { type: 3, name: 'On messages', contexts: [0, 1, 2], integration_types: [1] };
  const inGuilds = { type: 1, name: 'guilds', description: 'd', contexts: [0], integration_types: [0] };
  const offered = (at, has_app) => {
    const commands = [everywhere, onMessages, inGuilds];
    const names = (entries) => entries.map(({ name }) => name);
    const person = { is_moderator: true, has_app };
    return [names(commandEntries(commands, person, undefined, at)), names(messageCommands(commands, person, undefined, at))];
  };
  for (const at of [PLACES.foreignGuild, PLACES.group]) {
    assert.deepEqual(offered(at, false), [[], []]);
    assert.deepEqual(offered(at, true), [['everywhere'], ['On messages']]);
  }
  assert.deepEqual(offered(PLACES.guild, false), [['everywhere', 'guilds'], []]);
  assert.deepEqual(offered(PLACES.direct, true), [['everywhere'], ['On messages']]);
});

test('names are displayed in the language of the reader and sent as registered', () => {
  const german = { of: (text, translations) => translations?.de ?? text };
  const topic = { ...news.options[0], name_localizations: { de: 'thema' }, description_localizations: { de: 'Worüber' } };
  const translated = { ...news, name_localizations: { de: 'neues' }, options: [topic, news.options[1]] };
  const [entry] = commandEntries([translated], ada, german);
  assert.deepEqual([entry.label, entry.name, entry.options[0].label], ['/neues', 'news', 'thema']);
  for (const line of ['/neues thema:ki', '/news topic:ki', '/neues ki']) {
    const { values } = readLine(entry, entryOfLine([entry], line).rest);
    assert.deepEqual([...values], [['topic', 'ki']], line);
    assert.equal(writeLine(entry, values), '/neues thema:ki');
  }
  assert.deepEqual(matchEntries([entry], '/ne').map(({ label }) => label), ['/neues']);
  const { errors } = readValues({ ...entry, options: [{ ...entry.options[0], required: true }] }, new Map(), place);
  assert.equal(errors[0].words, 'thema is required: Worüber');
});

test('bare words go to the first text', () => {
  assert.deepEqual(sent('/news ai'), { topic: 'ai' });
  assert.deepEqual(sent('/NEWS  climate change '), { topic: 'climate change' });
  assert.deepEqual(sent('/news'), {});
});

test('a last word that is a choice goes to its option', () => {
  assert.deepEqual(sent('/news climate change newest'), { topic: 'climate change', sort: 'newest' });
  assert.deepEqual(sent('/news newest'), { topic: 'newest' });
});

test('names with a colon', () => {
  assert.deepEqual(sent('/news topic:machine learning sort:Newest first count:3'), {
    topic: 'machine learning',
    sort: 'newest',
    count: 3,
  });
  assert.deepEqual(sent('/news ai sort: newest'), { topic: 'ai', sort: 'newest' });
  assert.deepEqual(sent('/news what:ever'), { topic: 'what:ever' });
});

test('several required texts take a word each, the last one the rest', () => {
  assert.deepEqual(sent('/feed add https://a.example/ My own feed channel:#general'), {
    url: 'https://a.example/',
    title: 'My own feed',
    channel: '2',
  });
});

test('invalid values are reported', () => {
  assert.equal(sent('/feed add https://a.example/'), 'title is required: Name');
  assert.equal(sent('/news sort:oldest'), 'sort: “oldest” is not one of Newest first');
  assert.equal(sent('/news count:many'), 'count: “many” is not a number');
  assert.equal(sent('/news count:2.5'), 'count: “2.5” is not a whole number');
  assert.equal(sent('/news count:11'), 'count: 10 or less, please');
  assert.equal(sent('/feed add a b channel:nowhere'), 'channel: there is no #nowhere here');
});

test('roles have names, and a channel option takes only channels of its types', () => {
  const options = [
    { type: 7, name: 'where', description: 'd', channel_types: [0, 5] },
    { type: 8, name: 'role', description: 'd' },
    { type: 9, name: 'whom', description: 'd' },
  ];
  const [entry] = commandEntries([{ type: 1, name: 'x', description: 'd', options }], ada);
  const read = (line) => {
    const given = new Map([...readLine(entry, line).values].map(([name, text]) => [name, { text }]));
    const { options: sent, errors } = readValues(entry, given, place);
    return errors ? errors[0].words : sent.map(({ value }) => value);
  };
  assert.deepEqual(read(' where:general role:moderator whom:@everyone'), ['2', '9', '8']);
  assert.deepEqual(read(' role:<@&9> whom:Ada'), ['9', '1']);
  assert.equal(read(' where:talk'), 'where: there is no #talk here');
  assert.equal(read(' role:nobody'), 'role: there is no @nobody here');
  const labels = entry.options.map((option) => knownItems(option, place).map(({ label }) => label));
  assert.deepEqual(labels, [['#general'], ['@everyone', '@Moderator'], ['@Ada', '@everyone', '@Moderator']]);
});

test('a picked value is sent as it was offered', () => {
  const [entry] = entries.filter(({ label }) => label === '/news');
  const { options } = readValues(entry, new Map([['topic', { text: 'AI in law', value: 'ai-law' }]]), place);
  assert.deepEqual(options, [{ name: 'topic', type: 3, value: 'ai-law' }]);
});

test('options are sent inside their subcommand', () => {
  const { entry } = entryOfLine(entries, '/feed add x');
  assert.equal(entry.name, 'feed');
  assert.deepEqual(wireOptions(entry, []), [{ name: 'add', type: 1, options: [] }]);
});

test('fields can be written back as a line', () => {
  const { entry, rest } = entryOfLine(entries, '/news topic:machine learning sort:newest');
  assert.equal(writeLine(entry, readLine(entry, rest).values), '/news topic:machine learning sort:newest');
});
