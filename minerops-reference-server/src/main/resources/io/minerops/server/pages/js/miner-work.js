/** What one miner did over a span of time: its uptime. */

import { byId, pairs, setText } from './dom.js';
import * as format from './format.js';

const DAY_S = 86_400;

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
