/** An alert as a row of the table. */

import { badge, button, el, minerPage } from './dom.js';
import * as format from './format.js';

const STATUS_NAMES = { auto_resolved: 'resolved automatically' };

export const isOpen = (alert) => alert.status === 'active' || alert.status === 'acknowledged';

/**
 * The row.
 *
 * @param {object} alert as the server gave it
 * @param {Element|null} parts.choice the box that chooses it
 * @param {Element} parts.timeline what became of it
 */
export function alertRow(alert, { choice, timeline, acknowledge, resolve, silence }) {
  return el('tr', { role: 'row' },
    el('th', { scope: 'row', role: 'rowheader' },
      choice, choice ? ' ' : null, badge(alert.severity), ' ', alert.message,
      el('p', { class: 'hint' }, `${alert.rule_name} · ${alert.alert_type}`), timeline),
    cell('Miner', alert.miner_ip === null ? 'many' : el('a', { href: minerPage(alert.miner_ip) }, alert.miner_ip)),
    cell('Status', status(alert)),
    cell('Raised', el('time', { datetime: alert.created_at, title: format.dateTime(alert.created_at) }, format.since(alert.created_at))),
    el('td', { role: 'cell', class: 'numeric', data: { label: 'Cost' } }, cost(alert)),
    cell('Message sent', notification(alert)),
    el('td', { role: 'cell', class: 'wide' }, isOpen(alert) ? actions(alert, { acknowledge, resolve, silence }) : null));
}

function actions(alert, { acknowledge, resolve, silence }) {
  return el('div', { class: 'actions' },
    alert.status === 'active' ? button('Acknowledge', (event) => acknowledge(alert, event.currentTarget), {
      'aria-label': `Acknowledge ${alert.message}`, data: { focus: `acknowledge-${alert.id}` } }) : null,
    button('Resolve', () => resolve(alert), {
      'aria-label': `Resolve ${alert.message}`, data: { focus: `resolve-${alert.id}` } }),
    alert.silenced ? null : button('Silence', () => silence(
      alert.miner_ip === null ? { rule_id: alert.rule_id } : { miner_ip: alert.miner_ip }), {
      'aria-label': `Silence ${alert.miner_ip ?? alert.rule_name}`, data: { focus: `silence-alert-${alert.id}` } }));
}

function cell(label, ...content) {
  return el('td', { role: 'cell', data: { label } }, ...content);
}

function status(alert) {
  const by = alert.acknowledged_by ? ` by ${alert.acknowledged_by}` : '';
  const when = alert.resolved_at ?? alert.acknowledged_at;
  return [STATUS_NAMES[alert.status] ?? alert.status, by, alert.silenced ? [' ', badge('none', 'silenced')] : null,
    when ? el('p', { class: 'hint', title: format.dateTime(when) }, format.since(when)) : null];
}

/** Where a figure leaves something out, it says what. */
function cost(alert) {
  if (alert.cost_usd === null) {
    return format.ABSENT;
  }
  const rate = alert.cost_basis === 'nominal' ? 'the nominal hashrate' : 'the mean hashrate of the seven days before';
  const title = `${format.duration(alert.cost_hours * 3600)} since ${format.dateTime(alert.cost_since)}, against ${rate}${
    alert.cost_complete ? '' : '; power or price was not known for all of it'}`;
  return el('span', { title }, `${alert.cost_complete ? '' : '≈ '}${format.smallUsd(alert.cost_usd)}`);
}

function notification(alert) {
  return alert.notification_status === 'none'
    ? el('span', { class: 'hint' }, 'none')
    : badge(alert.notification_status);
}
