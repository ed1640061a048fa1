// The operator's drawer: the requests of the bot, and faults on demand.

import { el, freshId } from './dom.js';
import { clockTime, parseDate } from './time.js';

// Several events within this time cause one reload.
const REFRESH_MS = 250;
// The displayed characters of a body.
const BODY_CHARACTERS_MAX = 20_000;

const ROUTES = [
  ['*', 'any request'],
  ['POST /interactions/*/*/callback', 'answers to commands and buttons'],
  ['PATCH /webhooks/**', 'edits of an answer'],
  ['POST /channels/*/messages', 'messages to a channel'],
];
const FAULTS = [
  ['fails with status 500', { kind: 'status', status: 500 }],
  ['fails with status 503', { kind: 'status', status: 503 }],
  ['is delayed by 5 seconds', { kind: 'delay', ms: 5000 }],
  ['works, but is never answered', { kind: 'unanswered' }],
  ['is cut off before it works', { kind: 'reset_before' }],
  ['is cut off after it worked', { kind: 'reset_after' }],
  ['is told to wait 5 seconds (429)', { kind: 'rate_limit', scope: 'user', ms: 5000 }],
  ['is told that everybody has to wait (429)', { kind: 'rate_limit', scope: 'global', ms: 5000 }],
];
const DEEDS = [
  ['Drop the connection', { kind: 'drop' }],
  ['Close it with 4000', { kind: 'close', code: 4000 }],
  ['Ask to reconnect', { kind: 'reconnect' }],
  ['Be down for a minute', { kind: 'outage', ms: 60_000 }],
  ['End the outage', { kind: 'outage_end' }],
  ['Forget all faults', { kind: 'clear' }],
];

export class Drawer {
  /** `root` is filled here, `button` opens it. `desk`: `requests()`, `faults()` and `plan(fault)` ask the server. */
  constructor(root, button, desk) {
    Object.assign(this, { root, button, desk, timer: 0, opened: new Set() });
    this.note = el('p', { class: 'drawer-note', role: 'status' });
    this.list = el('ol', { class: 'requests' });
    const close = el('button', { type: 'button', class: 'text-button', text: 'Close', on: { click: () => this.show(false) } });
    this.heading = el('h2', { tabindex: '-1', text: 'For operators' });
    this.planned = el('ul', { class: 'planned', 'aria-label': 'Planned faults' });
    this.tools = el('div', {}, this.faultForm(), this.planned, this.deeds());
    this.refusal = el('p', { class: 'drawer-note', text: 'Faults are planned by a moderator: be Mona to do so.' });
    root.append(el('div', { class: 'drawer-head' }, this.heading, close), this.tools, this.refusal, this.note);
    root.append(el('h3', { text: 'Requests of the bot' }), this.list);
    root.addEventListener('keydown', (event) => event.key === 'Escape' && this.show(false));
    button.addEventListener('click', () => this.show(root.hidden));
  }

  show(open) {
    this.root.hidden = !open;
    this.button.setAttribute('aria-expanded', String(open));
    if (!open) {
      this.button.focus();
      return;
    }
    this.heading.focus();
    this.refresh();
  }

  /** Only a moderator can plan faults. */
  showPerson({ is_moderator: isModerator }) {
    this.tools.hidden = !isModerator;
    this.refusal.hidden = isModerator;
  }

  /** Reloads an open drawer after an event, once for several events. */
  stir() {
    if (this.root.hidden || this.timer) return;
    this.timer = setTimeout(() => {
      this.timer = 0;
      this.refresh();
    }, REFRESH_MS);
  }

  async refresh() {
    try {
      const [requests, faults] = await Promise.all([this.desk.requests(), this.desk.faults()]);
      this.fill(requests);
      this.fillPlanned(faults);
    } catch (error) {
      this.note.textContent = error.message;
    }
  }

  fill(requests) {
    const rows = requests.map((request) => this.row(request));
    this.list.replaceChildren(...(rows.length ? rows : [el('li', { text: 'None yet' })]));
  }

  /** The planned faults, each with a button that withdraws it. */
  fillPlanned(faults) {
    const held = this.planned.contains(document.activeElement);
    const rows = faults.map(({ number, count, kind, route }) => {
      const words = `${count} × ${kind} on ${route}`;
      const on = { click: () => this.plan({ kind: 'withdraw', number }) };
      const button = el('button', { type: 'button', class: 'text-button', text: 'Remove', 'aria-label': `Remove ${words}`, on });
      return el('li', {}, el('span', { text: words }), button);
    });
    this.planned.replaceChildren(...rows);
    if (held) (this.planned.querySelector('button') ?? this.heading).focus();
  }

  row(request) {
    const { at, method, path, status, error_code: code, body } = request;
    const key = `${at} ${method} ${path}`;
    const date = parseDate(at);
    const summary = el(
      'summary',
      {},
      el('span', { class: `request-status${status >= 200 && status < 300 ? '' : ' is-bad'}`, text: status || 'no answer' }),
      el('span', { class: 'request-path', text: `${method} ${path.replace('/api/v10', '')}` }),
      date ? el('time', { datetime: at, text: clockTime(date) }) : null,
    );
    const row = el('details', { open: this.opened.has(key) }, summary);
    if (code) row.append(el('p', { text: `Discord's error code ${code}` }));
    const text = body === null ? 'no body' : JSON.stringify(body, null, 2);
    row.append(el('pre', { tabindex: '0', text: text.length > BODY_CHARACTERS_MAX ? `${text.slice(0, BODY_CHARACTERS_MAX)}…` : text }));
    row.addEventListener('toggle', () => (row.open ? this.opened.add(key) : this.opened.delete(key)));
    return el('li', {}, row);
  }

  /** The form for a fault: route, count and kind. */
  faultForm() {
    const [route, kind] = [choice(ROUTES), choice(FAULTS)];
    const count = el('input', { type: 'number', min: '1', max: '1000', value: '1' });
    const submit = (event) => {
      event.preventDefault();
      this.plan({ ...FAULTS[kind.selectedIndex][1], route: ROUTES[route.selectedIndex][0], count: count.valueAsNumber || 1 });
    };
    const rows = [['Of', route], ['the next', count], ['each', kind]].map(([words, field]) => {
      field.id = freshId('fault');
      return el('div', { class: 'fault-row' }, el('label', { for: field.id, text: words }), field);
    });
    const button = el('button', { type: 'submit', class: 'button button-secondary', text: 'Plan this fault' });
    return el('form', { 'aria-label': 'Plan a fault', on: { submit } }, el('h3', { text: 'Faults' }), ...rows, button);
  }

  deeds() {
    const buttons = DEEDS.map(([text, wish]) =>
      el('button', { type: 'button', class: 'button button-secondary', text, on: { click: () => this.plan(wish) } }),
    );
    return el('div', { class: 'deeds', role: 'group', 'aria-label': 'Connection and outage' }, ...buttons);
  }

  async plan(wish) {
    try {
      const faults = await this.desk.plan(wish);
      this.fillPlanned(faults);
      this.note.textContent = faults.length ? `Done. Faults planned: ${faults.length}.` : 'Done. No fault is planned.';
    } catch (error) {
      this.note.textContent = error.message;
    }
  }
}

function choice(options) {
  return el('select', {}, ...options.map(([first, second]) => el('option', { text: typeof second === 'string' ? second : first })));
}
