/** The rows of a waterfall: a bar for each step, from what was left before it to what is left after it. */

import { el } from './dom.js';
import * as format from './format.js';

const SVG = 'http://www.w3.org/2000/svg';

const LABELS = {
  nameplate: 'Nameplate',
  no_data: 'No data',
  offline: 'Offline',
  stopped: 'Stopped',
  down: 'Not hashing',
  low_rate: 'Low hashrate',
  rejects: 'Rejected shares',
  difficulty: 'Difficulty',
  subsidy: 'Subsidy',
  fees: 'Transaction fees',
  pool_fee: 'Pool fee',
};

/** Rows of the table; steps of nothing are left out, and the last row is what was earned. */
export function waterfallRows({ waterfall, btc_expected: earned, revenue_usd: revenue }) {
  const nameplate = waterfall[0].btc;
  const rows = [];
  let left = 0;
  let widest = 0;
  const bars = waterfall.map((line) => {
    const from = left;
    left += line.btc;
    widest = Math.max(widest, left);
    return [from, left];
  });
  waterfall.forEach((line, index) => {
    if (index === 0 || line.btc !== 0) {
      rows.push(row(LABELS[line.step], bar(bars[index], widest, index === 0 ? 'whole' : line.btc < 0 ? 'lost' : 'gained'),
        line.btc, line.usd, nameplate));
    }
  });
  const sum = row('Earned', bar([0, earned], widest, 'whole'), earned, revenue, nameplate);
  sum.className = 'sum';
  return [...rows, sum];
}

function row(label, drawing, btc, usd, nameplate) {
  return el('tr', {},
    el('th', { scope: 'row' }, label),
    el('td', { class: 'bar', 'aria-hidden': 'true' }, drawing),
    el('td', { class: 'numeric' }, format.number(btc, 8)),
    el('td', { class: 'numeric' }, format.usd(usd, 2)),
    el('td', { class: 'numeric' }, nameplate > 0 ? format.number(btc / nameplate * 100, 2) : format.ABSENT));
}

function bar([from, to], widest, kind) {
  const drawing = document.createElementNS(SVG, 'svg');
  drawing.setAttribute('viewBox', '0 0 1000 10');
  drawing.setAttribute('preserveAspectRatio', 'none');
  const rectangle = document.createElementNS(SVG, 'rect');
  const scale = widest > 0 ? 1000 / widest : 0;
  rectangle.setAttribute('x', String(Math.max(0, Math.min(from, to) * scale)));
  // a line that is not nothing can be seen
  rectangle.setAttribute('width', String(Math.max(from === to ? 0 : 2, Math.abs(to - from) * scale)));
  rectangle.setAttribute('height', '10');
  rectangle.setAttribute('class', kind);
  drawing.append(rectangle);
  return drawing;
}
