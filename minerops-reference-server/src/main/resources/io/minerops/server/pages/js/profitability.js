/** What the fleet earns, what it would earn if power or a bitcoin cost something else, and what it earned before. */

import { ApiError, get } from './api.js';
import { createTimeChart, withGaps } from './charts.js';
import { byId, el, setText } from './dom.js';
import * as format from './format.js';
import { createEarners } from './earners.js';
import { figureRows, NO_PRICE } from './figures.js';
import { createOutlook } from './outlook.js';
import { startPage } from './shell.js';
import { createStrike } from './strike.js';
import { createWhatIf } from './what-if.js';

const REFRESH_MS = 60_000;
/** A first answer may wait for the market sources. */
const MARKET_TIMEOUT_MS = 40_000;
const DAY_MS = 86_400_000;

const spans = [...document.querySelectorAll('[data-days]')];
const refreshNow = () => refresh.now();
const earners = createEarners(refreshNow);
const strike = createStrike(refreshNow);
const outlook = createOutlook();
const whatIf = createWhatIf(refreshNow);
const chart = createTimeChart(byId('history-chart'), {
  lines: [
    { label: 'Revenue', colour: '--series-1' },
    { label: 'Power cost', colour: '--series-2', dashed: true },
    { label: 'Profit', colour: '--series-3' },
  ],
  show: (value, largest) => format.usd(value, largest >= 100 ? 0 : undefined),
  from: 'zero',
});

let days = 7;

const refresh = startPage({ intervalMs: REFRESH_MS, run: load, events: ['profitability_saved'] });

async function load() {
  const supposed = whatIf.query();
  const [current, price, difficulty, history, then] = await Promise.all([
    unlessNoPrice(get('/api/profitability/current', {}, MARKET_TIMEOUT_MS)),
    unlessNoPrice(get('/api/profitability/btc-price', {}, MARKET_TIMEOUT_MS)),
    unlessNoPrice(get('/api/profitability/network-difficulty', {}, MARKET_TIMEOUT_MS)),
    get('/api/profitability/history', { days }),
    supposed === null ? null : unlessNoPrice(get('/api/profitability/current', supposed, MARKET_TIMEOUT_MS)),
    earners.load(supposed, MARKET_TIMEOUT_MS),
    strike.load(supposed, MARKET_TIMEOUT_MS),
    outlook.load(supposed, MARKET_TIMEOUT_MS),
  ]);
  const figures = current?.profitability ?? null;
  showNote(current, price, difficulty);
  showTiles(figures);
  showMarket(price, difficulty);
  showHistory(history.history);
  whatIf.show(figures);
  showFigures(figures, then?.profitability ?? null);
  setText('payout-hint', current === null ? '' : payoutText(current.payout));
}

/** What of the work is paid for, and what of it was assumed. */
function payoutText(payout) {
  return [
    `Payout ${payout.scheme.toUpperCase()}, pool fee ${format.number(payout.pool_fee_pct, 2)} %${payout.fees_paid ? '' : ', without transaction fees'}`,
    `rejected ${format.number(payout.rejected_pct, 2)} % (${payout.rejected_source === 'setting' ? 'assumed'
      : `measured on ${format.number(payout.rejected_miner_count)} miners`})`,
    `uptime ${format.number(payout.uptime_pct, 1)} % (assumed)`,
    payout.counted_as_claimed > 0
      && `${format.number(payout.counted_as_claimed)} miners count as claimed, because their ${payout.hashrate} hashrate is not known`,
  ].filter(Boolean).join('; ') + '.';
}

/** The answer, or null where no market source ever gave a value: a state of the world and not a failure of the page. */
async function unlessNoPrice(answer) {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof ApiError && error.status === 502) {
      return null;
    }
    throw error;
  }
}

function showNote(current, price, difficulty) {
  const sentences = [];
  if (current === null || price === null || difficulty === null) {
    sentences.push(NO_PRICE);
  }
  const stale = [price?.stale && 'BTC price', difficulty?.stale && 'network difficulty'].filter(Boolean);
  if (stale.length > 0) {
    sentences.push(`The ${stale.join(' and the ')} could not be renewed: the last known value is used.`);
  }
  setText('market-note', sentences.join(' '));
  byId('market-note').hidden = sentences.length === 0;
}

