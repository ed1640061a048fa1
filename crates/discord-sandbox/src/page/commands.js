// The registered commands as the entries that a person can type: one for each subcommand.

const CHAT_COMMAND = 1;
const MESSAGE_COMMAND = 3;
const SUBCOMMAND = 1;
const GROUP = 2;
const OF_GUILD = 0;
const OF_ACCOUNT = 1;

/** Where a command is used: Discord's number of the context, and whether the bot is there or only in accounts. */
export const PLACES = {
  guild: { context: 0, hasBot: true },
  foreignGuild: { context: 0, hasBot: false },
  direct: { context: 1, hasBot: true },
  group: { context: 2, hasBot: false },
};

/**
 * The entries that `person` may use, in the order of their names. `language` puts the bot's names,
 * descriptions and choices into the words of the reader; `place` is one of PLACES.
 */
export function commandEntries(commands, person, language = { of: (text) => text }, place = PLACES.guild) {
  return commands
    .filter((command) => (command.type ?? CHAT_COMMAND) === CHAT_COMMAND && mayUse(command, person, place))
    .flatMap((command) => entriesOf(command, [command], language))
    .sort((one, other) => one.label.localeCompare(other.label));
}

/** The commands for the menu of a message: `name` as registered, `label` for the reader. */
export function messageCommands(commands, person, language = { of: (text) => text }, place = PLACES.guild) {
  return commands
    .filter((command) => command.type === MESSAGE_COMMAND && mayUse(command, person, place))
    .map(({ name, name_localizations }) => ({ name, label: language.of(name, name_localizations) }));
}

function mayUse(command, person, place) {
  if (command.contexts && !command.contexts.includes(place.context)) return false;
  if (!isInstalled(command, person, place)) return false;
  const isGuild = place.context === PLACES.guild.context;
  if (!isGuild) return !command.guild_id && (Boolean(command.contexts) || command.dm_permission !== false);
  const needed = command.default_member_permissions ?? null;
  return needed === null || person.is_moderator;
}

/** Whether the server or the account of the person has the command. A server's own command is for servers. */
function isInstalled(command, person, place) {
  const types = command.integration_types ?? [OF_GUILD];
  return (place.hasBot && types.includes(OF_GUILD)) || (Boolean(person.has_app) && types.includes(OF_ACCOUNT));
}

/** `label` is what the reader sees and types; the names as they were registered, `plain`, work as well. */
function entriesOf(step, steps, language) {
  const options = step.options ?? [];
  const deeper = options.filter((option) => option.type === SUBCOMMAND || option.type === GROUP);
  if (deeper.length) return deeper.flatMap((option) => entriesOf(option, [...steps, option], language));
  const inWords = (part) => language.of(part.name, part.name_localizations);
  return [
    {
      label: `/${steps.map(inWords).join(' ')}`,
      plain: `/${steps.map((part) => part.name).join(' ')}`,
      description: language.of(step.description ?? '', step.description_localizations),
      name: steps[0].name,
      path: steps.slice(1).map(({ name, type }) => ({ name, type })),
      options: options.map((option) => inWordsOf(option, language)),
    },
  ];
}

function inWordsOf(option, language) {
  const choices = option.choices?.map((choice) => ({ ...choice, name: language.of(choice.name, choice.name_localizations) }));
  const label = language.of(option.name, option.name_localizations);
  return { ...option, label, description: language.of(option.description, option.description_localizations), choices };
}

/** Entries that fit what was typed so far: those that begin with it first. */
export function matchEntries(entries, text) {
  const wanted = text.trim().toLowerCase();
  const begins = entries.filter((entry) => entry.label.startsWith(wanted) || entry.plain.startsWith(wanted));
  const query = wanted.slice(1);
  const holds = entries.filter((entry) => !begins.includes(entry) && entry.label.includes(query));
  return [...begins, ...holds];
}

/** The entry that a typed line names, with the text after the name; null when there is none. */
export function entryOfLine(entries, text) {
  const line = text.trimStart();
  const lower = line.toLowerCase();
  const begins = (name) => lower === name || lower.startsWith(`${name} `);
  const fits = entries.flatMap((entry) => [entry.label, entry.plain].filter(begins).map((name) => ({ entry, name })));
  const best = fits.sort((one, other) => other.name.length - one.name.length)[0];
  return best ? { entry: best.entry, rest: line.slice(best.name.length) } : null;
}

/** Options in the form of the wire: inside their subcommand, if the entry is one. */
export function wireOptions(entry, options) {
  return entry.path.reduceRight((inner, { name, type }) => [{ name, type, options: inner }], options);
}
