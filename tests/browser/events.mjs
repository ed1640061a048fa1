// A page that gets events of things that our own bot does not do: the events are put into its websocket, everything else
// is the real server.

import { isReady, openWindow } from './demo.mjs';

/** A window whose websocket takes events of the test; `state` changes what the server reports about itself. */
export async function openWith(stage, state = (reported) => reported, options = {}) {
  const page = await openWindow(stage.browser, stage.demo.address, options);
  let socket;
  const opened = page.routeWebSocket(/page\/live/, (route) => {
    route.connectToServer();
    socket = route;
  });
  await Promise.all([
    opened,
    page.route(/page\/state/, async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, json: state(await response.json()) });
    }),
  ]);
  await page.reload();
  await isReady(page);
  page.tell = (event) => socket.send(JSON.stringify(event));
  return page;
}

let lastId = 5000;

/** A message of the bot in #news. */
export function message(more) {
  lastId += 1;
  const timestamp = new Date().toISOString();
  const author = { id: '1100000000000000001', username: 'heatwire', bot: true };
  const channel_id = '1100000000000000200';
  return { id: String(lastId), channel_id, author, content: '', embeds: [], components: [], flags: 0, timestamp, ...more };
}
