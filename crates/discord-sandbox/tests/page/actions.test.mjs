import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';

import { act } from '../../src/page/api.js';

const { fetch } = globalThis;
afterEach(() => {
  globalThis.fetch = fetch;
});

/** Answers the next requests with a status and JSON, and keeps them. */
function answerWith(status, body) {
  const requests = [];
  globalThis.fetch = async (path, request) => {
    requests.push({ path, ...request });
    return new Response(JSON.stringify(body), { status });
  };
  return requests;
}

test('an action is sent by its name and gives the words of the host program', async () => {
  const requests = answerWith(200, { words: 'Done' });
  assert.equal(await act('Add an entry'), 'Done');
  const headers = { 'Content-Type': 'application/json' };
  assert.deepEqual(requests, [{ path: '/page/actions', method: 'POST', headers, body: '{"action":"Add an entry"}' }]);
});

test('a refused action is an error with the reason of the server', async () => {
  answerWith(422, { error: 'there is no such action' });
  await assert.rejects(act('Other'), { message: 'there is no such action', refused: true });
});
