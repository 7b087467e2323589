/** The miners of the fleet: search, state, order. */

import { badge, byId, el, setText } from './dom.js';
import * as format from './format.js';
import { createTable } from './table.js';

const SEVERITY_RANK = { critical: 3, warning: 2, info: 1 };

const COLUMNS = [
  { key: 'miner_ip', label: 'Miner', value: (row) => row.miner_ip, cell: link },
  { key: 'state', label: 'State', class: 'nowrap', value: (row) => rank(row), cell: state },
  { key: 'hashrate', label: 'Hashrate', numeric: true, value: (row) => row.hashrate_ths, cell: (row) => format.hashrate(row.hashrate_ths) },
  { key: 'power', label: 'Power', numeric: true, value: (row) => row.power_w, cell: watts },
  { key: 'efficiency', label: 'Efficiency', numeric: true, value: joules, cell: (row) => format.efficiency(joules(row)) },
  { key: 'avg_temp', label: 'Temp avg', numeric: true, value: (row) => row.avg_temp_c, cell: (row) => format.temperature(row.avg_temp_c) },
  { key: 'max_temp', label: 'Temp max', class: 'minor', numeric: true, value: (row) => row.max_temp_c, cell: (row) => format.temperature(row.max_temp_c) },
  { key: 'fan', label: 'Fan', class: 'minor', numeric: true, value: (row) => row.avg_fan_rpm, cell: (row) => format.rpm(row.avg_fan_rpm) },
  { key: 'uptime', label: 'Uptime', class: 'minor', numeric: true, value: (row) => row.elapsed_s, cell: (row) => format.duration(row.elapsed_s) },
  { key: 'age', label: 'Seen', numeric: true, value: (row) => row.age_s, cell: (row) => (row.age_s === null ? 'never' : format.ago(row.age_s)) },
  { key: 'model', label: 'Model', class: 'model', value: model, cell: (row) => format.text(model(row)) },
];

/** Takes over the table and its filters. */
export function createMinerTable() {
  const table = createTable(byId('miner-table'), {
    columns: COLUMNS,
    keyOf: (row) => row.miner_ip,
    empty: 'No miner matches.',
    sort: { key: 'miner_ip', descending: false },
  });
  const text = byId('miner-text');
  const wanted = byId('miner-state');
  let rows = [];
  let cut = false;

  function draw() {
    const words = text.value.toLowerCase().split(/\s+/).filter(Boolean);
    const matching = rows.filter((row) => isInState(row, wanted.value) && words.every((word) => row.haystack.includes(word)));
    table.show(matching);
    const count = matching.length === rows.length
      ? `${format.number(rows.length)} miners`
      : `${format.number(matching.length)} of ${format.number(rows.length)} miners`;
    setText('miner-count', cut ? `${count} (the list is cut here)` : count);
  }

  function drawAnew() {
    table.toFirstPage();
    draw();
  }

  text.addEventListener('input', drawAnew);
  wanted.addEventListener('change', drawAnew);
  byId('miner-filters').addEventListener('submit', (event) => event.preventDefault());

  return {
    /** Shows samples, registered miners among which some never gave one, and who has open alerts. */
    show(samples, registered, alerts, isCut) {
      const worst = worstByMiner(alerts);
      const known = new Set(samples.map((sample) => sample.miner_ip));
      const silent = registered.filter((miner) => !known.has(miner.miner_ip)).map((miner) => ({
        ...miner, age_s: null, is_fresh: false, power_estimated: false }));
      cut = isCut;
      rows = [...samples, ...silent].map((row) => ({ ...row, alert: worst.get(row.miner_ip) ?? null, haystack: haystack(row) }));
      draw();
    },
  };
}

function worstByMiner(alerts) {
  const worst = new Map();
  for (const { miner_ip: miner, severity } of alerts) {
    if (SEVERITY_RANK[severity] > (SEVERITY_RANK[worst.get(miner)] ?? 0)) {
      worst.set(miner, severity);
    }
  }
  return worst;
}

function haystack(row) {
  return [row.miner_ip, row.vendor, row.model, row.hostname, row.location, ...(row.tags ?? [])]
    .filter(Boolean).join('\n').toLowerCase();
}

function isInState(row, wanted) {
  return wanted === '' || (wanted === 'alerting' ? row.alert !== null : wanted === 'fresh' ? row.is_fresh : !row.is_fresh);
}

function rank(row) {
  return -(SEVERITY_RANK[row.alert] ?? 0) * 2 - (row.is_fresh ? 0 : 1);
}

function link(row) {
  const name = row.hostname && row.hostname !== row.miner_ip ? el('span', { class: 'hint' }, ` ${row.hostname}`) : null;
  return [el('a', { href: `#${new URLSearchParams({ miner: row.miner_ip })}`, data: { focus: row.miner_ip } }, row.miner_ip), name];
}

function state(row) {
  return [badge(row.is_fresh ? 'fresh' : 'stale'), row.alert ? [' ', badge(row.alert)] : null].flat();
}

function watts(row) {
  const shown = format.power(row.power_w);
  return row.power_estimated && row.power_w !== null ? el('span', { title: 'nominal, not measured' }, `≈ ${shown}`) : shown;
}

function joules(row) {
  return format.joulesPerTh(row.power_w, row.hashrate_ths);
}

function model(row) {
  return [row.vendor, row.model].filter(Boolean).join(' ') || null;
}
