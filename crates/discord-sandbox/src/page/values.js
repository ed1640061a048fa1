// Converts typed text to option values, or to an error message for the person.

import { findChoice } from './command_line.js';

const TYPE = { string: 3, integer: 4, boolean: 5, user: 6, channel: 7, role: 8, mentionable: 9, number: 10 };
const YES = ['true', 'yes', 'on', '1'];
const NO = ['false', 'no', 'off', '0'];

/**
 * The options to send for `values` (a Map of name to { text, value? }; `value` when it was picked
 * from a list). `place` has the channels, persons and roles. Returns { options } or { errors }.
 */
export function readValues(entry, values, place) {
  const options = [];
  const errors = [];
  for (const option of entry.options) {
    const given = values.get(option.name);
    if (!given || given.text.trim() === '') {
      if (option.required) errors.push({ option, words: `${option.label} is required: ${option.description}` });
      continue;
    }
    const read = given.value === undefined ? readValue(option, given.text.trim(), place) : given;
    if (read.error) errors.push({ option, words: `${option.label}: ${read.error}` });
    else options.push({ name: option.name, type: option.type, value: read.value });
  }
  return errors.length ? { errors } : { options };
}

function readValue(option, text, place) {
  if (option.choices?.length) {
    const choice = findChoice(option, text);
    if (choice) return { value: choice.value };
    return { error: `“${text}” is not one of ${option.choices.map(({ name }) => name).join(', ')}` };
  }
  switch (option.type) {
    case TYPE.integer:
    case TYPE.number:
      return readNumber(option, text);
    case TYPE.boolean:
      return readBoolean(text);
    case TYPE.user:
      return readThing(text, '@', place.persons, ({ display_name: shown, name }) => [shown, name]);
    case TYPE.channel:
      return readThing(text, '#', channelsOf(option, place), ({ name }) => [name]);
    case TYPE.role:
      return readThing(text, '@', place.roles, roleNames);
    case TYPE.mentionable: {
      const person = readThing(text, '@', place.persons, ({ display_name: shown, name }) => [shown, name]);
      return person.error ? readThing(text, '@', place.roles, roleNames) : person;
    }
    default:
      return readString(option, text);
  }
}

function readString(option, text) {
  const length = [...text].length;
  if (length < (option.min_length ?? 0)) return { error: `at least ${option.min_length} characters, please` };
  if (length > (option.max_length ?? 6000)) return { error: `at most ${option.max_length ?? 6000} characters, please` };
  return { value: text };
}

function readNumber(option, text) {
  const whole = option.type === TYPE.integer;
  const value = Number(text.replace(',', '.'));
  if (!Number.isFinite(value)) return { error: `“${text}” is not a number` };
  if (whole && !Number.isSafeInteger(value)) return { error: `“${text}” is not a whole number` };
  if (value < (option.min_value ?? -Infinity)) return { error: `${option.min_value} or more, please` };
  if (value > (option.max_value ?? Infinity)) return { error: `${option.max_value} or less, please` };
  return { value };
}

function readBoolean(text) {
  const word = text.toLowerCase();
  if (YES.includes(word)) return { value: true };
  if (NO.includes(word)) return { value: false };
  return { error: `“${text}” is neither true nor false` };
}

/** A person, role or channel, by its name, its mention or its id. */
function readThing(text, sign, things, namesOf) {
  const bare = text.replace(/^<[@#][!&]?(\d+)>$/, '$1').replace(new RegExp(`^${sign}`), '').toLowerCase();
  const thing = things.find((one) => one.id === bare || namesOf(one).some((name) => name?.toLowerCase() === bare));
  if (thing) return { value: thing.id };
  return { error: `there is no ${sign}${bare} here` };
}

/** The name of a role without the `@` of @everyone. */
function roleNames({ name }) {
  return [name.replace(/^@/, '')];
}

/** The channels that an option or a menu accepts. */
function channelsOf({ channel_types: types }, { channels }) {
  return types?.length ? channels.filter(({ type }) => types.includes(type)) : channels;
}

/** The values of an option that are known without the bot, or null if any text is valid. */
export function knownItems(option, place) {
  if (option.choices?.length) return option.choices.map(({ name, value }) => ({ label: name, value }));
  if (option.type === TYPE.boolean) return [true, false].map((value) => ({ label: String(value), value }));
  if (option.type === TYPE.user) return personItems(place);
  if (option.type === TYPE.channel) {
    return channelsOf(option, place).map((channel) => ({ label: `#${channel.name}`, value: channel.id }));
  }
  if (option.type === TYPE.role) return place.roles.map(roleItem);
  if (option.type === TYPE.mentionable) return [...personItems(place), ...place.roles.map(roleItem)];
  return null;
}

function personItems({ persons }) {
  return persons.map((person) => ({ label: `@${person.display_name}`, value: person.id }));
}

function roleItem({ id, name }) {
  return { label: `@${roleNames({ name })[0]}`, value: id };
}
