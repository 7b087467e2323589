/** The miners that were seen lately; the profitability of one is read when it is chosen. */

import { get } from './api.js';
import { button, byId, pairs, setText } from './dom.js';
import { figureRows, NO_PRICE } from './figures.js';
import * as format from './format.js';
import { createTable } from './table.js';

/** Takes over the table and the dialog. */
export function createEarnersTable(timeoutMs) {
  const open = createEarnerDialog(timeoutMs);
  const joules = (row) => format.joulesPerTh(row.power_w, row.hashrate_ths);
  const table = createTable(byId('miner-table'), {
    columns: [
      { key: 'miner_ip', label: 'Miner', value: (row) => row.miner_ip,
        cell: (row) => button(row.miner_ip, () => open(row.miner_ip), { class: 'link', data: { focus: row.miner_ip } }) },
      { key: 'hashrate', label: 'Hashrate', numeric: true, value: (row) => row.hashrate_ths, cell: (row) => format.hashrate(row.hashrate_ths) },
      { key: 'power', label: 'Power', numeric: true, value: (row) => row.power_w,
        cell: (row) => `${row.power_estimated && row.power_w !== null ? '≈ ' : ''}${format.power(row.power_w)}` },
      { key: 'efficiency', label: 'Efficiency', numeric: true, value: joules, cell: (row) => format.efficiency(joules(row)) },
      { key: 'age', label: 'Seen', numeric: true, value: (row) => row.age_s, cell: (row) => format.ago(row.age_s) },
      { key: 'model', label: 'Model', value: (row) => row.model, cell: (row) => format.text([row.vendor, row.model].filter(Boolean).join(' ')) },
    ],
    keyOf: (row) => row.miner_ip,
    empty: 'No miner was seen within the last hour.',
    sort: { key: 'efficiency', descending: true },
  });

  return {
    show(miners) {
      table.show(miners);
      setText('miner-count', miners.length === 0 ? '' : `${format.number(miners.length)} miners; choose one for what it earns`);
    },
  };
}

function createEarnerDialog(timeoutMs) {
  const dialog = byId('miner-dialog');
  const note = byId('miner-note');
  let shown = null;
  byId('miner-close').addEventListener('click', () => dialog.close());
  dialog.addEventListener('close', () => {
    shown = null;
  });

  function say(sentence) {
    setText(note, sentence);
    note.hidden = sentence === '';
  }

  return async (miner) => {
    shown = miner;
    setText('miner-title', miner);
    byId('miner-facts').replaceChildren(...pairs(figureRows(null)));
    say('');
    dialog.showModal();
    try {
      const { profitability } = await get('/api/profitability/current', { miner_ip: miner }, timeoutMs);
      if (shown === miner) {
        byId('miner-facts').replaceChildren(...pairs(figureRows(profitability)));
        say(profitability.power_estimated ? 'The power is nominal and not measured.' : '');
      }
    } catch (error) {
      console.error(error);
      if (shown === miner) {
        say(error.status === 502 ? NO_PRICE : error.message);
      }
    }
  };
}
