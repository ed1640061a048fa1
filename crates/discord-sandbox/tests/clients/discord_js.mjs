// Runs discord.js, with only the address changed, against the sandbox. Its assumptions about Discord must hold.
// Usage: node discord_js.mjs PATH-OF-THE-SANDBOX-PROGRAM

import assert from 'node:assert/strict';
import { once } from 'node:events';

import {
  ActionRowBuilder,
  AttachmentBuilder,
  ButtonBuilder,
  ButtonStyle,
  ChannelType,
  Client,
  ContainerBuilder,
  Events,
  GatewayIntentBits,
  LabelBuilder,
  MessageFlags,
  ModalBuilder,
  SlashCommandBuilder,
  StringSelectMenuBuilder,
  TextDisplayBuilder,
  TextInputBuilder,
  TextInputStyle,
} from 'discord.js';

import { startSandbox } from './sandbox.mjs';

const DEADLINE_MS = 60_000;

const { place, act, end } = await startSandbox(process.argv[2]);
const deadline = setTimeout(() => {
  console.error('discord.js: not done in time');
  process.exit(1);
}, DEADLINE_MS);

const client = new Client({
  intents: [GatewayIntentBits.Guilds, GatewayIntentBits.GuildMessages],
  rest: { api: `${place.api}/api` },
});
client.on('error', (error) => {
  console.error(error);
  process.exit(1);
});

const limits = [];
client.rest.on('rateLimited', (limit) => limits.push(limit));
const { promise: resumed, resolve: noteResumed } = Promise.withResolvers
  ? Promise.withResolvers()
  : (() => {
      let resolve;
      const promise = new Promise((done) => (resolve = done));
      return { promise, resolve };
    })();
client.once(Events.ShardResume, noteResumed);

const next = new ButtonBuilder().setCustomId('next').setLabel('Next').setStyle(ButtonStyle.Primary);

/** A form with a text input in a row (the older way), and labels with a text input of each kind and a menu. */
function form() {
  const name = new TextInputBuilder().setCustomId('name').setLabel('Name').setStyle(TextInputStyle.Short).setMaxLength(10);
  const note = new TextInputBuilder().setCustomId('note').setStyle(TextInputStyle.Paragraph).setRequired(false);
  const order = new StringSelectMenuBuilder()
    .setCustomId('order')
    .addOptions({ label: 'Heat', value: 'heat' }, { label: 'Newest', value: 'newest' });
  return new ModalBuilder()
    .setCustomId('feed')
    .setTitle('A new feed')
    .addComponents(new ActionRowBuilder().addComponents(name))
    .addLabelComponents(
      new LabelBuilder().setLabel('Note').setDescription('For yourself').setTextInputComponent(note),
      new LabelBuilder().setLabel('Order').setStringSelectMenuComponent(order),
    );
}

client.on(Events.InteractionCreate, async (interaction) => {
  if (interaction.isModalSubmit()) {
    const { fields } = interaction;
    const words = [fields.getTextInputValue('name'), fields.getTextInputValue('note'), fields.getStringSelectValues('order')];
    await interaction.reply({ content: words.join('|'), flags: MessageFlags.Ephemeral });
  } else if (interaction.commandName === 'form') {
    await interaction.showModal(form());
  } else if (interaction.isAutocomplete()) {
    await interaction.respond([{ name: `AI for ${interaction.options.getFocused()}`, value: 'ai' }]);
  } else if (interaction.isButton()) {
    await interaction.update({ content: 'page 2' });
  } else if (interaction.commandName === 'slow') {
    await interaction.deferReply({ flags: MessageFlags.Ephemeral });
    await interaction.editReply('done');
    await interaction.followUp({ content: 'and more', flags: MessageFlags.Ephemeral });
  } else {
    assert.equal(interaction.channel.name, 'news');
    const row = new ActionRowBuilder().addComponents(next);
    const reply = await interaction.reply({ content: 'page 1', components: [row], withResponse: true });
    assert.equal(reply.resource.message.content, 'page 1');
  }
});

const ready = once(client, Events.ClientReady);
await client.login(place.token);
await ready;
assert.equal(client.user.id, place.application);

const guild = client.guilds.cache.get(place.guild);
assert.equal(guild.name, 'Everyday');
assert.equal(guild.channels.cache.get(place.channels.announcements).type, ChannelType.GuildAnnouncement);
const commands = await client.application.commands.set([
  new SlashCommandBuilder()
    .setName('news')
    .setDescription('Shows articles')
    .addStringOption((option) => option.setName('topic').setDescription('What on').setAutocomplete(true)),
  new SlashCommandBuilder().setName('slow').setDescription('Takes its time'),
  new SlashCommandBuilder().setName('form').setDescription('Opens a form'),
]);
assert.equal(commands.size, 3);
const extra = await client.application.commands.create({ name: 'extra', description: 'One more' });
const changed = await extra.edit({ description: 'Changed' });
assert.deepEqual([changed.id, changed.description], [extra.id, 'Changed']);
assert.equal((await client.application.commands.fetch(extra.id)).description, 'Changed');
await extra.delete();

