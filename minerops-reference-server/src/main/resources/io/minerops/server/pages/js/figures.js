/** A profitability with labels and units. */

import * as format from './format.js';

export const NO_PRICE = 'No market price yet: no source has responded since the start. '
  + 'Figures in USD and BTC appear as soon as one does.';

/** Pairs of label and figure; dashes where there is no profitability. */
export function figureRows(profitability) {
  const figures = profitability ?? {};
  return [
    ['Hashrate', format.hashrate(figures.hashrate_ths)],
    ['Power', `${figures.power_estimated ? '≈ ' : ''}${format.power(figures.power_w)}`],
    ['Efficiency', format.efficiency(figures.efficiency_j_per_th)],
    ['Revenue per day', format.usd(figures.estimated_revenue_usd_per_day)],
    ['Power cost per day', format.usd(figures.daily_power_cost_usd)],
    ['Profit per day', format.usd(figures.daily_profit_usd)],
    ['Profit margin', format.percent(figures.profit_margin_pct)],
    ['Profit per 30 days', format.usd(figures.monthly_profit_usd)],
    ['Profit per 365 days', format.usd(figures.yearly_profit_usd)],
    ['BTC per day', format.btc(figures.estimated_btc_per_day)],
    ['BTC per 30 days', format.btc(figures.monthly_btc)],
    ['BTC per 365 days', format.btc(figures.yearly_btc)],
    ['Break-even BTC price', format.usd(figures.break_even_btc_price)],
    ['Hashprice per PH/s and day', format.usd(figures.hashprice_usd_per_ph_day)],
  ];
}
