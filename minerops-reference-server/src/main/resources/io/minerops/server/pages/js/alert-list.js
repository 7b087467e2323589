/** The list of alerts: filters, paging, acknowledging, resolving, one by one and many at a time. */

import { ApiError, MAX_PAGE, get, post } from './api.js';
import { alertRow, isOpen } from './alert-row.js';
import { createBulk } from './alert-bulk.js';
import { createTimelines } from './alert-timeline.js';
import { byId, el, hashParameters, keepingFocus, replaceHash, setText } from './dom.js';
import { act, clearErrors, showError } from './form-errors.js';
import * as format from './format.js';
import { createResolveDialog, given } from './resolve-dialog.js';
import { ruleTypes } from './rule-types.js';

const PAGE = 50;
const HOUR_MS = 3_600_000;
const USER_KEY = 'minerops.user';
const FILTERS = ['status', 'severity', 'alert_type', 'miner_ip', 'since', 'sort'];

/** Takes over the list; `refresh` reloads the page, `silence` opens the form for a silence of miners or rules. */
export function createAlertList(refresh, silence) {
  const form = byId('alert-filters');
  const errors = byId('alert-error');
  const more = byId('alert-more');
  const user = byId('user-name');
  const say = (sentence) => setText('alert-message', sentence);
  const change = {
    acknowledge: (alert) => post(`/api/alerts/${alert.id}/acknowledge`, given({ user: user.value })),
    resolve: (alert, note) => post(`/api/alerts/${alert.id}/resolve`, given({ user: user.value, note })),
  };
  const resolve = createResolveDialog();
  const bulk = createBulk({ change, resolve, silence, say, refresh });
  const timelines = createTimelines();
  let alerts = [];
  let next = null;
  let wanted = PAGE;
  let generation = 0;

  user.value = localStorage.getItem(USER_KEY) ?? '';
  user.addEventListener('change', () => localStorage.setItem(USER_KEY, user.value.trim()));
  form.addEventListener('submit', (event) => event.preventDefault());
  form.addEventListener('change', (event) => {
    if (event.target !== user) {
      changed();
    }
  });
  more.addEventListener('click', () => act(more, errors, async () => {
    wanted = alerts.length + PAGE;
    await append(generation);
    draw();
  }));
  byId('check-now').addEventListener('click', (event) => act(event.currentTarget, errors, async () => {
    const { message } = await post('/api/alerts/check', undefined, 60_000);
    say(`Checked: ${message}.`);
    await refresh();
  }));
  addEventListener('hashchange', () => {
    fromAddress();
    wanted = PAGE;
    refresh();
  });
  fromAddress();

  /** The types to choose from are the server's; the address may name one of them. */
  async function offerTypes() {
    const control = form.elements.alert_type;
    if (control.options.length === 1) {
      control.append(...[...(await ruleTypes()).values()].map((type) => el('option', { value: type.rule_type }, type.label)));
      fromAddress();
    }
  }

  function fromAddress() {
    const parameters = hashParameters();
    for (const name of FILTERS) {
      const control = form.elements[name];
      control.value = parameters.get(name) ?? (control.options?.[0].value ?? '');
    }
  }

  function changed() {
    const set = FILTERS.map((name) => [name, form.elements[name].value.trim()])
      .filter(([name, value]) => value !== '' && value !== form.elements[name].options?.[0].value);
    replaceHash(set);
    wanted = PAGE;
    refresh();
  }

  function query() {
    const [status, severity, type, miner, hours, sort] = FILTERS.map((name) => form.elements[name].value.trim());
    return {
      status: status === 'all' ? '' : status,
      severity,
      alert_type: type,
      miner_ip: miner,
      since: hours === '' ? '' : new Date(Date.now() - Number(hours) * HOUR_MS).toISOString(),
      sort,
    };
  }

  /** Reads on from where the list ends until as many are there as are wanted. */
  async function append(mine) {
    const filters = query();
    do {
      const limit = Math.min(MAX_PAGE, Math.max(1, wanted - alerts.length));
      const page = await get('/api/alerts', { ...filters, limit, cursor: next });
      if (mine !== generation) {
        return;
      }
      const known = new Set(alerts.map((alert) => alert.id));
      alerts = [...alerts, ...page.alerts.filter((alert) => !known.has(alert.id))];
      next = page.next ?? null;
    } while (next !== null && alerts.length < wanted);
  }

  async function load() {
    await offerTypes();
    const before = [alerts, next];
    generation += 1;
    const mine = generation;
    [alerts, next] = [[], null];
    try {
      await append(mine);
      clearErrors(form, errors);
    } catch (error) {
      [alerts, next] = before;
      if (!(error instanceof ApiError) || error.status !== 400) {
        throw error;
      }
      // a filter is at fault, not the server: the rest of the page goes on
      clearErrors(form, errors);
      showError(form, errors, error, false);
    }
    draw();
  }

  function draw() {
    const body = byId('alert-rows');
    bulk.show(alerts.filter(isOpen));
    keepingFocus(body, () => body.replaceChildren(...(alerts.length
      ? alerts.map((alert) => alertRow(alert, {
        choice: bulk.choice(alert), timeline: timelines.of(alert), acknowledge, resolve: askToResolve, silence }))
      : [nothing()])));
    more.hidden = next === null;
    setText('alert-count', next === null ? `${format.number(alerts.length)} shown` : `the ${form.elements.sort.value === 'cost' ? 'most expensive' : 'newest'} ${format.number(alerts.length)}`);
  }

  const acknowledge = (alert, control) => act(control, errors, async () => {
    await change.acknowledge(alert);
    say(`Alert ${alert.id} acknowledged.`);
    await refresh();
  });

  const askToResolve = (alert) => resolve.open('Resolve alert', `${alert.miner_ip ?? alert.rule_name}: ${alert.message}`, async (note) => {
    await change.resolve(alert, note);
    say(`Alert ${alert.id} resolved.`);
    await refresh();
  });

  return { load };
}

function nothing() {
  return el('tr', { role: 'row' }, el('td', { role: 'cell', class: 'empty', colspan: 7 }, 'No alert matches.'));
}
