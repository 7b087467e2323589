/** The miners of the fleet: search, tag, model, site, owner, state, order. What is chosen stands in the address. */

import { badge, byId, el, hashParameters, minerPage, replaceHash, setText, workState } from './dom.js';
import * as format from './format.js';
import { sparkline } from './sparkline.js';
import { createTable } from './table.js';

const SEVERITY_RANK = { critical: 3, warning: 2, info: 1 };
const STOPPED = ['paused', 'asleep'];
const FILTERS = ['text', 'tag', 'model', 'site', 'owner', 'state'];

const NO_MINER = 'There is no miner yet. Miners in MINER_IP_RANGE appear after they respond to a poll.';

const COLUMNS = [
  { key: 'miner_ip', label: 'Miner', class: 'address', value: (row) => row.miner_ip, cell: link },
  { key: 'state', label: 'State', class: 'nowrap', value: (row) => rank(row), cell: state },
  { key: 'hashrate', label: 'Hashrate', numeric: true, value: (row) => row.hashrate_ths, cell: (row) => format.hashrate(row.hashrate_ths) },
  { key: 'trend', label: 'Trend', class: 'trend', cell: trend },
  { key: 'power', label: 'Power', numeric: true, value: (row) => row.power_w, cell: watts },
  { key: 'efficiency', label: 'Efficiency', numeric: true, value: joules, cell: (row) => format.efficiency(joules(row)) },
  { key: 'avg_temp', label: 'Temp avg', numeric: true, value: (row) => row.avg_temp_c, cell: (row) => format.temperature(row.avg_temp_c) },
  { key: 'max_temp', label: 'Temp max', class: 'least', numeric: true, value: (row) => row.max_temp_c, cell: (row) => format.temperature(row.max_temp_c) },
  { key: 'fan', label: 'Fan', class: 'minor', numeric: true, value: (row) => row.avg_fan_rpm, cell: (row) => format.rpm(row.avg_fan_rpm) },
  { key: 'uptime', label: 'Uptime', class: 'minor', numeric: true, value: (row) => row.elapsed_s, cell: (row) => format.duration(row.elapsed_s) },
  { key: 'age', label: 'Seen', numeric: true, value: (row) => row.age_s, cell: (row) => (row.age_s === null ? 'never' : format.ago(row.age_s)) },
  { key: 'model', label: 'Model', class: 'model', value: (row) => row.name, cell: modelAndOwner },
];

