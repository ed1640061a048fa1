// Channels of each kind, their threads, and the posts of a forum.

import { el } from './dom.js';

// The word for the kind of a channel, for screen readers.
const KIND_WORDS = { announcement: 'announcements', forum: 'forum' };

/** The sign before the name of a channel in a text. */
export function signOf(channel) {
  if (channel.kind === 'direct' || channel.kind === 'group') return '@';
  return channel.parent ? '' : '#';
}

/** The rows of places without threads: direct messages, and the channels of a server without the bot. */
export function plainRows(places, current, unread, open) {
  return places.map((place) => el('li', {}, placeButton(place, current, unread, open)));
}

/**
 * The rows of the column: each channel, and below it its threads that are not archived. `current` is
 * the open one, `unread` a Set of ids, `open(id)` follows a press.
 */
export function placeRows(state, current, unread, open) {
  const threads = (state.threads ?? []).filter(({ archived }) => !archived);
  return state.channels.map((channel) => {
    const row = el('li', {}, placeButton(channel, current, unread, open));
    const own = threads.filter(({ parent }) => parent === channel.id);
    if (own.length) {
      const inner = own.map((thread) => el('li', {}, placeButton(thread, current, unread, open)));
      row.append(el('ul', { class: 'threads', 'aria-label': `Threads of ${channel.name}` }, ...inner));
    }
    return row;
  });
}

function placeButton(place, current, unread, open) {
  const isCurrent = place.id === current.id;
  const isUnread = !isCurrent && unread.has(place.id);
  const words = KIND_WORDS[place.kind];
  return el(
    'button',
    {
      type: 'button',
      class: `channel${isUnread ? ' is-unread' : ''}`,
      'aria-current': isCurrent ? 'page' : null,
      on: { click: () => open(place.id) },
    },
    el('span', { class: 'channel-sign', 'aria-hidden': 'true', data: { kind: place.parent ? 'thread' : place.kind } }),
    el('span', { class: 'channel-name', dir: 'auto', text: place.name }),
    words ? el('span', { class: 'visually-hidden', text: ` (${words})` }) : null,
    isUnread ? el('span', { class: 'visually-hidden', text: ' (new messages)' }) : null,
  );
}

/** Fills `root` with the posts of a forum, newest first; hides it in any other channel. */
export function showPosts(root, channel, threads, open) {
  root.hidden = channel.kind !== 'forum';
  if (root.hidden) {
    root.replaceChildren();
    return;
  }
  const posts = threads.filter(({ parent }) => parent === channel.id).reverse();
  const rows = posts.map((post) =>
    el(
      'li',
      {},
      el(
        'button',
        { type: 'button', class: 'post', on: { click: () => open(post.id) } },
        el('span', { class: 'post-name', dir: 'auto', text: post.name }),
        stateOf(post) ? el('span', { class: 'post-state', text: stateOf(post) }) : null,
      ),
    ),
  );
  root.replaceChildren(
    el('h2', { text: posts.length ? 'Posts' : 'No posts yet' }),
    posts.length ? el('ul', { class: 'post-list' }, ...rows) : el('p', { text: 'What the bot posts to this forum will stand here.' }),
  );
}

function stateOf({ archived, locked }) {
  return [archived && 'archived', locked && 'locked'].filter(Boolean).join(', ');
}
