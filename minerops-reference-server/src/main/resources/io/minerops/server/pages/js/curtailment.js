/** When to stop miners, what a strike price would have brought, and what was shed. */

import { get, post } from './api.js';
import { byId, el, minerPage, setText } from './dom.js';
import { clearErrors, showError } from './form-errors.js';
import * as format from './format.js';
import { NO_PRICE } from './figures.js';
import { startPage } from './shell.js';
import { planPicture, strikePicture } from './step-chart.js';
import { createTable } from './table.js';

const REFRESH_MS = 900_000;
const TIMEOUT_MS = 120_000;
const HOUR_MS = 3_600_000;
const MAX_STOPS = 4;

const money = (key, label) => ({ key, label, numeric: true, value: (row) => row.saving[key], cell: (row) => format.usd(row.saving[key]) });
const savings = () => [
  { key: 'energy_kwh', label: 'Energy', numeric: true, value: (row) => row.saving.energy_kwh, cell: (row) => `${format.number(row.saving.energy_kwh, 1)} kWh` },
  money('energy_usd', 'Not bought'),
  money('revenue_usd', 'Not earned'),
  money('net_usd', 'Net'),
];
const stopped = { key: 'stopped_hours', label: 'Stopped', numeric: true, value: (row) => row.saving.stopped_hours, cell: (row) => `${format.number(row.saving.stopped_hours, 1)} h` };

const planTable = createTable(byId('plan-table'), {
  columns: [
    { key: 'miner_ip', label: 'Miner', value: (row) => row.miner_ip, cell: (row) => el('a', { href: minerPage(row.miner_ip) }, row.miner_ip) },
    { key: 'stops', label: 'Stops', cell: stops },
    stopped,
    ...savings(),
  ],
  keyOf: (row) => row.miner_ip,
  empty: 'No miner with a known hashrate and power.',
});
const trialTable = createTable(byId('trial-table'), {
  columns: [
    { key: 'strike', label: 'Strike price', numeric: true, value: (row) => row.strike_usd_per_mwh, cell: (row) => `${format.number(row.strike_usd_per_mwh, 1)} USD/MWh` },
    stopped,
    { key: 'starts', label: 'Starts', numeric: true, value: (row) => row.saving.starts, cell: (row) => format.number(row.saving.starts) },
    ...savings(),
  ],
  keyOf: (row) => String(row.strike_usd_per_mwh),
  empty: 'No stored hours yet.',
});
const kw = (key, label) => ({ key, label, numeric: true, value: (row) => row[key], cell: (row) => `${format.number(row[key], 3)} kW` });
const shedTable = createTable(byId('shed-table'), {
  columns: [
    { key: 'start', label: 'Begin', value: (row) => row.start, cell: (row) => format.dateTime(row.start) },
    kw('baseline_kw', 'Baseline'),
    kw('actual_kw', 'Actual'),
    kw('shed_kw', 'Shed'),
    { key: 'measured', label: 'Miners', numeric: true, value: (row) => row.measured, cell: (row) => format.number(row.measured) },
  ],
  keyOf: (row) => row.start,
  empty: 'No intervals.',
});

let fileUrl = null;

/** The filled-in fields of a form; numbers where a field is one. */
function values(form) {
  const found = {};
  for (const { name, value, type } of form.elements) {
    if (name && value.trim() !== '') {
      found[name] = type === 'number' ? Number(value) : value;
    }
  }
  return found;
}

/** Runs a request for a form; what the server refuses is shown in the form. */
async function requested(name, request, show) {
  const form = byId(`${name}-form`);
  const error = byId(`${name}-form-error`);
  clearErrors(form, error);
  byId(`${name}-run`).disabled = true;
  try {
    show(await request());
  } catch (failure) {
    if (![400, 403, 409, 422, 502].includes(failure.status)) {
      throw failure;
    }
    if (name === 'plan') {
      byId('plan-settings').open = failure.status !== 502 || byId('plan-settings').open;
    }
    showError(form, error, failure.status === 502 ? new Error(NO_PRICE) : failure, false);
  } finally {
    byId(`${name}-run`).disabled = false;
  }
}

const plan = () => requested('plan', () => post('/api/curtailment/plan', values(byId('plan-form')), TIMEOUT_MS), ({ plan: found }) => showPlan(found));
const trial = () => requested('trial', () => get('/api/curtailment/backtest', values(byId('trial-form')), TIMEOUT_MS), ({ backtest }) => showTrial(backtest));

