/** A line without axes, as small as a word. */

import { svg } from './dom.js';

const WIDTH = 96;
const HEIGHT = 22;
const MARGIN = 2;

/**
 * The picture of a row of figures at equal distances, from zero up; absent ones are gaps.
 *
 * @param {(number|null)[]} values oldest first
 * @param {string} label what it shows, as text
 */
export function sparkline(values, label) {
  const picture = svg('svg', { class: 'sparkline', viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: 'img', 'aria-label': label });
  picture.append(...stretches(values).map((points) => (points.length === 1
    ? svg('circle', { cx: points[0][0], cy: points[0][1], r: 1.2 })
    : svg('polyline', { points: points.map((point) => point.join(',')).join(' ') }))));
  return picture;
}

/** Points without a gap between them, `[x, y]` in the picture. */
function stretches(values) {
  const most = values.reduce((largest, value) => Math.max(largest, value ?? 0), 0) || 1;
  const step = (WIDTH - 2 * MARGIN) / Math.max(1, values.length - 1);
  const found = [];
  let open = null;
  values.forEach((value, index) => {
    if (value === null) {
      open = null;
      return;
    }
    if (!open) {
      open = [];
      found.push(open);
    }
    open.push([round(MARGIN + index * step), round(HEIGHT - MARGIN - (value / most) * (HEIGHT - 2 * MARGIN))]);
  });
  return found;
}

const round = (value) => Math.round(value * 10) / 10;
