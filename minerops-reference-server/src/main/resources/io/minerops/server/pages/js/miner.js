/** One miner: how it is, how it was, who it is. */

import { ApiError, get, getAll } from './api.js';
import { createTimeChart, withGaps } from './charts.js';
import { badge, byId, el, pairs, setText, workState } from './dom.js';
import * as format from './format.js';
import { showFacts, showPastFaults } from './miner-facts.js';
import { createMinerForm } from './miner-form.js';
import { showProvenWork, showUptime } from './miner-work.js';
import { startPage } from './shell.js';
import { createTable } from './table.js';

const REFRESH_MS = 30_000;
const HOUR_MS = 3_600_000;
const MAX_SAMPLES = 1_000;
const MAX_ALERTS = 200;
const MAX_FACTS = 100;
/** A poll or two may be missed without a gap in the line. */
const MAX_GAP_MS = 120_000;
/** Lengths of a step, s; the first that makes no more points than this is taken. */
const STEPS_S = [5, 10, 15, 30, 60, 120, 300, 600, 1_800, 3_600, 7_200];
const MAX_POINTS = 400;
/** Proven work of a longer span is shown by day. */
const MAX_HOURS_BY_HOUR = 168;
/** A chart is not reloaded for fewer new points than this. */
const MIN_NEW_POINTS = 0.5;
const MIN_PAUSE_MS = 5_000;

const miner = decodeURIComponent(location.pathname.replace(/\/+$/, '').split('/').pop());
const choices = [...document.querySelectorAll('[data-span]')];
const charts = {
  hashrate: createTimeChart(byId('miner-hashrate'), {
    lines: [{ label: 'Hashrate', colour: '--series-1' }], show: format.hashrate }),
  temperature: createTimeChart(byId('miner-temperature'), {
    lines: [{ label: 'Average', colour: '--series-1' }, { label: 'Hottest', colour: '--series-2', dashed: true }],
    show: format.temperature }),
  fans: createTimeChart(byId('miner-fans'), {
    lines: [{ label: 'Slowest', colour: '--series-2', dashed: true }, { label: 'Fastest', colour: '--series-1' }],
    show: format.rpm }),
  power: createTimeChart(byId('miner-power'), {
    lines: [{ label: 'Power', colour: '--series-3' }], show: format.power }),
};

const boards = createTable(byId('miner-boards'), {
  columns: [
    { key: 'slot', label: 'Slot', class: 'address', value: (board) => board.slot, cell: (board) => format.number(board.slot) },
    { key: 'serial', label: 'Serial number', value: (board) => board.serial, cell: (board) => format.text(board.serial) },
    { key: 'chips', label: 'Chips', numeric: true, value: (board) => board.chips_alive, cell: chips },
    { key: 'rate', label: 'Hashrate', numeric: true, value: (board) => board.rate_ths, cell: (board) => format.hashrate(board.rate_ths) },
    { key: 'expected', label: 'Expected', numeric: true, value: (board) => board.expected_ths, cell: (board) => format.hashrate(board.expected_ths) },
    { key: 'board-temp', label: 'Board', numeric: true, value: (board) => board.board_temp_c, cell: (board) => format.temperature(board.board_temp_c) },
    { key: 'chip-temp', label: 'Chips, hottest', numeric: true, value: (board) => board.chip_temp_c, cell: (board) => format.temperature(board.chip_temp_c) },
    { key: 'frequency', label: 'Frequency', numeric: true, value: (board) => board.frequency_mhz, cell: (board) => unit(board.frequency_mhz, 'MHz') },
    { key: 'voltage', label: 'Voltage', numeric: true, value: (board) => board.voltage_v, cell: (board) => unit(board.voltage_v, 'V', 2) },
    { key: 'errors', label: 'Errors', numeric: true, value: (board) => board.hw_errors, cell: (board) => format.number(board.hw_errors) },
  ],
  keyOf: (board) => String(board.slot),
  empty: 'No board.',
});

let hours = 24;
let chartsAt = 0;

document.title = `${miner} · MinerOps`;
setText('miner-name', miner);
byId('open-all').href = `/dashboard/alerts#${new URLSearchParams({ status: 'all', miner_ip: miner })}`;
choices.forEach((choice) => choice.addEventListener('click', () => {
  hours = Number(choice.dataset.span);
  chartsAt = 0;
  choices.forEach((other) => other.setAttribute('aria-pressed', String(other === choice)));
  refresh.now();
}));

const refresh = startPage({ intervalMs: REFRESH_MS, run: load, events: ['poll_done', 'alerts_changed', 'miners_changed'] });
const form = createMinerForm(() => refresh.now());

