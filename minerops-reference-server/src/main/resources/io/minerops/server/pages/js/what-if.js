/** Two sliders: what if power, or a bitcoin, cost something else. */

import { byId, setText } from './dom.js';
import * as format from './format.js';

/** After the last move of a slider. */
const PAUSE_MS = 200;
/** How far the price can be moved from that of the market, as shares of it. */
const PRICE_SPAN = [0.25, 3];
const PRICE_STEPS = 220;

/**
 * Takes over the sliders.
 *
 * @param {() => void} onChange something else is supposed
 */
export function createWhatIf(onChange) {
  const cost = byId('what-if-cost');
  const price = byId('what-if-price');
  const reset = byId('what-if-reset');
  let timer = null;
  let real = null;
  const moved = { cost: false, price: false };

  function say() {
    setText('what-if-cost-value', real === null ? format.ABSENT : `${format.usd(Number(cost.value), 3)} per kWh`);
    setText('what-if-price-value', real === null ? format.ABSENT : format.usd(Number(price.value)));
    cost.setAttribute('aria-valuetext', byId('what-if-cost-value').textContent);
    price.setAttribute('aria-valuetext', byId('what-if-price-value').textContent);
    reset.hidden = !moved.cost && !moved.price;
  }

  function listen(control, name) {
    control.addEventListener('input', () => {
      moved[name] = true;
      say();
      clearTimeout(timer);
      timer = setTimeout(onChange, PAUSE_MS);
    });
  }

  listen(cost, 'cost');
  listen(price, 'price');
  byId('what-if').addEventListener('submit', (event) => event.preventDefault());
  reset.addEventListener('click', () => {
    moved.cost = false;
    moved.price = false;
    moveSliders();
    cost.focus();
    onChange();
  });

  /** Sets untouched sliders to the present values. */
  function moveSliders() {
    if (real !== null) {
      if (!moved.cost) {
        cost.max = Math.max(0.3, Math.ceil(real.cost * 20) / 10);
        cost.value = real.cost;
      }
      if (!moved.price) {
        const step = niceStep(real.price * (PRICE_SPAN[1] - PRICE_SPAN[0]) / PRICE_STEPS);
        price.step = step;
        price.min = Math.max(step, Math.round(real.price * PRICE_SPAN[0] / step) * step);
        price.max = Math.round(real.price * PRICE_SPAN[1] / step) * step;
        price.value = real.price;
      }
    }
    cost.disabled = real === null;
    price.disabled = real === null;
    say();
  }

  return {
    /** Tells what is so; null where it is not known. */
    show(figures) {
      real = figures === null ? null : { cost: figures.power_cost_usd_per_kwh, price: figures.btc_price_usd };
      moveSliders();
    },
    /** What is supposed, as parameters of a query; null where nothing is. */
    query() {
      return moved.cost || moved.price
        ? { power_cost: moved.cost ? cost.value : '', btc_price: moved.price ? price.value : '' }
        : null;
    },
  };
}

/** 1, 2 or 5 times a power of ten, not below. */
function niceStep(least) {
  const power = 10 ** Math.floor(Math.log10(least));
  return [1, 2, 5, 10].map((factor) => factor * power).find((step) => step >= least * 0.999);
}
