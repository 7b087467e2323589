/** Alerts, the rules that raise them, and their messages. */

import { get } from './api.js';
import { createAlertBill } from './alert-bill.js';
import { createAlertList } from './alert-list.js';
import { badge, byId, setText } from './dom.js';
import * as format from './format.js';
import { createRules } from './rules.js';
import { startPage } from './shell.js';
import { createSilences } from './silences.js';

const REFRESH_MS = 30_000;
const SEVERITIES = ['critical', 'warning', 'info'];

const refreshNow = () => refresh.now();
const silences = createSilences(refreshNow);
const alerts = createAlertList(refreshNow, silences.open);
const rules = createRules(refreshNow);
const bill = createAlertBill(refreshNow);
const refresh = startPage({ intervalMs: REFRESH_MS, run: load, events: ['alerts_changed'] });

async function load() {
  const listed = rules.load();
  await Promise.all([showCounts(), alerts.load(), bill.load(), listed, silences.load(listed)]);
}

async function showCounts() {
  const { summary } = await get('/api/alerts/summary');
  setText('count-active', format.number(summary.active));
  setText('count-acknowledged', format.number(summary.acknowledged));
  setText('count-resolved', format.number(summary.resolved + summary.auto_resolved));
  setText('count-resolved-sub', `${format.number(summary.auto_resolved)} by themselves`);
  setText('count-day', format.number(summary.last_24h));
  setText('count-total', `${format.number(summary.total)} in all`);
  const severities = SEVERITIES.filter((severity) => summary[`${severity}_active`] > 0);
  byId('count-severities').replaceChildren(...(severities.length === 0
    ? ['none']
    : severities.flatMap((severity) => [badge(severity, `${summary[`${severity}_active`]} ${severity}`), ' '])));
}
