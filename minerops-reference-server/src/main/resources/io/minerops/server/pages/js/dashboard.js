/** The fleet at a glance. */

import { ApiError, get, getAll } from './api.js';
import { createTimeChart, withGaps } from './charts.js';
import { badge, byId, el, setText } from './dom.js';
import * as format from './format.js';
import { createMinerTable } from './miner-table.js';
import { startPage } from './shell.js';

const REFRESH_MS = 30_000;
const DAY_MS = 86_400_000;
/** Snapshots of the history are 15 minutes apart unless the server is set otherwise. */
const MAX_GAP_MS = 60 * 60_000;
const TREND_MS = 5 * 60_000;
/** With fewer points than this a 24-hour line shows too little, and the last hour is shown. */
const MIN_POINTS = 3;
const MAX_MINERS = 20_000;
const SERIES_KEY = 'minerops.hashrate';
const SEVERITIES = ['critical', 'warning', 'info'];

const minerTable = createMinerTable();

const chart = createTimeChart(byId('hashrate-chart'), {
  lines: [{ label: 'Hashrate', colour: '--series-1' }],
  show: format.hashrate,
});

/** What this tab saw itself, kept over a reload, because the history begins only with its first snapshot. */
let seen = storedSeries();
let history = [];
let historyAt = 0;
let trendsAt = 0;

startPage({ intervalMs: REFRESH_MS, run: load, events: ['poll_done', 'alerts_changed', 'miners_changed', 'profitability_saved'] });

async function load() {
  const [{ summary }, current, alerts] = await Promise.all([
    get('/api/summary'),
    getAll('/api/miners/current', 'miners', {}, MAX_MINERS),
    getAll('/api/alerts', 'alerts', { status: 'active,acknowledged' }, MAX_MINERS),
  ]);
  const silent = summary.miners_total > current.items.length
    ? (await getAll('/api/miners', 'miners', {}, MAX_MINERS)).items
    : [];
  showSummary(summary);
  minerTable.show(current.items, silent, alerts.items, current.next !== null, summary.online_within_s);
  await Promise.all([showProfit(), readHistory(), readTrends()]);
  showHashrate(summary);
}

function showSummary(summary) {
  const { miners_total: total, miners_online: online, miners_offline: offline } = summary;
  setText('tile-miners', `${format.number(online)} / ${format.number(total)}`);
  setText('tile-miners-sub', offline > 0 ? `${format.number(offline)} offline` : total > 0 ? 'all online' : 'none yet');
  byId('tile-miners-sub').classList.toggle('is-critical', offline > 0);
  setText('tile-hashrate', format.hashrate(summary.hashrate_ths));
  setText('tile-hashrate-sub', 'of miners online');
  setText('tile-power', format.power(summary.power_w));
  setText('tile-power-sub', summary.power_w === null ? 'not reported' : 'of miners online');
  setText('tile-efficiency', format.efficiency(format.joulesPerTh(summary.power_w, summary.hashrate_ths)));
  setText('tile-temperature', format.temperature(summary.avg_temp_c));
  setText('tile-temperature-sub', summary.avg_fan_rpm === null ? 'average' : `average, fans ${format.rpm(summary.avg_fan_rpm)}`);
  showAlerts(summary.open_alerts);
}

function showAlerts(open) {
  const total = SEVERITIES.reduce((sum, severity) => sum + open[severity], 0);
  setText('tile-alerts', format.number(total));
  byId('tile-alerts-sub').replaceChildren(...(total === 0
    ? ['none']
    : SEVERITIES.filter((severity) => open[severity] > 0).flatMap((severity) => [el(
      'a',
      { href: `/dashboard/alerts#severity=${severity}` },
      badge(severity, `${format.number(open[severity])} ${severity}`)), ' '])));
}

async function showProfit() {
  try {
    const { profitability } = await get('/api/profitability/current', {}, 40_000);
    const profit = profitability.daily_profit_usd;
    setText('tile-profit', format.usd(profit));
    byId('tile-profit').classList.toggle('is-critical', profit !== null && profit < 0);
    setText('tile-profit-sub', profitability.power_estimated ? 'power partly estimated' : 'revenue less power');
  } catch (error) {
    if (!(error instanceof ApiError) || error.status !== 502) {
      throw error;
    }
    setText('tile-profit', format.ABSENT);
    setText('tile-profit-sub', 'no market price yet');
  }
}

/** The history changes only with a snapshot; it need not be read at each refresh. */
async function readHistory() {
  if (Date.now() - historyAt < MAX_GAP_MS / 12) {
    return;
  }
  const answer = await get('/api/profitability/history', { days: 1 });
  history = answer.history.map((snapshot) => ({ x: Date.parse(snapshot.timestamp), y: snapshot.hashrate_ths }));
  historyAt = Date.now();
}

/** The lines of the table: one answer for the whole fleet, and not at each refresh. */
async function readTrends() {
  if (Date.now() - trendsAt < TREND_MS) {
    return;
  }
  const long = await get('/api/miners/trend', { hours: 24 });
  const isLong = points(long.miners) >= MIN_POINTS;
  const { miners } = isLong ? long : await get('/api/miners/trend', { hours: 1 });
  minerTable.showTrends(new Map(miners.map((miner) => [miner.miner_ip, miner.hashrate_ths])), isLong ? '24 hours' : 'the last hour');
  // a server that has just begun has a new point every other minute
  trendsAt = Date.now() - (isLong ? 0 : TREND_MS / 2);
}

const points = (miners) => miners.reduce(
  (most, miner) => Math.max(most, miner.hashrate_ths.filter((value) => value !== null).length), 0);

function showHashrate(summary) {
  const now = Date.now();
  const last = seen[seen.length - 1];
  if (summary.last_poll_at !== null && last?.poll !== summary.last_poll_at) {
    seen.push({ x: now, y: summary.hashrate_ths, poll: summary.last_poll_at });
  }
  seen = seen.filter((point) => point.x > now - DAY_MS);
  store(seen);
  const points = [...history, ...seen].sort((a, b) => a.x - b.x);
  chart.draw([withGaps(points, MAX_GAP_MS)]);
}

function storedSeries() {
  try {
    const stored = JSON.parse(sessionStorage.getItem(SERIES_KEY) ?? '[]');
    return Array.isArray(stored) ? stored.filter(({ x }) => Number.isFinite(x)) : [];
  } catch (error) {
    console.warn('the stored series is unreadable and starts again', error);
    return [];
  }
}

function store(series) {
  try {
    sessionStorage.setItem(SERIES_KEY, JSON.stringify(series));
  } catch (error) {
    console.warn('the series cannot be stored for a reload', error);
  }
}
