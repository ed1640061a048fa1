// A sandbox in its own process, controlled by lines of JSON (examples/sandbox.rs).

import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** Starts the program; resolves to `{ place, act, end }`. */
export async function startSandbox(program) {
  const child = spawn(program, { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const read = async () => {
    const { value, done } = await lines.next();
    if (done) throw new Error('the sandbox ended');
    return JSON.parse(value);
  };
  const place = await read();
  let last = Promise.resolve();
  /** Carries out actions one after the other. Resolves to the result of this one. */
  const act = (action) => {
    const result = last.then(async () => {
      child.stdin.write(`${JSON.stringify(action)}\n`);
      const answer = await read();
      if ('error' in answer) throw new Error(`${JSON.stringify(action)}: ${answer.error}`);
      return answer.ok;
    });
    last = result.catch(() => {});
    return result;
  };
  const end = () =>
    new Promise((resolve) => {
      child.once('exit', resolve);
      child.stdin.end();
    });
  return { place, act, end };
}
