/** What the alerts of a month have cost, by rule, model, tag or miner. */

import { get, getAll } from './api.js';
import { byId, el, minerPage, setText } from './dom.js';
import * as format from './format.js';
import { createTable } from './table.js';

const MONTHS = 13;
const HOUR_S = 3_600;
const MAX_MINERS = 20_000;
/** Sites and owners seldom change. */
const OWNERS_MS = 10 * 60_000;
const NAMES = { rule: 'Rule', model: 'Model', tag: 'Tag', miner: 'Miner' };
const UNNAMED = { rule: 'unnamed', model: 'unknown model', tag: 'without tags', miner: 'unknown' };

/** Takes over the panel; `refresh` reloads the page. */
export function createAlertBill(refresh) {
  const form = byId('bill-filters');
  const control = (name) => form.elements[name];
  let ownersAt = -Infinity;
  const table = createTable(byId('bill-table'), {
    columns: [
      { key: 'name', label: 'Where', class: 'address', value: (line) => line.name, cell: name },
      { key: 'usd', label: 'Cost', numeric: true, value: (line) => line.usd, cell: (line) => format.smallUsd(line.usd) },
      { key: 'alerts', label: 'Alerts', numeric: true, value: (line) => line.alerts, cell: (line) => format.number(line.alerts) },
      { key: 'hours', label: 'Open for', numeric: true, value: (line) => line.hours, cell: (line) => format.duration(line.hours * HOUR_S) },
    ],
    keyOf: (line) => `${line.rule_id}-${line.name}`,
    empty: 'No cost of alerts is known in this month.',
    sort: { key: 'usd', descending: true },
  });

  offerMonths(control('of'));
  byId('to-bill').addEventListener('click', (event) => {
    // the part behind # is the list's filter
    event.preventDefault();
    byId('bill-title').scrollIntoView();
  });
  form.addEventListener('submit', (event) => event.preventDefault());
  form.addEventListener('change', refresh);

  function name(line) {
    const by = control('by').value;
    const text = line.name ?? UNNAMED[by];
    return by === 'miner' ? el('a', { href: minerPage(text) }, text) : text;
  }

  /** The sites and owners of the registry; a control without any takes no room. */
  async function offerOwners() {
    if (performance.now() - ownersAt < OWNERS_MS) {
      return;
    }
    const { items } = await getAll('/api/miners', 'miners', {}, MAX_MINERS);
    for (const field of ['site', 'owner']) {
      const values = [...new Set(items.map((miner) => miner[field]).filter(Boolean))].sort();
      const chosen = control(field).value;
      control(field).replaceChildren(control(field).options[0], ...values.map((value) => el('option', { value }, value)));
      control(field).value = values.includes(chosen) ? chosen : '';
      control(field).closest('.pair').hidden = values.length === 0;
    }
    ownersAt = performance.now();
  }

  return {
    async load() {
      const [{ lines, usd }] = await Promise.all([
        get('/api/alerts/bill', Object.fromEntries(['of', 'by', 'site', 'owner'].map((field) => [field, control(field).value]))),
        offerOwners(),
      ]);
      setText(byId('bill-table').querySelector('thead button'), NAMES[control('by').value]);
      setText('bill-total', lines.length ? `${format.smallUsd(usd)} in all` : '');
      setText('count-cost', lines.length ? format.smallUsd(usd) : format.ABSENT);
      setText('count-cost-sub', control('of').value);
      table.show(lines);
    },
  };
}

function offerMonths(select) {
  const now = new Date();
  for (let back = 0; back < MONTHS; back += 1) {
    const month = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - back, 1)).toISOString().slice(0, 7);
    select.append(el('option', { value: month }, month));
  }
}
