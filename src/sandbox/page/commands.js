// The registered commands as the entries that a person can type: one for each subcommand.

const CHAT_COMMAND = 1;
const SUBCOMMAND = 1;
const GROUP = 2;

/**
 * The entries that `person` may use, in the order of their names. `language` puts the bot's
 * descriptions and choices into the words of the reader; names are typed as they were registered.
 */
export function commandEntries(commands, person, language = { of: (text) => text }) {
  return commands
    .filter((command) => (command.type ?? CHAT_COMMAND) === CHAT_COMMAND && mayUse(command, person))
    .flatMap((command) => entriesOf(command, [command], language))
    .sort((one, other) => one.label.localeCompare(other.label));
}

function mayUse(command, person) {
  const needed = command.default_member_permissions ?? null;
  return needed === null || person.is_moderator;
}

function entriesOf(step, steps, language) {
  const options = step.options ?? [];
  const deeper = options.filter((option) => option.type === SUBCOMMAND || option.type === GROUP);
  if (deeper.length) return deeper.flatMap((option) => entriesOf(option, [...steps, option], language));
  return [
    {
      label: `/${steps.map((part) => part.name).join(' ')}`,
      description: language.of(step.description ?? '', step.description_localizations),
      name: steps[0].name,
      path: steps.slice(1).map(({ name, type }) => ({ name, type })),
      options: options.map((option) => inWordsOf(option, language)),
    },
  ];
}

function inWordsOf(option, language) {
  const choices = option.choices?.map((choice) => ({ ...choice, name: language.of(choice.name, choice.name_localizations) }));
  return { ...option, description: language.of(option.description, option.description_localizations), choices };
}

/** Entries that fit what was typed so far: those that begin with it first. */
export function matchEntries(entries, text) {
  const wanted = text.trim().toLowerCase();
  const begins = entries.filter((entry) => entry.label.startsWith(wanted));
  const query = wanted.slice(1);
  const holds = entries.filter((entry) => !begins.includes(entry) && entry.label.includes(query));
  return [...begins, ...holds];
}

/** The entry that a typed line names, with the text after the name; null when there is none. */
export function entryOfLine(entries, text) {
  const line = text.trimStart();
  const lower = line.toLowerCase();
  const fits = entries.filter(({ label }) => lower === label || lower.startsWith(`${label} `));
  const entry = fits.sort((one, other) => other.label.length - one.label.length)[0];
  return entry ? { entry, rest: line.slice(entry.label.length) } : null;
}

/** Options in the form of the wire: inside their subcommand, if the entry is one. */
export function wireOptions(entry, options) {
  return entry.path.reduceRight((inner, { name, type }) => [{ name, type, options: inner }], options);
}
