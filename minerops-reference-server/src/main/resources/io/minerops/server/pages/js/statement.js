/** What the fleet or a group of miners used, worked and earned over a period, and where the rest went. */

import { get } from './api.js';
import { byId, el, hashParameters, replaceHash, setText } from './dom.js';
import * as format from './format.js';
import { startPage } from './shell.js';
import { createTable } from './table.js';
import { waterfallRows } from './waterfall.js';

const REFRESH_MS = 600_000;
/** A year of a large fleet takes a while. */
const TIMEOUT_MS = 120_000;
const FIELDS = ['period', 'of', 'zone', 'by', 'name'];

const ESTIMATES = [
  ['no_data_pct', 'Time without data'],
  ['power_estimated_pct', 'Energy by nominal power'],
  ['power_unknown_pct', 'Time without power'],
  ['tariff_unknown_pct', 'Energy without tariff'],
  ['price_assumed_pct', 'Revenue by the price of another time'],
  ['price_unknown_pct', 'Production without price'],
  ['difficulty_assumed_pct', 'Work by the difficulty of another time'],
  ['difficulty_unknown_pct', 'Work without difficulty'],
  ['fees_assumed_pct', 'Work by transaction fees of another time'],
  ['nominal_unknown_pct', 'Time without nominal hashrate'],
  ['rejects_unknown_pct', 'Work without counts of shares'],
];

const TITLES = { day: 'By hour', week: 'By day', month: 'By day', year: 'By month' };

const figures = [
  { key: 'energy', label: 'Energy kWh', numeric: true, value: (row) => row.energy_kwh, cell: (row) => format.number(row.energy_kwh, 1) },
  { key: 'uptime', label: 'Uptime', numeric: true, value: (row) => row.uptime_pct, cell: (row) => percent(row.uptime_pct) },
  { key: 'btc', label: 'BTC', numeric: true, value: (row) => row.btc_expected, cell: (row) => format.number(row.btc_expected, 8) },
  { key: 'proven', label: 'BTC proven', numeric: true, class: 'minor', value: (row) => row.btc_proven,
    cell: (row) => (row.proven_s > 0 ? format.number(row.btc_proven, 8) : format.ABSENT) },
  { key: 'revenue', label: 'Revenue', numeric: true, value: (row) => row.revenue_usd, cell: (row) => format.usd(row.revenue_usd, 2) },
  { key: 'cost', label: 'Power cost', numeric: true, value: (row) => row.cost_usd, cell: (row) => format.usd(row.cost_usd, 2) },
  { key: 'profit', label: 'Profit', numeric: true, value: (row) => row.profit_usd, cell: (row) => signed(row.profit_usd) },
];

let answer = null;

const groups = createTable(byId('groups-table'), {
  columns: [{ key: 'name', label: 'Group', value: (row) => row.name, cell: groupName }, ...figures],
  keyOf: (row) => row.name ?? '',
  empty: 'No miners in this period.',
});
const parts = createTable(byId('parts-table'), {
  columns: [{ key: 'from', label: 'From', value: (row) => row.from, cell: (row) => partName(row.from) }, ...figures],
  keyOf: (row) => row.from,
  empty: 'No hour of this period is over.',
});

const wanted = fromHash();
fillForm();
byId('statement-zones').append(...(Intl.supportedValuesOf?.('timeZone') ?? []).map((zone) => el('option', { value: zone })));

const refresh = startPage({ intervalMs: REFRESH_MS, run: load });

async function load() {
  const query = Object.fromEntries(FIELDS.filter((field) => wanted[field] !== '').map((field) => [field, wanted[field]]));
  answer = await get('/api/statements', query, TIMEOUT_MS);
  if (wanted.of === '' && answer.total.miner_count === 0) {
    // the fleet began after the last period that is over
    Object.assign(query, { period: answer.period.kind, of: answer.period.next });
    answer = await get('/api/statements', query, TIMEOUT_MS);
  }
  byId('statement-csv').href = `/api/statements?${new URLSearchParams({ ...query, format: 'csv' })}`;
  show();
}

function show() {
  const { period, total } = answer;
  byId('statement-of').value = period.of;
  byId('statement-period').value = period.kind;
  byId('statement-zone').value = period.zone;
  setText('statement-title', ['Statement', period.of, answer.name].filter(Boolean).join(' · '));
  document.title = `Statement ${period.of} · MinerOps`;
  setText('statement-hint', [
    `${format.number(total.miner_count)} ${total.miner_count === 1 ? 'miner' : 'miners'}`,
    `${local(period.from)} to ${local(answer.until)}, ${period.zone}`,
    !answer.complete && 'the period is not over',
  ].filter(Boolean).join(' · '));
  showTiles(total);
  byId('waterfall-rows').replaceChildren(...waterfallRows(total));
  byId('estimate-rows').replaceChildren(...estimateRows(total.estimates));
  byId('groups-panel').hidden = answer.by === null;
  byId('statement-all').hidden = answer.name === null;
  setText('groups-title', answer.by === 'miner' ? 'Miners' : 'Groups');
  setText('groups-count', `${format.number(answer.groups.length)}`);
  groups.show(answer.groups);
  setText('parts-title', TITLES[period.kind]);
  parts.show(answer.parts);
}

