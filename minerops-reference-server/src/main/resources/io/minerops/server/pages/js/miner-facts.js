/** What one miner reported of itself over time: facts with dates, and past faults. */

import { badge, byId, el, setText } from './dom.js';
import * as format from './format.js';

const LABELS = {
  firmware: 'Firmware', model: 'Model', mac: 'MAC', hostname: 'Host name', serial: 'Serial number', pool: 'Pool', worker: 'Worker',
  board_serial: 'Board serial number',
};

/** Shows the page of facts that the server gave, those that hold first. */
export function showFacts({ facts, next }) {
  const order = [...facts].sort((one, other) => Number(one.until !== null) - Number(other.until !== null));
  byId('dated-rows').replaceChildren(...(order.length ? order.map(row)
    : [el('tr', { role: 'row' }, el('td', { role: 'cell', colspan: 5, class: 'empty' }, 'Nothing is known yet.'))]));
  setText('dated-hint', next === null ? '' : `The newest ${format.number(facts.length)} are shown.`);
}

function row(fact) {
  const cell = (label, ...content) => el('td', { role: 'cell', data: { label } }, ...content);
  const label = LABELS[fact.kind] ?? fact.kind;
  return el('tr', { role: 'row' },
    el('th', { scope: 'row', role: 'rowheader' }, fact.slot === null ? label : `${label}, slot ${fact.slot}`),
    el('td', { role: 'cell', class: 'wide', data: { label: 'Value' } }, fact.value,
      fact.previous === null ? '' : el('span', { class: 'hint' }, ` was ${fact.previous}`)),
    cell('From', time(fact.from)),
    cell('Until', fact.until === null ? 'now' : time(fact.until)),
    cell('Change', ...change(fact)));
}

function change(fact) {
  if (fact.previous === null) {
    return ['first seen'];
  }
  return [fact.announced ? badge('none', 'announced') : badge('warning', 'unannounced')];
}

/** Shows the faults that ended; those that hold are shown with the latest sample. */
export function showPastFaults({ faults, next }) {
  const past = faults.filter((fault) => fault.until !== null);
  byId('past-faults').hidden = past.length === 0;
  setText('past-faults-title', `Past faults (${format.number(past.length)}${next === null ? '' : ' newest'})`);
  byId('past-faults-list').replaceChildren(...past.map((fault) => el('li', {},
    el('strong', {}, fault.code), fault.message && ` ${fault.message}`, fault.slot === null ? '' : ` (board ${fault.slot})`, ' ',
    el('span', { class: 'hint' }, time(fault.from), ' for ',
      format.duration((Date.parse(fault.until) - Date.parse(fault.from)) / 1000)))));
}

function time(at) {
  return el('time', { datetime: at, title: format.since(at) }, format.dateTime(at));
}