const answer = await act({ do: 'command', person: 'ada', name: 'news', options: { topic: 'ai' } });
assert.equal(answer.message.content, 'page 1');
const choices = await act({ do: 'autocomplete', person: 'ada', name: 'news', options: { topic: 'a' }, option: 'topic' });
assert.deepEqual(choices, [{ name: 'AI for a', value: 'ai' }]);
const pressed = await act({ do: 'press', person: 'ada', message: answer.message.id, component: 'next' });
assert.deepEqual([pressed.kind, pressed.message.content], ['Update', 'page 2']);
const deferred = await act({ do: 'command', person: 'ada', name: 'slow', options: {}, settled: true });
assert.deepEqual([deferred.kind, deferred.ephemeral, deferred.message.content], ['DeferredMessage', true, 'done']);

const opened = await act({ do: 'command', person: 'ada', name: 'form', options: {} });
assert.deepEqual([opened.kind, opened.modal.title], ['Modal', 'A new feed']);
const submitted = await act({ do: 'submit', person: 'ada', values: { name: 'AI', order: ['newest'] } });
assert.deepEqual([submitted.ephemeral, submitted.message.content], [true, 'AI||newest']);

const channel = guild.channels.cache.get(place.channels.general);
assert.ok(channel.permissionsFor(guild.members.me).has('EmbedLinks'));
const body = { content: 'once', nonce: 'n1', enforceNonce: true };
const [first, second] = [await channel.send(body), await channel.send(body)];
assert.equal(first.id, second.id);
assert.equal((await first.edit({ embeds: [{ title: 'card' }] })).embeds[0].title, 'card');
assert.deepEqual([...(await channel.messages.fetch({ limit: 5 })).keys()], [first.id]);
const file = new AttachmentBuilder(Buffer.from('picture'), { name: 'a.png' });
const withFile = await channel.send({ embeds: [{ title: 't', image: { url: 'attachment://a.png' } }], files: [file] });
assert.equal(withFile.attachments.size + withFile.embeds.length >= 1, true);
const layout = new ContainerBuilder()
  .setAccentColor(0xff0000)
  .addTextDisplayComponents(new TextDisplayBuilder().setContent('**card**'))
  .addSeparatorComponents((separator) => separator.setDivider(true))
  .addMediaGalleryComponents((gallery) => gallery.addItems({ media: { url: 'https://example.org/a.png' } }));
const laidOut = await channel.send({ flags: MessageFlags.IsComponentsV2, components: [layout] });
assert.ok(laidOut.flags.has(MessageFlags.IsComponentsV2));
assert.equal(laidOut.components[0].components[0].content, '**card**');
await laidOut.delete();
const thread = await first.startThread({ name: 'talk' });
await thread.send('inside');
await first.delete();

const announcements = guild.channels.cache.get(place.channels.announcements);
const announced = await announcements.send('news!');
await announced.crosspost();
// The library updates its copy only after the event, so the check fetches the message.
const published = await announcements.messages.fetch({ message: announced.id, force: true });
assert.ok(published.flags.has(MessageFlags.Crossposted));
const forum = guild.channels.cache.get(place.channels.discussions);
const post = await forum.threads.create({
  name: 'a card',
  message: { embeds: [{ title: 'card' }] },
  appliedTags: [forum.availableTags[0].id],
});
assert.equal(post.parentId, forum.id);

await act({ do: 'fault', route: 'POST /channels/*/messages', kind: 'rate_limit', ms: 300 });
assert.equal((await announcements.send('after a 429')).content, 'after a 429');
for (let number = 0; number < 6; number += 1) await announcements.send(`message ${number}`);
assert.ok(limits.length > 0, 'it met the bucket before it was full');

await act({ do: 'drop' });
await resumed;
await act({ do: 'wait' });
await act({ do: 'reconnect' });
const again = await act({ do: 'command', person: 'ben', name: 'news', options: {} });
assert.equal(again.message.content, 'page 1');
const state = await act({ do: 'state' });
assert.deepEqual(state.refused, []);
assert.ok(state.resumes >= 1 && state.identifies === 1, JSON.stringify(state));

await client.destroy();
await end();
clearTimeout(deadline);
console.log('discord.js: all checks held');
// The library keeps connections open for a while.
process.exit(0);
