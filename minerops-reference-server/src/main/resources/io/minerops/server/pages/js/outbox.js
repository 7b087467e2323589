/** The messages on their way, sent and failed. */

import { get, post } from './api.js';
import { badge, byId, el, setText } from './dom.js';
import { act } from './form-errors.js';
import * as format from './format.js';

const SHOWN = 50;
const DELIVERY_TIMEOUT_MS = 70_000;

/** Takes over the outbox; `refresh` reloads the page. */
export function createOutbox(refresh) {
  const wanted = byId('outbox-status');
  const errors = byId('outbox-error');
  wanted.addEventListener('change', refresh);
  byId('outbox-filters').addEventListener('submit', (event) => event.preventDefault());
  byId('outbox-test').addEventListener('click', (event) => act(event.currentTarget, errors, async () => {
    setText('outbox-message', 'Sending…');
    try {
      await post('/api/notifications/test', { channel: 'email' }, DELIVERY_TIMEOUT_MS);
      setText('outbox-message', 'The mail server accepted the test message.');
    } catch (error) {
      setText('outbox-message', '');
      throw error;
    }
  }));

  return {
    async load() {
      const { notifications } = await get('/api/notifications', { status: wanted.value, limit: SHOWN });
      byId('outbox-rows').replaceChildren(...(notifications.length
        ? notifications.map(row)
        : [el('tr', { role: 'row' }, el('td', { role: 'cell', class: 'empty', colspan: 7 }, 'No message.'))]));
    },
  };
}

function row(entry) {
  const cell = (label, ...content) => el('td', { role: 'cell', data: { label } }, ...content);
  return el('tr', { role: 'row' },
    el('th', { scope: 'row', role: 'rowheader' },
      badge(entry.severity), ` ${entry.rule_name}${entry.miner_ip === null ? '' : `, ${entry.miner_ip}`}`,
      el('p', { class: 'hint' }, `${entry.kind}, alert ${entry.alert_id}`)),
    cell('To', entry.channel),
    cell('Status', badge(entry.status)),
    cell('Attempts', format.number(entry.attempts)),
    cell('Created', el('span', { title: format.dateTime(entry.created_at) }, format.since(entry.created_at))),
    cell('Next attempt', entry.next_attempt_at ? format.dateTime(entry.next_attempt_at) : format.ABSENT),
    el('td', { role: 'cell', class: 'wide', data: { label: 'Last error' } }, format.text(entry.last_error)));
}
