// What to offer under an option: its own list at once, or the bot's answer a little later.

import { knownItems } from './values.js';

// A person types several letters in this time; one question for all of them is enough.
const DEBOUNCE_MS = 150;

export function canSuggest(option, place) {
  return Boolean(option.autocomplete) || knownItems(option, place) !== null;
}

export class Suggester {
  constructor() {
    this.turn = 0;
    this.timer = 0;
  }

  /** Forgets every question that is under way. */
  cancel() {
    this.turn += 1;
    clearTimeout(this.timer);
  }

  /**
   * Calls `deliver({ items, note })`, for a list of the bot's twice: once while it loads and once
   * with the answer, unless a newer request came between. `ask()` puts the question to the bot.
   */
  request(option, text, place, ask, deliver) {
    this.cancel();
    const known = knownItems(option, place);
    if (known) {
      deliver(filtered(known, text));
      return;
    }
    const { turn } = this;
    deliver({ items: [], note: 'Loading options…' });
    this.timer = setTimeout(async () => {
      const answer = await answerOf(ask);
      if (turn === this.turn) deliver(answer);
    }, DEBOUNCE_MS);
  }
}

async function answerOf(ask) {
  try {
    const choices = await ask();
    const items = choices.map(({ name, value }) => ({ label: name, value }));
    return noted(items);
  } catch (error) {
    return { items: [], note: `Options could not be loaded: ${error.message}` };
  }
}

function filtered(items, text) {
  const wanted = text.trim().replace(/^[@#]/, '').toLowerCase();
  return noted(items.filter(({ label, value }) => `${label}\n${value}`.toLowerCase().includes(wanted)));
}

function noted(items) {
  return { items, note: items.length ? '' : 'No options match your search' };
}