/** Takes over the table and its filters. */
export function createMinerTable() {
  const form = byId('miner-filters');
  const table = createTable(byId('miner-table'), {
    columns: COLUMNS,
    keyOf: (row) => row.miner_ip,
    empty: 'No miner matches.',
    sort: { key: 'miner_ip', descending: false },
  });
  const control = (name) => form.elements[name];
  let rows = null;
  let trends = new Map();
  let trendSpan = '';
  let cut = false;

  function draw() {
    if (rows === null) {
      return;
    }
    const wanted = Object.fromEntries(FILTERS.map((name) => [name, control(name).value]));
    const terms = wanted.text.toLowerCase().split(/\s+/).filter(Boolean);
    const matching = rows.filter((row) => isInState(row, wanted.state)
      && (wanted.tag === '' || row.tags?.includes(wanted.tag))
      && (wanted.model === '' || row.name === wanted.model)
      && (wanted.site === '' || row.site === wanted.site)
      && (wanted.owner === '' || row.owner === wanted.owner)
      && terms.every((word) => row.haystack.includes(word)));
    table.show(matching, rows.length === 0 ? NO_MINER : undefined);
    const count = matching.length === rows.length
      ? `${format.number(rows.length)} miners`
      : `${format.number(matching.length)} of ${format.number(rows.length)} miners`;
    setText('miner-count', cut ? `${count} (the list is cut here)` : count);
  }

  /** Site and owner take room only where some miner has one or the address names one. */
  function showOwners() {
    for (const name of ['site', 'owner']) {
      control(name).closest('.pair').hidden = control(name).options.length === 1;
    }
  }

  function changed() {
    replaceHash(FILTERS.map((name) => [name, control(name).value]).filter(([, value]) => value !== ''));
    table.toFirstPage();
    draw();
  }

  function fromAddress() {
    const parameters = hashParameters();
    for (const name of FILTERS) {
      const value = parameters.get(name) ?? '';
      offer(control(name), value);
      control(name).value = value;
    }
    showOwners();
    table.toFirstPage();
    draw();
  }

  control('text').addEventListener('input', changed);
  form.addEventListener('change', changed);
  form.addEventListener('submit', (event) => event.preventDefault());
  addEventListener('hashchange', fromAddress);
  fromAddress();

  return {
    /** Shows samples, registered miners among which some never gave one, who has open alerts, and how old a sample of a miner that is online may be, seconds. */
    show(samples, registered, alerts, isCut, onlineWithin) {
      const worst = worstByMiner(alerts);
      const known = new Set(samples.map((sample) => sample.miner_ip));
      const silent = registered.filter((miner) => !known.has(miner.miner_ip)).map((miner) => ({
        ...miner, age_s: null, power_estimated: false }));
      cut = isCut;
      rows = [...samples, ...silent].map((row) => ({
        ...row, isOnline: row.age_s !== null && row.age_s <= onlineWithin, name: model(row), alert: worst.get(row.miner_ip) ?? null, haystack: haystack(row), trend: trends.get(row.miner_ip), trendSpan }));
      fill(control('tag'), rows.flatMap((row) => row.tags ?? []));
      fill(control('model'), rows.map((row) => row.name).filter(Boolean));
      fill(control('site'), rows.map((row) => row.site).filter(Boolean));
      fill(control('owner'), rows.map((row) => row.owner).filter(Boolean));
      showOwners();
      draw();
    },
    /** Gives each miner the line of its past; its span as text. */
    showTrends(byMiner, span) {
      [trends, trendSpan] = [byMiner, span];
      rows?.forEach((row) => Object.assign(row, { trend: trends.get(row.miner_ip), trendSpan }));
      draw();
    },
  };
}

/** Makes a select offer all that there is, and keeps what is chosen. */
function fill(select, values) {
  const chosen = select.value;
  const wanted = [...new Set(values)].sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
  const offered = [...select.options].slice(1).map((option) => option.value);
  if (wanted.join('\n') === offered.join('\n')) {
    return;
  }
  select.replaceChildren(select.options[0], ...wanted.map((value) => el('option', { value }, value)));
  offer(select, chosen);
  select.value = chosen;
}

/** A value that the address names is offered even where no miner has it. */
function offer(control, value) {
  if (control.options && value !== '' && ![...control.options].some((option) => option.value === value)) {
    control.append(el('option', { value }, value));
  }
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
  return [row.miner_ip, row.vendor, row.model, row.hostname, row.location, row.site, row.owner, ...(row.tags ?? [])]
    .filter(Boolean).join('\n').toLowerCase();
}

function isInState(row, wanted) {
  switch (wanted) {
    case '': return true;
    case 'alerting': return row.alert !== null;
    case 'stopped': return row.isOnline && STOPPED.includes(row.state);
    default: return row.isOnline === (wanted === 'online');
  }
}

function rank(row) {
  return -(SEVERITY_RANK[row.alert] ?? 0) * 2 - (row.isOnline ? 0 : 1);
}

function link(row) {
  const name = row.hostname && row.hostname !== row.miner_ip ? el('span', { class: 'hint' }, ` ${row.hostname}`) : null;
  return [el('a', { href: minerPage(row.miner_ip), data: { focus: row.miner_ip } }, row.miner_ip), name];
}

/** Site and owner have no columns of their own: most fleets have one of each. */
function modelAndOwner(row) {
  const whose = [row.site, row.owner].filter(Boolean).join(' · ');
  return [format.text(row.name), whose === '' ? null : el('p', { class: 'hint owner' }, whose)];
}

function state(row) {
  return [badge(row.isOnline ? 'online' : 'offline'), workState(row, row.isOnline), row.alert ? [' ', badge(row.alert)] : null].flat();
}

function trend(row) {
  const known = (row.trend ?? []).filter((value) => value !== null);
  if (known.length < 2) {
    return format.ABSENT;
  }
  return sparkline(row.trend, `hashrate of ${row.trendSpan}: ${format.hashrate(Math.min(...known))} to ${format.hashrate(Math.max(...known))}`);
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
