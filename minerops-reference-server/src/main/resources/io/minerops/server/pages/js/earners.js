/** Profit of each miner, greatest loss first. */

import { ApiError, getAll } from './api.js';
import { byId, el, minerPage, setText } from './dom.js';
import * as format from './format.js';
import { createTable } from './table.js';

const MAX_MINERS = 20_000;
const TITLES = { losing: 'Unprofitable miners', all: 'Miners by profit' };

/** Takes over the table; `refresh` reloads the page. */
export function createEarners(refresh) {
  const which = byId('earner-which');
  const table = createTable(byId('miner-table'), {
    columns: [
      { key: 'miner_ip', label: 'Miner', value: (row) => row.miner_ip,
        cell: (row) => el('a', { href: minerPage(row.miner_ip), data: { focus: row.miner_ip } }, row.miner_ip) },
      { key: 'profit', label: 'Profit per day', numeric: true, value: (row) => row.daily_profit_usd, cell: profit },
      { key: 'revenue', label: 'Revenue per day', numeric: true, value: (row) => row.estimated_revenue_usd_per_day,
        cell: (row) => format.usd(row.estimated_revenue_usd_per_day) },
      { key: 'cost', label: 'Power cost per day', numeric: true, value: (row) => row.daily_power_cost_usd,
        cell: (row) => format.usd(row.daily_power_cost_usd) },
      { key: 'hashrate', label: 'Hashrate', numeric: true, value: (row) => row.hashrate_ths, cell: (row) => format.hashrate(row.hashrate_ths) },
      { key: 'power', label: 'Power', numeric: true, value: (row) => row.power_w,
        cell: (row) => `${row.power_estimated ? '≈ ' : ''}${format.power(row.power_w)}` },
      { key: 'efficiency', label: 'Efficiency', numeric: true, value: (row) => row.efficiency_j_per_th,
        cell: (row) => format.efficiency(row.efficiency_j_per_th) },
      { key: 'break_even', label: 'Breaks even at', numeric: true, value: (row) => row.break_even_btc_price,
        cell: (row) => format.usd(row.break_even_btc_price) },
    ],
    keyOf: (row) => row.miner_ip,
    empty: 'No miner: each that is active earns more than its power costs.',
    sort: { key: 'profit', descending: false },
  });

  byId('earner-filters').addEventListener('submit', (event) => event.preventDefault());
  which.addEventListener('change', () => {
    table.toFirstPage();
    refresh();
  });

  return {
    /** Reads and shows; `supposed` are parameters of a query, or null. */
    async load(supposed, timeoutMs) {
      const losing = which.value === 'losing';
      setText('miners-title', TITLES[which.value]);
      try {
        const { items } = await getAll(
          '/api/profitability/miners', 'miners', { active_only: true, losing, ...supposed }, MAX_MINERS, timeoutMs);
        table.show(items);
        const loss = items.reduce((sum, row) => sum + Math.min(0, row.daily_profit_usd), 0);
        setText('miner-count', items.length === 0 ? '' : [
          `${format.number(items.length)} miners`, loss < 0 && `${format.usd(loss)} a day together`,
          supposed && 'with the what-if values'].filter(Boolean).join(', '));
      } catch (error) {
        if (!(error instanceof ApiError) || error.status !== 502) {
          throw error;
        }
        table.show([]);
        setText('miner-count', 'no market price yet');
      }
    },
  };
}

function profit(row) {
  return el('span', { class: row.daily_profit_usd < 0 ? 'is-critical' : '' }, format.usd(row.daily_profit_usd));
}
