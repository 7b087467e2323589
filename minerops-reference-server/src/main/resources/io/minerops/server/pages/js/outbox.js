/** The messages on their way, sent and failed. */

import { get, post } from './api.js';
import { badge, byId, el, setText } from './dom.js';
import { act, clearErrors, showError } from './form-errors.js';
import * as format from './format.js';
import { ruleParts } from './rule-types.js';

const SHOWN = 50;
const DELIVERY_TIMEOUT_MS = 70_000;
const WEBHOOK = 'webhook';

/** Takes over the outbox; `refresh` reloads the page. */
export function createOutbox(refresh) {
  const wanted = byId('outbox-status');
  const errors = byId('outbox-error');
  wanted.addEventListener('change', refresh);
  byId('outbox-filters').addEventListener('submit', (event) => event.preventDefault());
  const test = createTest(errors);

  return {
    async load() {
      await test.offer();
      const { notifications } = await get('/api/notifications', { status: wanted.value, limit: SHOWN });
      byId('outbox-rows').replaceChildren(...(notifications.length
        ? notifications.map(row)
        : [el('tr', { role: 'row' }, el('td', { role: 'cell', class: 'empty', colspan: 7 }, 'No message.'))]));
    },
  };
}

/** Sends a test message on a channel of choice; webhook is the one that is given an address. */
function createTest(errors) {
  const form = byId('outbox-test-form');
  const channel = byId('outbox-channel');
  const choose = () => { byId('outbox-webhook').hidden = channel.value !== WEBHOOK; };
  channel.addEventListener('change', choose);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    clearErrors(form, errors);
    act(byId('outbox-test'), errors, send);
  });

  async function send() {
    const body = { channel: channel.value };
    if (body.channel === WEBHOOK) {
      body.webhook_url = byId('outbox-url').value.trim();
      body.webhook_format = byId('outbox-format').value;
    }
    setText('outbox-message', 'Sending…');
    try {
      await post('/api/notifications/test', body, DELIVERY_TIMEOUT_MS);
      setText('outbox-message', `The service of channel ${body.channel} accepted the test message.`);
    } catch (error) {
      setText('outbox-message', '');
      showError(form, errors, error);
    }
  }

  return {
    async offer() {
      if (channel.options.length > 0) {
        return;
      }
      const { channels, formats } = await ruleParts();
      const option = (value) => el('option', { value }, value);
      channel.replaceChildren(...[...channels, WEBHOOK].map(option));
      byId('outbox-format').replaceChildren(...formats.map(option));
      choose();
      setText('outbox-message', channels.length > 0 ? ''
        : 'No channel is set up: see the settings SMTP_SERVER, ALERT_EMAIL and WEBHOOK_CHANNELS.');
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
