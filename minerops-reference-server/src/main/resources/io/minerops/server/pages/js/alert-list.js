/** The list of alerts: filters, paging, acknowledging, resolving. */

import { ApiError, get, post } from './api.js';
import { badge, button, byId, el, hashParameters, keepingFocus, pairs, replaceHash, setText } from './dom.js';
import { act, clearErrors, showError } from './form-errors.js';
import * as format from './format.js';

const PAGE = 50;
const MAX_LIMIT = 1_000;
const HOUR_MS = 3_600_000;
const USER_KEY = 'minerops.user';
const FILTERS = ['status', 'severity', 'alert_type', 'miner_ip', 'since'];
const STATUS_NAMES = { auto_resolved: 'resolved by itself' };

/** Takes over the list; `refresh` loads the page anew, `silence` asks for the silence of a miner. */
export function createAlertList(refresh, silence) {
  const form = byId('alert-filters');
  const errors = byId('alert-error');
  const more = byId('alert-more');
  const user = byId('user-name');
  const resolve = createResolveDialog(user, refresh);
  const opened = new Set();
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
    setText('alert-message', `Checked: ${message}.`);
    await refresh();
  }));
  addEventListener('hashchange', () => {
    fromAddress();
    wanted = PAGE;
    refresh();
  });
  fromAddress();

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
    const [status, severity, type, miner, hours] = FILTERS.map((name) => form.elements[name].value.trim());
    return {
      status: status === 'all' ? '' : status,
      severity,
      alert_type: type,
      miner_ip: miner,
      since: hours === '' ? '' : new Date(Date.now() - Number(hours) * HOUR_MS).toISOString(),
    };
  }

  /** Reads on from where the list ends until as many are there as are wanted. */
  async function append(mine) {
    const filters = query();
    do {
      const limit = Math.min(MAX_LIMIT, Math.max(1, wanted - alerts.length));
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
    keepingFocus(body, () => body.replaceChildren(...(alerts.length ? alerts.map(row) : [nothing()])));
    more.hidden = next === null;
    setText('alert-count', next === null ? `${format.number(alerts.length)} shown` : `the newest ${format.number(alerts.length)}`);
  }

  function row(alert) {
    return el('tr', { role: 'row' },
      el('th', { scope: 'row', role: 'rowheader' },
        badge(alert.severity), ' ', alert.message,
        el('p', { class: 'hint' }, `${alert.rule_name} · ${alert.alert_type}`), details(alert)),
      cell('Miner', alert.miner_ip === null ? 'many' : el('a', {
        href: `/dashboard#${new URLSearchParams({ miner: alert.miner_ip })}` }, alert.miner_ip)),
      cell('Status', status(alert)),
      cell('Raised', el('time', { datetime: alert.created_at, title: format.dateTime(alert.created_at) }, format.since(alert.created_at))),
      cell('Message sent', notification(alert)),
      el('td', { role: 'cell', class: 'wide' }, actions(alert)));
  }

  function details(alert) {
    const entries = Object.entries(alert.details ?? {}).map(([name, value]) => [name, format.number(value, Number.isInteger(value) ? 0 : 2)]);
    if (alert.resolution_note) {
      entries.push(['note', alert.resolution_note]);
    }
    if (entries.length === 0) {
      return null;
    }
    return el('details', {
      open: opened.has(alert.id),
      on: { toggle: (event) => (event.currentTarget.open ? opened.add(alert.id) : opened.delete(alert.id)) },
    }, el('summary', { data: { focus: `details-${alert.id}` } }, 'Details'), el('dl', { class: 'facts' }, pairs(entries)));
  }

  function actions(alert) {
    const isActive = alert.status === 'active';
    if (!isActive && alert.status !== 'acknowledged') {
      return null;
    }
    return el('div', { class: 'actions' },
      isActive ? button('Acknowledge', (event) => act(event.currentTarget, errors, () => acknowledge(alert)), {
        'aria-label': `Acknowledge ${alert.message}`, data: { focus: `acknowledge-${alert.id}` } }) : null,
      button('Resolve', () => resolve.open(alert), {
        'aria-label': `Resolve ${alert.message}`, data: { focus: `resolve-${alert.id}` } }),
      alert.silenced ? null : button('Silence', () => silence(
        alert.miner_ip === null ? { rule_id: alert.rule_id } : { miner_ip: alert.miner_ip }), {
        'aria-label': `Silence ${alert.miner_ip ?? alert.rule_name}`, data: { focus: `silence-alert-${alert.id}` } }));
  }

  async function acknowledge(alert) {
    await post(`/api/alerts/${alert.id}/acknowledge`, bodyOf({ user: user.value }));
    setText('alert-message', `Alert ${alert.id} acknowledged.`);
    await refresh();
  }

  return { load };
}

function createResolveDialog(user, refresh) {
  const dialog = byId('resolve-dialog');
  const form = byId('resolve-form');
  const note = byId('resolve-note');
  const errors = byId('resolve-error');
  let alert = null;

  byId('resolve-cancel').addEventListener('click', () => dialog.close());
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    try {
      await post(`/api/alerts/${alert.id}/resolve`, bodyOf({ user: user.value, note: note.value }));
      setText('alert-message', `Alert ${alert.id} resolved.`);
      dialog.close();
      await refresh();
    } catch (error) {
      showError(form, errors, error);
    }
  });

  return {
    open(chosen) {
      alert = chosen;
      note.value = '';
      clearErrors(form, errors);
      setText('resolve-subject', `${alert.miner_ip ?? alert.rule_name}: ${alert.message}`);
      dialog.showModal();
      note.focus();
    },
  };
}

/** Only what was filled in. */
function bodyOf(fields) {
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, value.trim()]).filter(([, value]) => value !== ''));
}

function nothing() {
  return el('tr', { role: 'row' }, el('td', { role: 'cell', class: 'empty', colspan: 6 }, 'No alert matches.'));
}

function cell(label, ...content) {
  return el('td', { role: 'cell', data: { label } }, ...content);
}

function status(alert) {
  const by = alert.acknowledged_by ? ` by ${alert.acknowledged_by}` : '';
  const when = alert.resolved_at ?? alert.acknowledged_at;
  return [STATUS_NAMES[alert.status] ?? alert.status, by, alert.silenced ? [' ', badge('none', 'silenced')] : null,
    when ? el('p', { class: 'hint', title: format.dateTime(when) }, format.since(when)) : null];
}

function notification(alert) {
  return alert.notification_status === 'none'
    ? el('span', { class: 'hint' }, 'none')
    : badge(alert.notification_status);
}
