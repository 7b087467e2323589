/** The demo's inbox: the mails and posts that its catchers caught. */

import { get } from '/assets/js/api.js';
import { byId, el, setText } from '/assets/js/dom.js';
import { clock } from '/assets/js/format.js';
import { startPage } from '/assets/js/shell.js';

const REFRESH_MS = 5_000;

let shown = null;

startPage({ intervalMs: REFRESH_MS, run: load });

async function load() {
  const { caught, messages } = await get('/demo/messages');
  setText(byId('count'), caught === 1 ? '1 message' : `${caught} messages`);
  const newest = messages.length === 0 ? '' : messages[0].at + caught;
  if (newest === shown) {
    return;
  }
  shown = newest;
  byId('messages').replaceChildren(...(messages.length === 0 ? [el('p', { class: 'empty' }, 'Nothing was sent yet.')] : messages.map(message)));
}

function message({ at, channel, subject, text }) {
  return el('details', { class: 'caught' },
    el('summary', {},
      el('time', { datetime: at }, clock(Date.parse(at))), ' ',
      el('span', { class: 'badge' }, channel), ' ',
      subject),
    el('pre', {}, text));
}
