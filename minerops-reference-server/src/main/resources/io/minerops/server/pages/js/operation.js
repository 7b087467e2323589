/** Whether the server itself is well: jobs, stored events, messages on their way. */

import { ApiError, get } from './api.js';
import { badge, byId, el, setText } from './dom.js';
import { createEventList } from './event-list.js';
import * as format from './format.js';
import { showInstances } from './instances.js';
import { createOutbox } from './outbox.js';
import { startPage } from './shell.js';

const REFRESH_MS = 30_000;
const EVENTS = ['poll_done', 'alerts_changed', 'profitability_saved'];

const refreshNow = () => refresh.now();
const events = createEventList(refreshNow);
const outbox = createOutbox(refreshNow);
const refresh = startPage({ intervalMs: REFRESH_MS, run: load, events: EVENTS });

async function load() {
  await Promise.all([showReadiness(), showInstances(), events.load(), outbox.load()]);
}

/** A server that is not ready reports the reason in the same form. */
async function readiness() {
  try {
    return await get('/readyz');
  } catch (error) {
    if (error instanceof ApiError && error.status === 503 && error.answer) {
      return error.answer;
    }
    throw error;
  }
}

async function showReadiness() {
  const { ok, components = [], database, jobs = [], market } = await readiness();
  const broken = components.filter((component) => !component.ok).map((component) => `${component.name}: ${component.error}`);
  const failing = jobs.filter((job) => job.last_error !== null);
  showTile('ready', ok ? 'ready' : 'not ready', ok ? 'the server responds and its jobs run' : broken.join('; ') || 'see below', !ok);
  showTile('jobs', `${format.number(jobs.length - failing.length)} / ${format.number(jobs.length)}`,
    failing.length === 0 ? 'all well' : `failing: ${failing.map((job) => job.name).join(', ')}`, failing.length > 0);
  showTile('database', database?.ok ? 'ok' : database ? 'no response' : format.ABSENT, database?.error ?? '', database?.ok === false);
  const sources = Object.entries(market ?? {});
  const poor = sources.filter(([, source]) => !source.available || source.stale).map(([name]) => name.replaceAll('_', ' '));
  showTile('market', sources.length === 0 ? format.ABSENT : poor.length === 0 ? 'up to date' : 'not up to date',
    poor.length === 0 ? sources.map(([, source]) => source.source).filter(Boolean).join(', ') : `old or absent: ${poor.join(', ')}`,
    poor.length > 0);
  byId('job-rows').replaceChildren(...(jobs.length ? jobs.map(row) : [nothing()]));
}

function showTile(id, figure, sub, bad) {
  setText(`tile-${id}`, figure);
  setText(`tile-${id}-sub`, sub);
  byId(`tile-${id}`).classList.toggle('is-critical', bad);
}

function row(job) {
  const cell = (label, ...content) => el('td', { role: 'cell', data: { label } }, ...content);
  const at = (iso) => (iso === null ? format.ABSENT : el('time', { datetime: iso, title: format.dateTime(iso) }, format.since(iso)));
  return el('tr', { role: 'row' },
    el('th', { scope: 'row', role: 'rowheader' }, job.name),
    cell('State', job.running ? badge('info', 'running') : job.last_error !== null ? badge('failed')
      : job.last_run === null ? badge('none', 'not run yet') : badge('sent', 'ok')),
    cell('Last run', at(job.last_run)),
    cell('Took', job.last_duration_s === null ? format.ABSENT : `${format.number(job.last_duration_s, 3)} s`),
    cell('Next run', job.next_run === null ? format.ABSENT : format.until(job.next_run)),
    cell('Runs', format.number(job.runs)),
    cell('Failures', format.number(job.failures)),
    el('td', { role: 'cell', class: 'wide', data: { label: 'Last error' } }, format.text(job.last_error)));
}

function nothing() {
  return el('tr', { role: 'row' }, el('td', { role: 'cell', class: 'empty', colspan: 8 }, 'A token is required to show the jobs.'));
}
