// Reads the words typed after a command: `/news ai`, `/news topic:ai sort:newest`.

const STRING = 3;

/**
 * Splits `rest` over the entry's options. Returns `values` (a Map of option name to typed text),
 * `current` (the option that is being typed, or null) and `extra` (words that fit nowhere).
 */
export function readLine(entry, rest) {
  const { free, named } = splitNamed(entry, rest);
  const values = new Map(named.map(({ option, text }) => [option.name, text.trim()]));
  const open = entry.options.filter((option) => !values.has(option.name));
  const words = free.split(/\s+/).filter(Boolean);
  const targets = targetsOf(open);
  const extra = targets.length ? [] : words;
  if (targets.length && words.length) placeWords(words, targets, open, values);
  const last = named[named.length - 1]?.option;
  return { values, extra, current: last ?? targets.findLast(({ name }) => values.has(name)) ?? targets[0] ?? null };
}

/** The text before the first `name:` and the pieces that follow each `name:`. */
function splitNamed(entry, rest) {
  const named = [];
  let from = 0;
  let free = '';
  const take = (to) => {
    const text = rest.slice(from, to);
    if (named.length) named[named.length - 1].text = text;
    else free = text;
  };
  for (const match of rest.matchAll(/(?<!\S)([^\s:]+):/g)) {
    const typed = match[1].toLowerCase();
    const option = entry.options.find(({ label, name }) => label === typed || name === typed);
    if (!option || named.some((piece) => piece.option === option)) continue;
    take(match.index);
    named.push({ option, text: '' });
    from = match.index + match[0].length;
  }
  take(rest.length);
  return { free, named };
}

/** The options for words without a name: texts, or all options of a command without texts. */
function targetsOf(open) {
  const texts = open.filter((option) => option.type === STRING);
  return texts.length ? texts : open;
}

function placeWords(words, targets, open, values) {
  const needed = targets.filter((option) => option.required);
  if (needed.length > 1) {
    needed.slice(0, -1).forEach((option) => {
      if (words.length) values.set(option.name, words.shift());
    });
    if (words.length) values.set(needed[needed.length - 1].name, words.join(' '));
    return;
  }
  const [first] = targets;
  // `/news ai newest`: a last word that is a choice of another option goes to that option.
  while (words.length > 1) {
    const last = words[words.length - 1];
    const option = open.find((other) => other !== first && !values.has(other.name) && findChoice(other, last));
    if (!option) break;
    values.set(option.name, words.pop());
  }
  values.set(first.name, words.join(' '));
}

/** The choice with this name or value. */
export function findChoice(option, text) {
  const wanted = text.trim().toLowerCase();
  return option.choices?.find(({ name, value }) => {
    return name.toLowerCase() === wanted || String(value).toLowerCase() === wanted;
  });
}

/** The typed line for these values. */
export function writeLine(entry, values) {
  const labelOf = (name) => entry.options.find((option) => option.name === name)?.label ?? name;
  const parts = [...values].filter(([, text]) => text !== '').map(([name, text]) => `${labelOf(name)}:${text}`);
  return [entry.label, ...parts].join(' ');
}
