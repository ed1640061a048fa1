// The requests of this page. A refusal becomes an Error with the server's message.

async function ask(path, body) {
  const request = body
    ? { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }
    : {};
  let response;
  try {
    response = await fetch(path, request);
  } catch {
    throw new Error('The local server cannot be reached. Is it still running?');
  }
  const answer = await response.json().catch(() => ({}));
  if (response.ok) return answer;
  const error = new Error(answer.error || `The local server answered with status ${response.status}.`);
  error.refused = true;
  throw error;
}

export function fetchState(person) {
  return ask(person ? `/page/state?${new URLSearchParams({ person })}` : '/page/state');
}

export async function fetchMessages(person, channel) {
  const { messages } = await ask(`/page/messages?${new URLSearchParams({ person, channel })}`);
  return messages;
}

/** The notes of the host program about channels and messages. */
export async function fetchNotes(person) {
  const { notes } = await ask(`/page/notes?${new URLSearchParams({ person })}`);
  return notes;
}

/** Calls the host program. Returns its words. */
export async function act(name) {
  const { words } = await ask('/page/actions', { action: name });
  return words;
}

/** Adds the app to the account of a person, or removes it. */
export function setAccount(person, hasApp) {
  return ask('/page/account', { person, has_app: hasApp });
}

/** Sends a command, component, form or dismissal; `who` is { person, channel }. */
export function interact(who, kind, fields) {
  return ask('/page/interactions', { ...who, kind, ...fields });
}

/** The newest requests of the bot, newest first. */
export async function fetchRequests() {
  const { requests } = await ask('/page/requests');
  return requests;
}

/** The faults that are not used up. */
export async function fetchFaults() {
  const { faults } = await ask('/page/faults');
  return faults;
}

/** Plans or withdraws a fault. Returns all faults that are not used up. */
export async function planFault(person, fault) {
  const { faults } = await ask('/page/faults', { person, ...fault });
  return faults;
}

export async function complete(who, name, options) {
  const answer = await interact(who, 'autocomplete', { name, options });
  if (answer.error) throw new Error(answer.error);
  return answer.choices ?? [];
}
