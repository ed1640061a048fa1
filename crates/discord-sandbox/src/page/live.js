// The websocket with the events of this server. It reconnects after each break.

const FIRST_DELAY_MS = 500;
const LAST_DELAY_MS = 5000;

/**
 * Stays connected as `person` until the returned function is called. `on.open()` follows every
 * connection, the first one too; `on.lost()` every break; `on.event(data)` every message.
 */
export function openLive(person, on) {
  let socket = null;
  let timer = 0;
  let delay = FIRST_DELAY_MS;
  let closed = false;

  const connect = () => {
    const scheme = location.protocol === 'https:' ? 'wss:' : 'ws:';
    socket = new WebSocket(`${scheme}//${location.host}/page/live?${new URLSearchParams({ person })}`);
    socket.addEventListener('open', () => {
      delay = FIRST_DELAY_MS;
      if (!closed) on.open();
    });
    socket.addEventListener('message', ({ data }) => {
      const event = parse(data);
      if (event && !closed) on.event(event);
    });
    socket.addEventListener('close', () => {
      if (closed) return;
      on.lost();
      timer = setTimeout(connect, delay);
      delay = Math.min(delay * 2, LAST_DELAY_MS);
    });
  };

  connect();
  return () => {
    closed = true;
    clearTimeout(timer);
    socket.close();
  };
}

function parse(data) {
  try {
    return JSON.parse(data);
  } catch {
    return null;
  }
}