async function load() {
  const registered = await get(`/api/miners/${encodeURIComponent(miner)}`).catch(explain);
  const path = `/api/miners/${encodeURIComponent(miner)}`;
  const [{ summary }, facts, faults, alerts] = await Promise.all([
    get('/api/summary'),
    get(`${path}/facts`, { limit: MAX_FACTS }),
    get(`${path}/faults`, { limit: MAX_FACTS }),
    getAll('/api/alerts', 'alerts', { status: 'active,acknowledged', miner_ip: miner }, MAX_ALERTS),
    readCharts(Date.parse(registered.miner.registered_at)),
  ]);
  showSample(registered.current);
  showStates(registered, alerts.items, summary.online_within_s);
  showAlerts(alerts.items);
  showFaults(registered.current?.faults ?? null);
  showPastFaults(faults);
  showFacts(facts);
  byId('boards-panel').hidden = !registered.current?.boards;
  boards.show(registered.current?.boards ?? []);
  form.show(registered.miner);
  byId('miner-identity').replaceChildren(...pairs(identity(registered.miner)));
  byId('miner-pool').replaceChildren(...pairs(pool(registered.current)));
}

function explain(error) {
  if (error instanceof ApiError && error.status === 404) {
    throw new ApiError(`There is no miner ${miner}: it is not registered and never responded.`, 404);
  }
  throw error;
}

/** A miner that is new here has finer steps: its history is shorter than the requested time. */
async function readCharts(registeredAt) {
  const from = Math.max(Date.now() - hours * HOUR_MS, Math.min(registeredAt, Date.now() - HOUR_MS / 6));
  const step = STEPS_S.find((seconds) => (Date.now() - from) / 1000 / seconds <= MAX_POINTS) ?? STEPS_S.at(-1);
  if (Date.now() - chartsAt < Math.max(MIN_PAUSE_MS, step * 1000 * MIN_NEW_POINTS)) {
    return;
  }
  const wanted = hours;
  if (chartsAt === 0) {
    setText('charts-hint', 'Reading…');
  }
  const since = new Date(from).toISOString();
  const path = `/api/miners/${encodeURIComponent(miner)}`;
  const [{ metrics }, uptime, proven] = await Promise.all([
    get('/api/metrics', { ip: miner, since, step, limit: MAX_SAMPLES }),
    get(`${path}/uptime`, { since }),
    get(`${path}/proven-work`, { since, step: hours > MAX_HOURS_BY_HOUR ? 'day' : 'hour' }),
  ]);
  if (wanted !== hours) {
    return;
  }
  chartsAt = Date.now();
  showUptime(uptime);
  showProvenWork(proven, `${path}/certificate?format=html&since=${encodeURIComponent(since)}`);
  const line = (key) => withGaps(
    metrics.map((sample) => ({ x: Date.parse(sample.timestamp), y: sample[key] ?? null })), Math.max(3 * step * 1000, MAX_GAP_MS));
  charts.hashrate.draw([line('hashrate_ths')]);
  charts.temperature.draw([line('avg_temp_c'), line('max_temp_c')]);
  charts.fans.draw([line('min_fan_rpm'), line('max_fan_rpm')]);
  charts.power.draw([line('power_w')]);
  const estimated = metrics.some((sample) => sample.power_estimated && sample.power_w !== null);
  setText('charts-hint', metrics.length === 0
    ? 'No sample in this time.'
    : `Means of ${format.duration(step)} each${estimated ? '; power is nominal and not measured' : ''}.`);
}

function showStates({ miner: entry, current }, alerts, onlineWithin) {
  const state = current && current.age_s <= onlineWithin ? 'online' : 'offline';
  byId('miner-states').replaceChildren(
    badge(state, current ? state : 'never seen'),
    ...workState(current, state === 'online'),
    ...[...new Set(alerts.map((alert) => alert.severity))].flatMap((severity) => [' ', badge(severity)]));
  setText('miner-hint', [
    [entry.vendor, entry.model].filter(Boolean).join(' '), entry.hostname, entry.location, entry.site,
    current && `seen ${format.ago(current.age_s)}`,
  ].filter(Boolean).join(' · '));
}

function showSample(sample) {
  setText('tile-hashrate', format.hashrate(sample?.hashrate_ths));
  byId('tile-hashrate').classList.toggle('is-critical', sample?.hashrate_ths === 0);
  setText('tile-power', `${sample?.power_estimated && sample.power_w !== null ? '≈ ' : ''}${format.power(sample?.power_w)}`);
  setText('tile-power-sub', sample?.power_estimated && sample.power_w !== null ? 'nominal, not measured' : '');
  setText('tile-efficiency', format.efficiency(format.joulesPerTh(sample?.power_w, sample?.hashrate_ths)));
  setText('tile-temperature', format.temperature(sample?.avg_temp_c));
  setText('tile-temperature-sub', temperatures(sample));
  setText('tile-fans', format.rpm(sample?.avg_fan_rpm));
  setText('tile-fans-sub', sample ? `${format.number(sample.min_fan_rpm)} to ${format.rpm(sample.max_fan_rpm)}` : '');
  setText('tile-uptime', format.duration(sample?.elapsed_s));
  setText('tile-boards', sample ? `${format.number(sample.boards_alive)} / ${format.number(sample.boards_expected)}` : format.ABSENT);
  setText('tile-boards-sub', sample && sample.chips_alive !== null
    ? `${format.number(sample.chips_alive)} of ${format.number(sample.chips_expected)} chips` : '');
  byId('tile-boards').classList.toggle('is-critical', (sample?.boards_alive ?? Infinity) < (sample?.boards_expected ?? 0));
}

