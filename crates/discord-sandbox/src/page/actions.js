// The buttons that call the host program, and what it says.

import { el } from './dom.js';

export class Actions {
  /** `root` takes the buttons; `act(name)` asks the server and gives the words of the host program. */
  constructor(root, act) {
    Object.assign(this, { root, act, names: '', isBusy: false });
    this.words = el('p', { class: 'action-words', role: 'status', dir: 'auto' });
  }

  /** Displays a button for each name. */
  show(names) {
    // The same buttons keep the focus.
    if (this.names === names.join()) return;
    this.names = names.join();
    const button = (name) =>
      el('button', { type: 'button', class: 'button button-secondary', text: name, on: { click: () => this.press(name) } });
    this.root.replaceChildren(...names.map(button), this.words);
    this.root.hidden = names.length === 0;
  }

  async press(name) {
    // A second press meanwhile changes nothing.
    if (this.isBusy) return;
    this.isBusy = true;
    try {
      this.words.textContent = await this.act(name);
    } catch (error) {
      this.words.textContent = error.message;
    }
    this.isBusy = false;
  }
}
