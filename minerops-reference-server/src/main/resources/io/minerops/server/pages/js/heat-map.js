/** Tables of profits: the bitcoin price across, the difficulty down, one for each price of power. Signs say what colours repeat. */

import { el } from './dom.js';
import * as format from './format.js';

const LEVELS = 3;

/** The tables of these cells, in their order. */
export function heatMaps(cells, powerCostNow) {
  const largest = cells.reduce((most, cell) => Math.max(most, Math.abs(cell.daily_profit_usd)), 0);
  return [...grouped(cells, 'power_cost_usd_per_kwh')].map(([cost, all]) => map(cost, all, largest, cost === powerCostNow));
}

function map(cost, cells, largest, isNow) {
  const rows = [...grouped(cells, 'difficulty_change_pct')];
  const prices = rows[0][1].map((cell) => change(cell.price_change_pct));
  return el('div', { class: 'table-frame' }, el('table', { class: 'heat' },
    el('caption', {}, `Power at ${format.usd(cost, 3)} per kWh${isNow ? ', as now' : ''}; difficulty down, bitcoin price across`),
    el('thead', {}, el('tr', {}, el('td', {}), prices.map((price) => el('th', { scope: 'col' }, price)))),
    el('tbody', {}, rows.map(([difficulty, row]) => el('tr', {}, el('th', { scope: 'row' }, change(difficulty)),
      row.map((cell) => el('td', { class: classOf(cell, largest, isNow) }, profit(cell.daily_profit_usd, largest))))))));
}

function classOf(cell, largest, isNow) {
  const value = cell.daily_profit_usd;
  const level = Math.max(1, Math.ceil(Math.abs(value) / largest * LEVELS));
  return [value === 0 ? '' : `${value < 0 ? 'loss' : 'gain'}-${level}`,
    isNow && cell.price_change_pct === 0 && cell.difficulty_change_pct === 0 ? 'now' : ''].join(' ').trim();
}

const profit = (value, largest) => (value > 0 ? '+' : '') + format.usd(value, largest >= 100 ? 0 : 2);

const change = (pct) => (pct === 0 ? 'now' : `${pct < 0 ? '−' : '+'}${format.number(Math.abs(pct), Number.isInteger(pct) ? 0 : 1)} %`);

function grouped(cells, key) {
  const groups = new Map();
  for (const cell of cells) {
    groups.set(cell[key], [...(groups.get(cell[key]) ?? []), cell]);
  }
  return groups;
}
