/** What may come: a projection by month, profit at other prices and difficulties, and the odds without a pool. */

import { ApiError, get } from './api.js';
import { createTimeChart } from './charts.js';
import { byId, pairs, setText } from './dom.js';
import * as format from './format.js';
import { clearErrors, isValid, showError } from './form-errors.js';
import { heatMaps } from './heat-map.js';
import { createTable } from './table.js';

/** After the last key in a field. */
const PAUSE_MS = 400;
const PROJECTION = ['months', 'difficulty_growth_pct', 'price_growth_pct', 'purchase_price_usd', 'resale_price_usd'];

/** Takes over the section. */
export function createOutlook() {
  const form = byId('outlook-form');
  const subject = byId('outlook-subject');
  const value = (name) => form.elements[name].value;
  const chart = createTimeChart(byId('outlook-chart'), {
    lines: [
      { label: 'Profits so far, less the purchase', colour: '--series-1' },
      { label: 'Profit of the month', colour: '--series-3', dashed: true },
    ],
    show: (usd, largest) => format.usd(usd, largest >= 100 ? 0 : undefined),
    from: 'zero',
    latest: 'at the end',
  });
  const usd = (key, label) => ({ key, label, numeric: true, value: (row) => row[key], cell: (row) => format.usd(row[key]) });
  const table = createTable(byId('outlook-table'), {
    columns: [
      { key: 'month', label: 'Month', value: (row) => row.month, cell: (row) => row.month },
      { key: 'network_difficulty', label: 'Difficulty', numeric: true, value: (row) => row.network_difficulty,
        cell: (row) => format.compact(row.network_difficulty) },
      usd('btc_price_usd', 'BTC price'),
      { key: 'subsidy_btc', label: 'Subsidy', numeric: true, value: (row) => row.subsidy_btc, cell: (row) => format.number(row.subsidy_btc, 4) },
      { key: 'btc', label: 'Mined', numeric: true, value: (row) => row.btc, cell: (row) => format.btc(row.btc) },
      usd('revenue_usd', 'Revenue'), usd('power_cost_usd', 'Power cost'), usd('profit_usd', 'Profit'), usd('balance_usd', 'Balance'),
    ],
    keyOf: (row) => row.month,
    empty: 'No projection.',
    sort: { key: 'month', descending: false },
  });
  let last = [null];
  let timer = null;

  form.addEventListener('submit', (event) => event.preventDefault());
  form.addEventListener('input', () => {
    for (const name of ['ths', 'watts']) {
      form.elements[name].disabled = subject.value === 'fleet';
      form.elements[name].closest('.field').hidden = subject.value === 'fleet';
    }
    clearTimeout(timer);
    timer = setTimeout(() => load(...last), PAUSE_MS);
  });

  const machine = (names) => (subject.value === 'fleet' ? { active_only: true } : Object.fromEntries(names.map((name) => [name, value(name)])));

  async function load(supposed, timeoutMs) {
    last = [supposed, timeoutMs];
    if (!isValid(form, byId('outlook-banner'))) {
      return;
    }
    const price = supposed?.btc_price;
    try {
      const [projection, sensitivity, solo] = await Promise.all([
        get('/api/profitability/projection',
          { ...supposed, ...machine(['ths', 'watts']), ...Object.fromEntries(PROJECTION.map((name) => [name, value(name)])) }, timeoutMs),
        get('/api/profitability/sensitivity', { ...supposed, ...machine(['ths', 'watts']) }, timeoutMs),
        get('/api/profitability/solo', { btc_price: price, ...machine(['ths']), days: value('days') }, timeoutMs),
      ]);
      clearErrors(form, byId('outlook-banner'));
      showProjection(projection, supposed);
      byId('heats').replaceChildren(...heatMaps(sensitivity.cells, sensitivity.power_cost_usd_per_kwh));
      showSolo(solo);
    } catch (error) {
      if (!(error instanceof ApiError) || ![400, 502].includes(error.status)) {
        throw error;
      }
      showError(form, byId('outlook-banner'), error, false);
    }
  }

  function showProjection(projection, supposed) {
    const { total, months, purchase_price_usd: paid } = projection;
    byId('outlook-facts').replaceChildren(...pairs([
      [`Profit in ${format.number(months.length)} months`, format.usd(total.profit_usd)],
      ['Mined', format.btc(total.btc)],
      ['Revenue', format.usd(total.revenue_usd)],
      ['Power cost', format.usd(total.power_cost_usd)],
      ...(paid === null ? [] : [
        ['Paid back', projection.payback_days === null ? 'not within these months'
          : `after ${format.number(projection.payback_days)} days, ${format.dateTime(projection.payback_at).slice(0, 10)}`],
        ['Return at the end', format.percent(projection.roi_pct)]]),
    ]));
    const line = (key) => months.map((month) => ({ x: Date.parse(`${month.month}-15T00:00:00Z`), y: month[key] }));
    chart.draw([line('balance_usd'), line('profit_usd')]);
    const halving = months.find((month, index) => index > 0 && month.subsidy_btc < months[index - 1].subsidy_btc);
    setText('outlook-hint', [
      `${format.hashrate(projection.hashrate_ths)} and ${format.power(projection.power_w)} at ${format.usd(projection.power_cost_usd_per_kwh, 4)} per kWh throughout.`,
      halving && `The subsidy halves in ${halving.month}.`,
      projection.without_power_count > 0
        && `The power of ${format.number(projection.without_power_count)} miners is not known and counts as 0.`,
      supposed && 'With the what-if values.',
    ].filter(Boolean).join(' '));
    table.show(months);
  }

  return { load };
}

function showSolo(solo) {
  const chance = solo.probability_of_block * 100;
  byId('solo-facts').replaceChildren(...pairs([
    [`Blocks expected in ${format.number(solo.days)} days`, small(solo.expected_blocks)],
    ['Chance of a block', `${small(chance)} %`],
    ['Even odds after', solo.even_after_days === null ? 'never' : years(solo.even_after_days)],
    ['Expected', format.btc(solo.expected_btc)],
  ]));
}

/** Two significant digits where a fixed number of decimals would show none. */
const small = (value) => (value === 0 || value >= 0.1 ? format.number(value, 2) : value >= 1e-4
  ? format.number(value, 2 - Math.ceil(Math.log10(value))) : value.toExponential(1).replace('e-', ' × 10^−'));

const years = (days) => (days < 730 ? `${format.number(days)} days` : `${format.number(days / 365.25)} years`);