function lastShare(sample) {
  const [age, difficulty] = [sample?.last_share_age_s ?? null, sample?.last_share_difficulty ?? null];
  return age === null && difficulty === null ? format.ABSENT
    : [age !== null && format.ago(age), difficulty !== null && `difficulty ${format.number(difficulty)}`].filter(Boolean).join(', ');
}

/** The hottest sensor, and the coolant where the miner reports it. */
function temperatures(sample) {
  const known = sample ? [['hottest', sample.max_temp_c], ['in', sample.inlet_temp_c], ['out', sample.outlet_temp_c]] : [];
  return known
    .filter(([name, value]) => name === 'hottest' || value !== null)
    .map(([name, value]) => `${name} ${format.temperature(value)}`)
    .join(', ');
}

function showAlerts(alerts) {
  byId('open-alerts').replaceChildren(...(alerts.length ? alerts.map((alert) => el('li', {},
    badge(alert.severity), ' ', alert.message, ' ',
    el('span', { class: 'hint', title: format.dateTime(alert.created_at) },
      `${alert.rule_name}, ${format.since(alert.created_at)}, ${alert.status}${alert.acknowledged_by ? ` by ${alert.acknowledged_by}` : ''}${
        alert.cost_usd === null ? '' : `, cost so far ${format.smallUsd(alert.cost_usd)}`}`)))
    : [el('li', { class: 'empty' }, 'No open alert.')]));
}

function showFaults(faults) {
  const none = faults === null ? 'This miner does not report faults.' : 'No fault.';
  byId('miner-faults').replaceChildren(...(faults?.length ? faults.map((fault) => el('li', {},
    el('strong', {}, fault.code), fault.message && ` ${fault.message}`, fault.slot === null ? '' : ` (board ${fault.slot})`,
    fault.since && el('span', { class: 'hint', title: format.dateTime(fault.since) }, ` ${format.since(fault.since)}`)))
    : [el('li', { class: 'empty' }, none)]));
}

function chips(board) {
  const shown = `${format.number(board.chips_alive)} / ${format.number(board.chips_expected)}`;
  const lost = board.chips_alive !== null && board.chips_alive < (board.chips_expected ?? 1);
  return lost ? el('strong', { class: 'is-critical' }, shown) : shown;
}

function unit(value, name, decimals = 0) {
  return value === null || value === undefined ? format.ABSENT : `${format.number(value, decimals)} ${name}`;
}

function identity(entry) {
  return [
    ['Address', entry.miner_ip],
    ['Model', format.text([entry.vendor, entry.model].filter(Boolean).join(' '))],
    ['Firmware', format.text(entry.firmware_version)],
    ['Host name', format.text(entry.hostname)],
    ['MAC', format.text(entry.mac)],
    ['Location', format.text(entry.location)],
    ['Site', format.text(entry.site)],
    ['Owner', format.text(entry.owner)],
    ['Tags', format.text(entry.tags.join(', '))],
    ['Nominal hashrate', format.hashrate(entry.nominal_ths)],
    ['Nominal efficiency', format.efficiency(entry.nominal_efficiency_j_per_th)],
    ['Power cap', format.power(entry.power_cap_w)],
    ['Power price', entry.power_price_usd_per_kwh === null ? 'the default' : `${format.usd(entry.power_price_usd_per_kwh, 4)} per kWh`],
    ['Registered', format.dateTime(entry.registered_at)],
    ['Notes', format.text(entry.notes)],
  ];
}

function pool(sample) {
  return [
    ['Pool', format.text(sample?.pool_url)],
    ['Worker', format.text(sample?.pool_worker)],
    ['Responding pools', format.number(sample?.pools_alive)],
    ['Hashrate since start', format.hashrate(sample?.hashrate_avg_ths)],
    ['Shares accepted', format.number(sample?.accepted)],
    ['Shares rejected', format.number(sample?.rejected)],
    ['Hardware errors', format.number(sample?.hw_errors)],
    ['Accepted difficulty', format.number(sample?.accepted_difficulty)],
    ['Last share', lastShare(sample)],
    ['Best share', format.number(sample?.best_share_difficulty)],
    ['Power limit', format.power(sample?.power_limit_w)],
  ];
}
