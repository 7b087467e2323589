/** What one miner did over a span of time: its uptime, and what its accepted shares prove. */

import { createTimeChart, withGaps } from './charts.js';
import { byId, pairs, setText } from './dom.js';
import * as format from './format.js';

const DAY_S = 86_400;
const HOUR_MS = 3_600_000;

const chart = createTimeChart(byId('proven-chart'), {
  lines: [{ label: 'Proven', colour: '--series-1' }, { label: 'Claimed', colour: '--series-2', dashed: true }],
  show: format.hashrate });

/** Shows the uptime that the server gave for a span. */
export function showUptime({ uptime }) {
  const times = [
    ['Mining', uptime.mining_s], ['Stopped on purpose', uptime.stopped_s], ['Not hashing', uptime.down_s],
    ['Offline', uptime.offline_s], ['Not known', uptime.unknown_s + uptime.unobserved_s],
  ];
  byId('miner-uptime').replaceChildren(...pairs([
    ['Uptime', share(uptime.uptime_pct)],
    ['Availability', share(uptime.availability_pct)],
    ...times.filter(([, seconds]) => seconds > 0).map(([name, seconds]) => [name, format.duration(seconds)]),
  ]));
  setText('uptime-hint', 'Uptime leaves out the time for which the miner was stopped on purpose; availability does not. '
    + `${format.dateTime(uptime.since)} to ${format.dateTime(uptime.until)}.`
    + (uptime.estimated_s > 0 ? ` ${format.number(uptime.estimated_s / DAY_S)} days follow from daily roll-ups.` : ''));
}

/** Two decimals, because uptime is near 100 %. */
function share(value) {
  return value === null ? format.ABSENT : `${format.number(value, 2)} %`;
}

/** Shows the proven work that the server gave for a span, and leads to the certificate of that span. */
export function showProvenWork({ source, since_start: sinceStart, total, proven_work: spans }, certificate) {
  byId('miner-proven').replaceChildren(...pairs([
    ['In this time', proven(total)],
    ['Claimed', format.hashrate(total.claimed_ths)],
    ['Difference', difference(total)],
    ['Since the start', proven(sinceStart)],
    ['Claimed since the start', format.hashrate(sinceStart.claimed_ths)],
    ['Difference since the start', difference(sinceStart)],
  ]));
  const gap = (source === 'daily' ? 24 : 1) * 1.5 * HOUR_MS;
  const line = (key) => withGaps(spans.map((span) => ({ x: Date.parse(span.timestamp), y: span[key] })), gap);
  chart.draw([line('proven_ths'), line('claimed_ths')]);
  byId('certificate').hidden = total.seconds === 0;
  byId('certificate-link').href = certificate;
  setText('proven-hint', total.seconds === 0 && sinceStart.seconds === 0
    ? 'This miner does not report the difficulty of its accepted shares.'
    : `By ${source === 'daily' ? 'UTC day' : 'hour'}, from accepted shares. Unproven is not fraud: a developer's fee, rejected shares or a pool `
      + 'that did not respond can be the cause. More than 4 σ is hardly by chance.');
}

function proven(work) {
  return work.deviation_ths === null ? format.hashrate(work.proven_ths)
    : `${format.hashrate(work.proven_ths)} ± ${format.hashrate(work.deviation_ths, work.proven_ths)}`;
}

function difference(work) {
  return work.unproven_pct === null ? format.ABSENT
    : [`${format.number(Math.abs(work.unproven_pct), 1)} % ${work.unproven_pct < 0 ? 'more than claimed' : 'unproven'}`,
      work.deviations !== null && `${format.number(Math.abs(work.deviations), 1)} σ`].filter(Boolean).join(', ');
}