function showTiles(total) {
  setText('tile-revenue', format.usd(total.revenue_usd, 2));
  setText('tile-revenue-sub', total.revenue_usd !== null && total.btc_expected > 0
    ? `${format.usd(total.revenue_usd / total.btc_expected, 0)} per BTC` : '');
  setText('tile-cost', format.usd(total.cost_usd, 2));
  setText('tile-cost-sub', total.cost_usd !== null && total.energy_kwh > 0
    ? `${format.usd(total.cost_usd / total.energy_kwh, 4)} per kWh` : '');
  setText('tile-profit', format.usd(total.profit_usd, 2));
  byId('tile-profit').classList.toggle('is-critical', total.profit_usd < 0);
  setText('tile-profit-sub', total.profit_usd !== null && total.revenue_usd > 0
    ? `${format.percent(total.profit_usd / total.revenue_usd * 100)} of the revenue` : '');
  setText('tile-energy', `${format.number(total.energy_kwh, 0)} kWh`);
  setText('tile-energy-sub', total.work_th > 0 ? format.efficiency(total.energy_kwh * 3.6e6 / total.work_th) : '');
  setText('tile-btc', format.number(total.btc_expected, 8));
  setText('tile-btc-sub', 'by the claimed work');
  setText('tile-proven', total.proven_s > 0 ? format.number(total.btc_proven, 8) : format.ABSENT);
  setText('tile-proven-sub', total.proven_s > 0 ? `± ${format.number(total.btc_proven_deviation, 8)}` : 'no share difficulty reported');
  setText('tile-uptime', percent(total.uptime_pct));
  setText('tile-availability', percent(total.availability_pct));
}

function estimateRows(estimates) {
  const rows = ESTIMATES.filter(([key]) => estimates[key] >= 0.005)
    .map(([key, label]) => el('tr', {}, el('th', { scope: 'row' }, label),
      el('td', { class: 'numeric' }, `${format.number(estimates[key], 2)} %`)));
  return rows.length > 0 ? rows : [el('tr', {}, el('td', { class: 'empty' }, 'Nothing'))];
}

function groupName(row) {
  if (row.name === null) {
    return '(none)';
  }
  return answer.name !== null || answer.by === null ? row.name
    : el('button', { type: 'button', class: 'link', on: { click: () => go({ by: answer.by, name: row.name }) } }, row.name);
}

const signed = (usd) => (usd < 0 ? el('span', { class: 'is-critical' }, format.usd(usd, 2)) : format.usd(usd, 2));

/** Two decimals, because uptime is near 100 %. */
const percent = (value) => (value === null ? format.ABSENT : `${format.number(value, 2)} %`);

/** Date and time of a moment in the zone of the statement. */
function local(iso) {
  return new Date(iso).toLocaleString('sv-SE', { timeZone: zoneOfBrowser(), dateStyle: 'short', timeStyle: 'short' });
}

function partName(iso) {
  const kind = answer.period.kind;
  const text = local(iso);
  return kind === 'day' ? text.slice(11) : kind === 'year' ? text.slice(0, 7) : text.slice(0, 10);
}

/** Java's ids of fixed offsets are not all known to browsers: then the times are those of UTC. */
function zoneOfBrowser() {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: answer.period.zone }).resolvedOptions().timeZone;
  } catch {
    return 'UTC';
  }
}

function fillForm() {
  byId('statement-period').value = wanted.period || 'month';
  byId('statement-of').value = wanted.of;
  byId('statement-zone').value = wanted.zone;
  byId('statement-by').value = wanted.by;
}

function fromHash() {
  const parameters = hashParameters();
  return Object.fromEntries(FIELDS.map((field) => [field, parameters.get(field) ?? '']));
}

function go(changes) {
  Object.assign(wanted, changes);
  replaceHash(Object.fromEntries(FIELDS.filter((field) => wanted[field] !== '').map((field) => [field, wanted[field]])));
  refresh.now();
}

window.addEventListener('hashchange', () => {
  Object.assign(wanted, fromHash());
  fillForm();
  refresh.now();
});
byId('statement-form').addEventListener('submit', (event) => {
  event.preventDefault();
  const of = byId('statement-of').value.trim();
  const period = byId('statement-period').value;
  const by = byId('statement-by').value;
  // the name of another period is of another length
  const same = answer === null || answer.period.kind === period || of !== answer.period.of;
  go({ period, of: same ? of : '', zone: byId('statement-zone').value.trim(), by, name: by === wanted.by ? wanted.name : '' });
});
byId('statement-period').addEventListener('change', () => go({ period: byId('statement-period').value, of: '' }));
byId('statement-by').addEventListener('change', () => go({ by: byId('statement-by').value, name: '' }));
byId('statement-previous').addEventListener('click', () => answer && go({ period: answer.period.kind, of: answer.period.previous }));
byId('statement-next').addEventListener('click', () => answer && go({ period: answer.period.kind, of: answer.period.next }));
byId('statement-all').addEventListener('click', () => go({ name: '' }));
byId('statement-print').addEventListener('click', () => window.print());
