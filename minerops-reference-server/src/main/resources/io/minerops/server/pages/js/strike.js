/** Which power price each miner, model, site or tag can pay. */

import { ApiError, getAll } from './api.js';
import { byId, el, minerPage, pairs, setText } from './dom.js';
import * as format from './format.js';
import { clearErrors, isValid, showError } from './form-errors.js';
import { createCurve } from './merit-curve.js';
import { createTable } from './table.js';

const MAX_ENTRIES = 20_000;
/** After the last key in a field. */
const PAUSE_MS = 400;

const perMwh = (value) => (value === null ? format.ABSENT : `${format.usd(value)} per MWh`);

/** Takes over the section; `refresh` reloads the page. */
export function createStrike(refresh) {
  const form = byId('strike-form');
  const by = byId('strike-by');
  const hashprice = byId('strike-hashprice');
  const forward = byId('strike-forward');
  const curve = createCurve(byId('strike-curve'), byId('strike-caption'));
  const table = createTable(byId('strike-table'), {
    columns: [
      { key: 'name', label: 'Name', value: (row) => row.name, cell: name },
      { key: 'strike', label: 'Strike price per MWh', numeric: true, value: (row) => row.strike_price_usd_per_mwh,
        cell: (row) => format.usd(row.strike_price_usd_per_mwh) },
      { key: 'price', label: 'Power price per MWh', numeric: true, value: (row) => row.power_price_usd_per_mwh,
        cell: (row) => format.usd(row.power_price_usd_per_mwh) },
      { key: 'headroom', label: 'Headroom per MWh', numeric: true, value: (row) => row.headroom_usd_per_mwh, cell: headroom },
      { key: 'efficiency', label: 'Efficiency', numeric: true, value: (row) => row.efficiency_j_per_th,
        cell: (row) => format.efficiency(row.efficiency_j_per_th) },
      { key: 'power', label: 'Power', numeric: true, value: (row) => row.power_w,
        cell: (row) => `${row.power_estimated ? '≈ ' : ''}${format.power(row.power_w)}` },
      { key: 'cumulative', label: 'Power so far', numeric: true, value: (row) => row.cumulative_power_w,
        cell: (row) => format.power(row.cumulative_power_w) },
      { key: 'miners', label: 'Miners', numeric: true, class: 'minor', value: (row) => row.miner_count,
        cell: (row) => format.number(row.miner_count) },
    ],
    keyOf: (row) => row.name,
    empty: 'No miner with power.',
    sort: { key: 'strike', descending: true },
  });
  let timer = null;

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    refresh();
  });
  by.addEventListener('change', () => {
    table.toFirstPage();
    refresh();
  });
  forward.addEventListener('change', () => {
    hashprice.disabled = forward.checked;
    refresh();
  });
  hashprice.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(refresh, PAUSE_MS);
  });

  function name(row) {
    return by.value === 'miner' ? el('a', { href: minerPage(row.name), data: { focus: `strike-${row.name}` } }, row.name) : row.name;
  }

  function query(supposed) {
    return { ...supposed, by: by.value, active_only: true,
      ...(forward.checked ? { forward: true } : { hashprice: hashprice.value }) };
  }

  function show(report, entries, supposed) {
    table.show(entries);
    curve.draw(entries);
    const earning = entries.filter((entry) => entry.headroom_usd_per_mwh >= 0);
    const what = { miner: 'miners', model: 'models', site: 'sites', tag: 'tags' }[by.value];
    setText('strike-count', [`${format.number(earning.length)} of ${format.number(entries.length)} ${what} earn`,
      supposed && 'with the what-if values'].filter(Boolean).join(', '));
    const { break_even: even, forward: next, marginal } = report;
    byId('strike-facts').replaceChildren(...pairs([
      ['Hashprice', `${format.usd(report.hashprice_usd_per_ph_day)} per PH/s and day`],
      ['First to stop', marginal === null ? 'none earns' : `${marginal.name}, ${perMwh(marginal.headroom_usd_per_mwh)} of headroom`],
      ['All break even at a hashprice of', format.usd(even.hashprice_usd_per_ph_day)],
      ['or a bitcoin price of', format.usd(even.btc_price_usd)],
      ['or a difficulty of', format.compact(even.network_difficulty)],
      ...(next === null ? [] : [['Next difficulty', `${format.compact(report.network_difficulty)}, `
        + `${next.change_pct < 0 ? '−' : '+'}${format.percent(Math.abs(next.change_pct))} in ${format.number(next.remaining_blocks)} blocks`]]),
    ]));
    setText('strike-hint', [
      'The strike price is the power price at which mining earns what its power costs. When power prices rise, stop from the end of the list.',
      report.without_power_count > 0 && `No strike price, because no power is known: ${unknown(report)}.`,
    ].filter(Boolean).join(' '));
  }

  return {
    /** Reads and shows; `supposed` are parameters of a query, or null. */
    async load(supposed, timeoutMs) {
      if (!isValid(form, byId('strike-banner'))) {
        return;
      }
      try {
        const { items, pages } = await getAll(
          '/api/profitability/strike-price', 'entries', query(supposed), MAX_ENTRIES, timeoutMs);
        clearErrors(form, byId('strike-banner'));
        show(pages[0], items, supposed);
      } catch (error) {
        if (!(error instanceof ApiError) || ![400, 502].includes(error.status)) {
          throw error;
        }
        showError(form, byId('strike-banner'), error, false);
      }
    },
  };
}

function headroom(row) {
  const value = row.headroom_usd_per_mwh;
  return el('span', { class: `nowrap ${value < 0 ? 'is-critical' : 'is-good'}` }, value < 0 ? format.usd(value) : `+${format.usd(value)}`);
}

function unknown({ without_power: names, without_power_count: count }) {
  const shown = names.slice(0, 5).join(', ');
  return count > 5 ? `${shown} and ${format.number(count - 5)} more` : shown;
}
