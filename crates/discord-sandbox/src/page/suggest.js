// The choices for an option: its fixed list, or the bot's answer.

import { knownItems } from './values.js';

// Several letters typed within this time cause one request.
const DEBOUNCE_MS = 150;

export function canSuggest(option, place) {
  return Boolean(option.autocomplete) || knownItems(option, place) !== null;
}

export class Suggester {
  constructor() {
    this.turn = 0;
    this.timer = 0;
  }

  /** Drops all open requests. */
  cancel() {
    this.turn += 1;
    clearTimeout(this.timer);
  }

  /**
   * Calls `deliver({ items, note })`. For choices of the bot this happens twice: while they load, and
   * with the answer, unless a newer request replaced this one. `ask()` sends the request to the bot.
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
