/** One miner's last day, in a dialog that has an address of its own: `#miner=10.0.0.5`. */

import { get } from './api.js';
import { createTimeChart, withGaps } from './charts.js';
import { byId, hashParameters, pairs, replaceHash, setText } from './dom.js';
import * as format from './format.js';

const STEP_S = 300;
const DAY_MS = 86_400_000;
const MAX_SAMPLES = 1_000;

/** Opens the dialog whenever the address names a miner. */
export function createMinerDialog() {
  const dialog = byId('miner-dialog');
  let charts = null;
  let shown = null;

  async function open(miner) {
    shown = miner;
    charts ??= {
      hashrate: createTimeChart(byId('miner-hashrate'), {
        lines: [{ label: 'Hashrate', colour: '--series-1' }], show: format.hashrate }),
      temperature: createTimeChart(byId('miner-temperature'), {
        lines: [{ label: 'Average', colour: '--series-1' }, { label: 'Hottest', colour: '--series-2', dashed: true }],
        show: format.temperature }),
    };
    setText('miner-title', miner);
    byId('miner-error').hidden = true;
    byId('miner-facts').replaceChildren();
    drawCharts([]);
    if (!dialog.open) {
      dialog.showModal();
    }
    try {
      await load(miner);
    } catch (error) {
      console.error(error);
      setText('miner-error', error.message);
      byId('miner-error').hidden = false;
    }
  }

  async function load(miner) {
    const since = new Date(Date.now() - DAY_MS).toISOString();
    const [metrics, registered] = await Promise.all([
      get('/api/metrics', { ip: miner, since, step: STEP_S, limit: MAX_SAMPLES }),
      get(`/api/miners/${encodeURIComponent(miner)}`),
    ]);
    if (shown !== miner) {
      return;
    }
    byId('miner-facts').replaceChildren(...pairs(facts(registered.miner, metrics.metrics.at(-1))));
    drawCharts(metrics.metrics);
  }

  function drawCharts(samples) {
    const line = (key) => withGaps(
      samples.map((sample) => ({ x: Date.parse(sample.timestamp), y: sample[key] ?? null })), 4 * STEP_S * 1000);
    charts.hashrate.draw([line('hashrate_ths')]);
    charts.temperature.draw([line('avg_temp_c'), line('max_temp_c')]);
  }

  function follow() {
    const miner = hashParameters().get('miner');
    if (miner) {
      open(miner);
    } else if (dialog.open) {
      dialog.close();
    }
  }

  dialog.addEventListener('close', () => {
    shown = null;
    replaceHash({});
  });
  byId('miner-close').addEventListener('click', () => dialog.close());
  addEventListener('hashchange', follow);
  follow();
}

function facts(miner, latest) {
  const fans = latest ? `${format.number(latest.min_fan_rpm)} – ${format.rpm(latest.max_fan_rpm)}` : format.ABSENT;
  return [
    ['Model', format.text([miner.vendor, miner.model].filter(Boolean).join(' '))],
    ['Firmware', format.text(miner.firmware_version)],
    ['Host name', format.text(miner.hostname)],
    ['Place', format.text(miner.location)],
    ['Tags', format.text(miner.tags.join(', '))],
    ['MAC', format.text(miner.mac)],
    ['Hashrate since start', format.hashrate(latest?.hashrate_avg_ths)],
    ['Fans, slowest – fastest', fans],
    ['Shares accepted / rejected', `${format.number(latest?.accepted)} / ${format.number(latest?.rejected)}`],
    ['Hardware errors', format.number(latest?.hw_errors)],
    ['Nominal', `${format.hashrate(miner.nominal_ths)}, ${format.efficiency(miner.nominal_efficiency_j_per_th)}`],
    ['Power cap', format.power(miner.power_cap_w)],
    ['Notes', format.text(miner.notes)],
  ];
}
