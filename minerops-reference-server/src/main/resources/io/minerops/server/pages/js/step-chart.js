/** Pictures of a plan: price and load as steps over time; and of a backtest: the gain by strike price. */

import { svg } from './dom.js';
import { axisMarks, axisTime, number } from './format.js';

const MIN_WIDTH = 320;
const BAND = 120;
const LEFT = 64;
const RIGHT = 12;
const TOP = 22;
const GAP = 34;
const BOTTOM = 24;
const TICKS = 3;

const round = (value) => Math.round(value * 10) / 10;

/** A scale of figures to a band of the picture, which always holds zero, with marks at round figures. */
function scale(values, top, height) {
  const min = Math.min(0, ...values);
  const max = Math.max(0, ...values);
  const span = max - min || 1;
  const y = (value) => round(top + height - ((value - min) / span) * height);
  const power = 10 ** Math.floor(Math.log10(span / TICKS));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((distance) => distance * TICKS >= span);
  const first = Math.ceil(min / step);
  const count = Math.floor(max / step) - first + 1;
  const decimals = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  return { y, decimals, ticks: Array.from({ length: count }, (_, i) => (first + i) * step) };
}

function axis(band, width) {
  return band.ticks.flatMap((tick) => [
    svg('line', { class: 'grid', x1: LEFT, x2: width - RIGHT, y1: band.y(tick), y2: band.y(tick) }),
    svg('text', { x: LEFT - 6, y: band.y(tick) + 4, 'text-anchor': 'end' }, number(tick, band.decimals)),
  ]);
}

const picture = (width, height, label, children) => svg('svg', {
  viewBox: `0 0 ${width} ${height}`, role: 'img', 'aria-label': label }, ...children);

/**
 * Price and load of each interval, one below the other.
 *
 * @param {{start: string, usd_per_mwh: number, kw: number, kw_without: number, stopped: number}[]} intervals ascending
 * @param {number} room the width that there is, px
 */
export function planPicture(intervals, room) {
  const width = Math.max(MIN_WIDTH, room);
  const starts = intervals.map((interval) => Date.parse(interval.start));
  const step = starts.length > 1 ? starts[1] - starts[0] : 3_600_000;
  const end = starts.at(-1) + step;
  const x = (at) => round(LEFT + ((at - starts[0]) / (end - starts[0])) * (width - LEFT - RIGHT));
  const prices = intervals.map((interval) => interval.usd_per_mwh);
  const loads = intervals.map((interval) => interval.kw);
  const without = intervals.map((interval) => interval.kw_without);
  const most = Math.max(1, ...intervals.map((interval) => interval.stopped));
  const above = scale(prices, TOP, BAND);
  const below = scale([...loads, ...without], TOP + BAND + GAP, BAND);
  const steps = (values, band, kind) => svg('path', {
    class: kind, d: values.map((value, i) => `${i === 0 ? 'M' : 'L'}${x(starts[i])} ${band.y(value)}H${x(starts[i] + step)}`).join('') });
  const height = TOP + 2 * BAND + GAP + BOTTOM;
  const marks = axisMarks(starts[0], end, width / 90);
  return picture(width, height, 'Power price and load by interval', [
    ...axis(above, width),
    ...axis(below, width),
    ...intervals.flatMap((interval, i) => (interval.stopped === 0 ? [] : [svg('rect', {
      class: 'stopped', 'fill-opacity': 0.04 + 0.2 * interval.stopped / most, x: x(starts[i]), width: round(x(starts[i] + step) - x(starts[i])), y: TOP, height: 2 * BAND + GAP })])),
    svg('line', { class: 'zero', x1: LEFT, x2: width - RIGHT, y1: above.y(0), y2: above.y(0) }),
    steps(prices, above, 'price'),
    steps(without, below, 'without'),
    steps(loads, below, 'load'),
    svg('text', { class: 'legend-price', x: LEFT, y: TOP - 8 }, 'Price, USD/MWh'),
    svg('text', { class: 'legend-load', x: LEFT, y: TOP + BAND + GAP - 8 }, 'Load, kW (dashed: if all ran; shaded: stopped)'),
    ...marks.marks.filter((at) => at < end).map((at) => svg('text', {
      x: x(at), y: height - 6, 'text-anchor': 'middle' }, axisTime(at, marks.step))),
  ]);
}

/**
 * The gain by strike price.
 *
 * @param {{strike_usd_per_mwh: number, saving: {net_usd: number}}[]} outcomes ascending
 * @param {number} best the strike price that gains most
 * @param {number} room the width that there is, px
 */
export function strikePicture(outcomes, best, room) {
  const width = Math.max(MIN_WIDTH, room);
  const first = outcomes[0].strike_usd_per_mwh;
  const span = outcomes.at(-1).strike_usd_per_mwh - first || 1;
  const x = (strike) => round(LEFT + ((strike - first) / span) * (width - LEFT - RIGHT - 20));
  const gains = outcomes.map((outcome) => outcome.saving.net_usd);
  const band = scale(gains, TOP, BAND);
  const height = TOP + BAND + BOTTOM;
  const every = Math.ceil(outcomes.length / (width / 80));
  return picture(width, height, 'Gain by strike price', [
    ...axis(band, width),
    svg('line', { class: 'zero', x1: LEFT, x2: width - RIGHT, y1: band.y(0), y2: band.y(0) }),
    svg('polyline', { class: 'net', points: outcomes.map((outcome, i) => `${x(outcome.strike_usd_per_mwh)},${band.y(gains[i])}`).join(' ') }),
    ...outcomes.filter((outcome) => outcome.strike_usd_per_mwh === best).map((outcome) => svg('circle', {
      cx: x(best), cy: band.y(outcome.saving.net_usd), r: 4 })),
    svg('text', { class: 'legend-load', x: LEFT, y: TOP - 8 }, 'Gain, USD, by strike price, USD/MWh'),
    ...outcomes.filter((_, i) => i % every === 0).map((outcome) => svg('text', {
      x: x(outcome.strike_usd_per_mwh), y: height - 6, 'text-anchor': 'middle' }, number(outcome.strike_usd_per_mwh, 0))),
  ]);
}