function showTiles(figures) {
  const profit = figures?.daily_profit_usd ?? null;
  const signed = (id, value) => {
    setText(`tile-${id}`, format.usd(value));
    byId(`tile-${id}`).classList.toggle('is-critical', value !== null && value < 0);
  };
  signed('profit', profit);
  setText('tile-profit-sub', figures ? 'revenue less power' : '');
  setText('tile-revenue', format.usd(figures?.estimated_revenue_usd_per_day));
  setText('tile-revenue-sub', figures ? `${format.number(figures.miner_count)} miners, ${format.hashrate(figures.hashrate_ths)}` : '');
  setText('tile-cost', format.usd(figures?.daily_power_cost_usd));
  setText('tile-cost-sub', figures ? `${format.number(figures.daily_power_kwh)} kWh${figures.power_estimated ? ', partly estimated' : ''}` : '');
  setText('tile-margin', format.percent(figures?.profit_margin_pct));
  setText('tile-margin-sub', figures ? 'of the revenue' : '');
  setText('tile-break-even', format.usd(figures?.break_even_btc_price));
  setText('tile-break-even-sub', margin(figures));
  setText('tile-btc', format.btc(figures?.estimated_btc_per_day));
  setText('tile-btc-sub', figures ? `${format.btc(figures.monthly_btc)} in 30 days` : '');
  signed('month', figures?.monthly_profit_usd ?? null);
  setText('tile-month-sub', figures ? `${format.usd(figures.yearly_profit_usd)} in 365 days` : '');
  setText('tile-efficiency', format.efficiency(figures?.efficiency_j_per_th));
  setText('tile-efficiency-sub', figures ? format.power(figures.power_w) : '');
  setText('tile-hashprice', format.usd(figures?.hashprice_usd_per_ph_day));
}

function margin(figures) {
  const { break_even_btc_price: even = null, btc_price_usd: price = null } = figures ?? {};
  return even === null || !price ? '' : `${format.percent(even / price * 100)} of the price`;
}

function showMarket(price, difficulty) {
  setText('tile-price', format.usd(price?.btc_price_usd));
  setText('tile-difficulty', format.compact(difficulty?.network_difficulty));
  showSource('tile-price-sub', price);
  showSource('tile-difficulty-sub', difficulty);
}

function showSource(id, market) {
  setText(id, market === null ? 'no source responded yet'
    : `${market.source}, ${format.since(market.fetched_at)}${market.stale ? ', stale' : ''}`);
  byId(id).classList.toggle('is-warning', market?.stale === true);
}

function showFigures(now, then) {
  byId('figures-head').replaceChildren(el('tr', {},
    el('th', { scope: 'col' }, 'Figure'),
    el('th', { scope: 'col', class: 'numeric' }, 'Now'),
    then ? el('th', { scope: 'col', class: 'numeric' }, 'What if') : null));
  byId('figures-rows').replaceChildren(...figureRows(now).map(([label, value], index) => el('tr', {},
    el('th', { scope: 'row' }, label),
    el('td', { class: 'numeric' }, value),
    then ? el('td', { class: 'numeric' }, figureRows(then)[index][1]) : null)));
  setText('figures-hint', now === null ? '' : [
    `at ${format.usd(now.power_cost_usd_per_kwh, 4)} per kWh, ${format.dateTime(now.timestamp)}`,
    now.power_estimated && 'power is partly nominal and not measured',
  ].filter(Boolean).join('; '));
}

function showHistory(history) {
  const step = history.length > 1 ? (Date.parse(history.at(-1).timestamp) - Date.parse(history[0].timestamp)) / history.length : 0;
  const line = (key) => withGaps(
    history.map((snapshot) => ({ x: Date.parse(snapshot.timestamp), y: snapshot[key] })), Math.max(DAY_MS / 4, 4 * step));
  chart.draw([line('estimated_revenue_usd_per_day'), line('daily_power_cost_usd'), line('daily_profit_usd')]);
}

spans.forEach((choice) => choice.addEventListener('click', () => {
  days = Number(choice.dataset.days);
  spans.forEach((other) => other.setAttribute('aria-pressed', String(other === choice)));
  refresh.now();
}));