function showPlan(found) {
  const { total } = found;
  setText('tile-net', format.usd(found.net_usd));
  setText('tile-net-sub', found.bound_usd - found.net_usd < 0.005 ? 'no plan gains more' : `no plan gains more than ${format.usd(found.bound_usd)}`);
  setText('tile-energy', format.usd(total.energy_usd));
  setText('tile-energy-sub', `${format.number(total.energy_kwh, 1)} kWh${found.demand_charge_saved_usd === 0 ? '' : `, demand charge ${format.usd(-found.demand_charge_saved_usd)}`}`);
  setText('tile-revenue', format.usd(total.revenue_usd));
  setText('tile-revenue-sub', `at ${format.usd(found.revenue_usd_per_th_day * 1_000)} per PH/s and day`);
  const some = found.miners.filter((miner) => miner.stops.length > 0);
  setText('tile-stopped', `${format.number(total.stopped_hours, 1)} h`);
  setText('tile-stopped-sub', `${format.number(some.length)} of ${format.number(found.miners.length)} miners`);
  byId('plan-chart').replaceChildren(planPicture(found.intervals, byId('plan-chart').clientWidth));
  const prices = found.intervals.map((interval) => interval.usd_per_mwh);
  const loads = found.intervals.map((interval) => interval.kw);
  setText('plan-caption', `Price: lowest ${format.number(Math.min(...prices), 2)}, highest ${format.number(Math.max(...prices), 2)} USD/MWh · `
    + `Load: lowest ${format.number(Math.min(...loads), 1)}, highest ${format.number(Math.max(...loads), 1)} kW`);
  setText('plan-note', found.left_out.length === 0 ? '' : `Left out, because their power or hashrate is not known: ${found.left_out.join(', ')}.`);
  byId('plan-note').hidden = found.left_out.length === 0;
  planTable.show(found.miners);
}

function stops(row) {
  if (row.stops.length === 0) {
    return 'runs';
  }
  const shown = row.stops.slice(0, MAX_STOPS).map(({ from, until }) => `${format.dateTime(from).slice(5, 16)} to ${format.dateTime(until).slice(5, 16)}`);
  const more = row.stops.length - shown.length;
  return shown.join(', ') + (more > 0 ? ` and ${more} more` : '');
}

function showTrial(backtest) {
  const { was, best } = backtest;
  setText('trial-note', was.miner_hours === 0 ? 'No stored hours with power, hashrate and a price.'
    : `${format.number(was.miner_hours)} miner-hours: ${format.number(was.energy_kwh, 1)} kWh for ${format.usd(was.energy_usd)}, revenue ${format.usd(was.revenue_usd)}. `
      + `Best strike price: ${format.number(best.strike_usd_per_mwh, 1)} USD/MWh, ${format.usd(best.saving.net_usd)}.${leftOut(was)}`);
  byId('trial-chart').replaceChildren(strikePicture(backtest.outcomes, best.strike_usd_per_mwh, byId('trial-chart').clientWidth));
  setText('trial-caption', `At ${format.number(backtest.trial.strike_usd_per_mwh, 1)} USD/MWh: ${format.usd(backtest.trial.saving.net_usd)}, `
    + `${format.number(backtest.trial.saving.stopped_hours)} miner-hours stopped`);
  trialTable.show(backtest.outcomes);
}

function leftOut(was) {
  const parts = [
    [was.hours_without_readings, 'without power or hashrate'],
    [was.hours_without_price, 'without a price'],
    [was.hours_of_others, 'of miners that are not registered'],
  ].filter(([hours]) => hours > 0).map(([hours, why]) => `${format.number(hours)} h ${why}`);
  const estimated = was.energy_kwh > 0 && was.estimated_kwh > 0 ? ` ${format.percent(was.estimated_kwh / was.energy_kwh * 100)} of the energy is estimated.` : '';
  return (parts.length > 0 ? ` Left out: ${parts.join(', ')}.` : '') + estimated;
}

function showReport(report) {
  setText('shed-note', `${format.number(report.shed_kwh, 3)} kWh shed; baseline ${report.baseline}`
    + `${report.baseline_days.length > 0 ? ` (${report.baseline_days.join(', ')})` : ''}; hash ${report.hash}`);
  byId('shed-note').hidden = false;
  byId('shed-table').closest('.table-frame').hidden = false;
  shedTable.show(report.intervals);
  if (fileUrl) {
    URL.revokeObjectURL(fileUrl);
  }
  fileUrl = URL.createObjectURL(new Blob([report.file], { type: 'application/x-ndjson' }));
  byId('shed-download').href = fileUrl;
  byId('shed-download').hidden = false;
}

/** The time of a field in the browser's zone, as the server takes it. */
const time = (text) => (text ? new Date(text).toISOString() : '');

for (const [name, run] of [['plan', plan], ['trial', trial]]) {
  byId(`${name}-form`).addEventListener('submit', (event) => {
    event.preventDefault();
    run().catch((error) => showError(byId(`${name}-form`), byId(`${name}-form-error`), error));
  });
}
byId('shed-form').addEventListener('submit', (event) => {
  event.preventDefault();
  const { from, until, ...more } = values(byId('shed-form'));
  const query = { ...more, from: time(from), until: time(until), step_minutes: 15, zone: Intl.DateTimeFormat().resolvedOptions().timeZone };
  requested('shed', () => get('/api/curtailment/report', query, TIMEOUT_MS), ({ report }) => (report ? showReport(report) : null))
    .catch((error) => showError(byId('shed-form'), byId('shed-form-error'), error));
});

const local = (at) => new Date(at - new Date(at).getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
const hour = Math.floor(Date.now() / HOUR_MS) * HOUR_MS;
byId('shed-from').value = local(hour - HOUR_MS);
byId('shed-until').value = local(hour);

startPage({ intervalMs: REFRESH_MS, run: () => Promise.all([plan(), trial()]) });
