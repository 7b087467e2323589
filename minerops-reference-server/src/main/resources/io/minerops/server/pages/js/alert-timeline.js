/** What became of an alert, and which alerts of its rule and miner came before it. */

import { get } from './api.js';
import { el, pairs } from './dom.js';
import * as format from './format.js';

const EARLIER = 20;
const SHOWN = 5;

/** Remembers which timelines are open and what was read for them, because the list is redrawn all the time. */
export function createTimelines() {
  const opened = new Set();
  const read = new Map();

  function of(alert) {
    const content = el('div', { class: 'timeline-content' });
    const details = el('details', { open: opened.has(alert.id), on: { toggle } },
      el('summary', { data: { focus: `details-${alert.id}` } }, 'Details and history'), content);

    function toggle() {
      if (details.open) {
        opened.add(alert.id);
        fill();
      } else {
        opened.delete(alert.id);
      }
    }

    async function fill() {
      const known = read.get(alert.id);
      show(known?.earlier ?? null);
      if (known?.updatedAt === alert.updated_at) {
        return;
      }
      try {
        const earlier = await earlierOf(alert);
        read.set(alert.id, { updatedAt: alert.updated_at, earlier });
        show(earlier);
      } catch (error) {
        console.error(error);
        content.append(el('p', { class: 'field-error', role: 'alert' }, `The earlier alerts could not be read: ${error.message}`));
      }
    }

    function show(earlier) {
      content.replaceChildren(...[figures(alert), el('ol', { class: 'timeline' }, steps(alert).map(step)), past(alert, earlier)].filter(Boolean));
    }

    return details;
  }

  return { of };
}

async function earlierOf(alert) {
  const { alerts } = await get('/api/alerts', {
    miner_ip: alert.miner_ip, alert_type: alert.alert_type, limit: EARLIER });
  return alerts.filter((other) => other.rule_id === alert.rule_id && other.miner_ip === alert.miner_ip
    && other.id < alert.id);
}

function figures(alert) {
  const entries = Object.entries(alert.details ?? {}).map(([name, value]) =>
    [name.replaceAll('_', ' '), format.number(value, Number.isInteger(value) ? 0 : 2)]);
  return entries.length === 0 ? null : el('dl', { class: 'facts' }, pairs(entries));
}

/** What happened to it, `[when, what]`, ascending. */
function steps(alert) {
  return [
    [alert.created_at, `raised by ${alert.rule_name}, ${alert.severity}${alert.silenced ? ', silenced' : ''}`],
    [alert.notified_at, 'message sent'],
    [alert.acknowledged_at, `acknowledged${alert.acknowledged_by ? ` by ${alert.acknowledged_by}` : ''}`],
    [alert.resolved_at, [alert.status === 'auto_resolved' ? 'resolved automatically' : 'resolved',
      alert.resolution_note].filter(Boolean).join(': ')],
  ].filter(([when]) => when).sort(([a], [b]) => Date.parse(a) - Date.parse(b));
}

function step([when, what]) {
  return el('li', {}, el('time', { datetime: when }, format.dateTime(when)), ' ', what);
}

function past(alert, earlier) {
  if (earlier === null) {
    return el('p', { class: 'hint' }, 'Reading what came before…');
  }
  if (earlier.length === 0) {
    return el('p', { class: 'hint' }, 'The first alert of this rule for this miner.');
  }
  return el('div', {},
    el('p', { class: 'hint' }, earlier.length > SHOWN ? `The previous ${SHOWN}:` : 'Earlier alerts:'),
    el('ol', { class: 'timeline' }, earlier.slice(0, SHOWN).map((other) => step([other.created_at, [
      other.message, other.resolved_at
        ? `over after ${format.duration((Date.parse(other.resolved_at) - Date.parse(other.created_at)) / 1000)}`
        : other.status].join(' · ')]))));
}
