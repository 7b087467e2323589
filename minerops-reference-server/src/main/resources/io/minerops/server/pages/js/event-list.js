/** The stored events: level, miner, time, paging. */

import { ApiError, MAX_PAGE, get } from './api.js';
import { badge, byId, el, keepingFocus, minerPage, setText } from './dom.js';
import { act, clearErrors, showError } from './form-errors.js';
import * as format from './format.js';

const PAGE = 50;
const HOUR_MS = 3_600_000;
const BADGES = { info: 'info', warning: 'warning', error: 'critical' };

/** Takes over the list; `refresh` reloads the page. */
export function createEventList(refresh) {
  const form = byId('event-filters');
  const errors = byId('event-error');
  const more = byId('event-more');
  let events = [];
  let next = null;
  let wanted = PAGE;

  form.addEventListener('submit', (event) => event.preventDefault());
  form.addEventListener('change', () => {
    wanted = PAGE;
    refresh();
  });
  more.addEventListener('click', () => act(more, errors, async () => {
    wanted = events.length + PAGE;
    await refresh();
  }));

  function query() {
    const hours = form.elements.since.value;
    return {
      level: form.elements.level.value,
      ip: form.elements.ip.value.trim(),
      since: hours === '' ? '' : new Date(Date.now() - Number(hours) * HOUR_MS).toISOString(),
    };
  }

  function draw() {
    const body = byId('event-rows');
    keepingFocus(body, () => body.replaceChildren(...(events.length ? events.map(row) : [nothing()])));
    more.hidden = next === null || wanted >= MAX_PAGE;
    setText('event-count', events.length === 0 ? '' : next === null
      ? `${format.number(events.length)} shown` : `the newest ${format.number(events.length)}`);
  }

  return {
    async load() {
      try {
        const answer = await get('/api/events', { ...query(), limit: Math.min(MAX_PAGE, wanted) });
        [events, next] = [answer.events, answer.next ?? null];
        clearErrors(form, errors);
      } catch (error) {
        if (!(error instanceof ApiError) || error.status !== 400) {
          throw error;
        }
        clearErrors(form, errors);
        showError(form, errors, error, false);
      }
      draw();
    },
  };
}

function row(event) {
  const cell = (label, ...content) => el('td', { role: 'cell', data: { label } }, ...content);
  return el('tr', { role: 'row' },
    el('th', { scope: 'row', role: 'rowheader', class: 'nowrap' },
      el('time', { datetime: event.timestamp, title: format.since(event.timestamp) }, format.dateTime(event.timestamp))),
    cell('Level', badge(BADGES[event.level] ?? 'none', event.level)),
    cell('Source', event.source),
    cell('Miner', event.miner_ip === null ? format.ABSENT : el('a', { href: minerPage(event.miner_ip) }, event.miner_ip)),
    el('td', { role: 'cell', class: 'wide', data: { label: 'Message' } }, event.message));
}

function nothing() {
  return el('tr', { role: 'row' }, el('td', { role: 'cell', class: 'empty', colspan: 5 }, 'No event matches.'));
}
