/** The servers that share a database: the miners and the jobs of each. */

import { get } from './api.js';
import { badge, byId, el } from './dom.js';
import * as format from './format.js';

export async function showInstances() {
  const { instances } = await get('/api/instances');
  byId('instances').hidden = instances.length === 0;
  byId('instance-rows').replaceChildren(...instances.map(row));
}

function row(instance) {
  const cell = (label, ...content) => el('td', { role: 'cell', data: { label } }, ...content);
  const at = (iso) => (iso === null ? format.ABSENT : el('time', { datetime: iso, title: format.dateTime(iso) }, format.since(iso)));
  return el('tr', { role: 'row' },
    el('th', { scope: 'row', role: 'rowheader' }, instance.name),
    cell('State', instance.self ? badge('info', 'this server') : instance.since === null ? badge('failed', 'no polls') : badge('sent', 'ok')),
    cell('Since', at(instance.since)),
    cell('Last poll', at(instance.last_seen_at)),
    cell('Miners', format.number(instance.miners)),
    el('td', { role: 'cell', class: 'wide', data: { label: 'Jobs' } }, format.text(instance.leases.map((lease) => lease.job).join(', ') || null)));
}
