/** The merit order as a picture: power from left to right, the price that it can pay upwards, and what it costs as a line. */

import { el, setText, svg } from './dom.js';
import * as format from './format.js';

const HEIGHT = 260;
const MARGIN = { left: 62, right: 14, top: 26, bottom: 40 };
const MIN_WIDTH = 280;
const MAX_TITLES = 400;
const PIXELS_PER_MARK = 90;

/** Takes over an element; `caption` gets the figures as text. */
export function createCurve(frame, caption) {
  let entries = [];
  new ResizeObserver(() => paint()).observe(frame);

  function paint() {
    if (entries.length === 0) {
      frame.replaceChildren();
      return;
    }
    frame.replaceChildren(picture(entries, Math.max(MIN_WIDTH, frame.clientWidth), caption.id), legend());
  }

  return {
    /** Draws these entries, the highest strike price first. */
    draw(list) {
      entries = list.filter((entry) => entry.cumulative_power_w > 0);
      setText(caption, described(entries));
      paint();
    },
  };
}

function described(entries) {
  if (entries.length === 0) {
    return '';
  }
  const total = entries.at(-1).cumulative_power_w;
  const worth = entries.reduce((sum, entry, index) =>
    (entry.headroom_usd_per_mwh >= 0 ? sum + width(entries, index) : sum), 0);
  return `Strike prices from ${format.usd(entries[0].strike_price_usd_per_mwh)} down to `
    + `${format.usd(entries.at(-1).strike_price_usd_per_mwh)} per MWh. ${format.power(worth, total)} of ${format.power(total)} earn `
    + 'more than their power costs now.';
}

const begin = (entries, index) => (index === 0 ? 0 : entries[index - 1].cumulative_power_w);
const width = (entries, index) => entries[index].cumulative_power_w - begin(entries, index);

function picture(entries, total, captionId) {
  const values = entries.flatMap((entry) => [entry.strike_price_usd_per_mwh, entry.power_price_usd_per_mwh]);
  const yMarks = marks(Math.min(0, ...bounds(values)), bounds(values)[1], 5);
  const power = entries.at(-1).cumulative_power_w;
  const inner = total - MARGIN.left - MARGIN.right;
  const x = (watts) => MARGIN.left + (watts / power) * inner;
  const [low, high] = [yMarks[0], yMarks.at(-1)];
  const y = (price) => MARGIN.top + ((high - price) / (high - low)) * (HEIGHT - MARGIN.top - MARGIN.bottom);
  const root = svg('svg', { class: 'merit', viewBox: `0 0 ${total} ${HEIGHT}`, width: total, height: HEIGHT, role: 'img',
    'aria-labelledby': `strike-title ${captionId}` });
  root.append(
    ...yMarks.flatMap((price) => [
      svg('line', { class: price === 0 ? 'axis' : 'grid', x1: MARGIN.left, x2: total - MARGIN.right, y1: y(price), y2: y(price) }),
      svg('text', { x: MARGIN.left - 8, y: y(price) + 4, 'text-anchor': 'end' }, format.usd(price, high - low < 5 ? 2 : 0)),
    ]),
    ...marks(0, power, Math.max(2, Math.floor(inner / PIXELS_PER_MARK))).filter((watts) => watts <= power * 1.0001).map((watts) =>
      svg('text', { x: x(watts), y: HEIGHT - MARGIN.bottom + 18, 'text-anchor': 'middle' }, format.power(watts, power))),
    svg('text', { class: 'title', x: total - MARGIN.right, y: HEIGHT - 6, 'text-anchor': 'end' }, 'power, best first'),
    svg('text', { class: 'title', x: 0, y: 12 }, '$ per MWh'),
    svg('path', { class: 'earns', d: areas(entries, x, y, true) }),
    svg('path', { class: 'loses', d: areas(entries, x, y, false) }),
    svg('path', { class: 'strike', d: steps(entries, 'strike_price_usd_per_mwh', x, y) }),
    svg('path', { class: 'price', d: steps(entries, 'power_price_usd_per_mwh', x, y) }),
    ...(entries.length <= MAX_TITLES ? entries.map((entry, index) => titled(entry, x(begin(entries, index)), x(entry.cumulative_power_w))) : []));
  return root;
}

/** Between strike price and power price, of those that earn or of those that lose. */
function areas(entries, x, y, earning) {
  return entries.map((entry, index) => ((entry.headroom_usd_per_mwh >= 0) !== earning ? ''
    : `M${round(x(begin(entries, index)))} ${round(y(entry.strike_price_usd_per_mwh))}H${round(x(entry.cumulative_power_w))}`
      + `V${round(y(entry.power_price_usd_per_mwh))}H${round(x(begin(entries, index)))}Z`)).join('');
}

function steps(entries, key, x, y) {
  return entries.map((entry, index) =>
    `${index === 0 ? `M${round(x(0))} ${round(y(entry[key]))}` : `V${round(y(entry[key]))}`}H${round(x(entry.cumulative_power_w))}`).join('');
}

function titled(entry, from, to) {
  return svg('rect', { class: 'reader', x: round(from), y: MARGIN.top, width: round(Math.max(0.5, to - from)),
    height: HEIGHT - MARGIN.top - MARGIN.bottom }, svg('title', {},
    `${entry.name}: ${format.usd(entry.strike_price_usd_per_mwh)} per MWh, power costs ${format.usd(entry.power_price_usd_per_mwh)}`));
}

function legend() {
  const mark = (kind, label) => el('li', {}, svgMark(kind), ` ${label}`);
  return el('ul', { class: 'legend' }, mark('strike', 'strike price'), mark('price', 'power price now'),
    mark('earns', 'earns'), mark('loses', 'loses'));
}

function svgMark(kind) {
  const line = kind === 'strike' || kind === 'price';
  return svg('svg', { class: 'merit key', viewBox: '0 0 24 12', width: 24, height: 12, 'aria-hidden': 'true' },
    svg('path', { class: kind, d: line ? 'M1 6H23' : 'M1 1H23V11H1Z' }));
}

const round = (value) => Math.round(value * 10) / 10;

function bounds(values) {
  return [values.reduce((a, b) => Math.min(a, b)), values.reduce((a, b) => Math.max(a, b))];
}

/** Round numbers from at or below the lowest to at or above the highest value, about so many. */
function marks(low, high, count) {
  const least = (high - low || 1) / count;
  const power = 10 ** Math.floor(Math.log10(least));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((candidate) => candidate >= least * 0.999);
  const first = Math.floor(low / step);
  const last = Math.ceil(high / step - 1e-9);
  return Array.from({ length: last - first + 1 }, (_, index) => (first + index) * step);
}
