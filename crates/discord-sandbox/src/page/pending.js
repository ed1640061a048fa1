// Interactions without an answer so far.

export class Pending {
  constructor() {
    this.waiting = new Map();
    // An answer can arrive before the reply with its id. It is kept until the reply is here.
    this.early = new Map();
    this.due = 0;
  }

  /** Sends by `post()`, then calls `settle(state, error, modal)` once: "answered", perhaps with a form, or "failed". */
  async track(post, sent, settle) {
    this.due += 1;
    try {
      const { interaction } = await post();
      sent?.();
      const early = this.early.get(interaction);
      if (early) settle(early.state, early.error, early.modal);
      else this.waiting.set(interaction, settle);
    } finally {
      this.due -= 1;
      if (this.due === 0) this.early.clear();
    }
  }

  settle(id, state, error, modal) {
    if (state !== 'answered' && state !== 'failed') return;
    const settle = this.waiting.get(id);
    this.waiting.delete(id);
    if (settle) settle(state, error, modal);
    else if (this.due > 0) this.early.set(id, { state, error, modal });
  }

  /** The ids of the pending interactions. */
  open() {
    return [...this.waiting.keys()];
  }

  /** Drops `ids`: after a break their result is unknown. */
  abandon(ids, error) {
    for (const id of ids) this.settle(id, 'failed', error);
  }
}
