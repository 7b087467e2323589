/** Tries the rule that is being edited on the stored history, while it is being edited. */

import { post } from './api.js';
import { button, byId, el } from './dom.js';
import * as format from './format.js';

/** After the last stroke. */
const PAUSE_MS = 600;
/** The server tries one rule at a time; another person's may be under way. */
const BUSY_PAUSE_MS = 1_500;
const TIMEOUT_MS = 120_000;
const MAX_MINERS = 5;

/**
 * The preview beside the editor.
 *
 * @param {() => object} read the rule as it is filled in; throws where a field is no number
 * @param {(threshold: string, value: number) => void} use takes over a suggested threshold
 */
export function createRulePreview({ read, use }) {
  const frame = byId('preview');
  const hours = byId('preview-hours');
  let timer = null;
  let running = null;

  hours.addEventListener('change', () => soon(0));

  /** Tries again in a moment; what is under way counts no more. */
  function soon(pause = PAUSE_MS) {
    stop();
    frame.setAttribute('aria-busy', 'true');
    frame.classList.add('is-old');
    timer = setTimeout(run, pause);
  }

  function stop() {
    clearTimeout(timer);
    running?.abort();
    running = null;
  }

  async function run() {
    const mine = new AbortController();
    running = mine;
    try {
      const { backtest } = await post(
        '/api/alerts/rules/backtest', { rule: named(read()), hours: Number(hours.value) }, TIMEOUT_MS, mine.signal);
      show(report(backtest, use));
    } catch (error) {
      if (mine.signal.aborted) {
        return;
      }
      if (error.status === 409) {
        show(el('p', { class: 'hint' }, 'Waiting for another backtest to end…'));
        timer = setTimeout(run, BUSY_PAUSE_MS);
        return;
      }
      show(el('p', { class: 'hint' }, `No preview yet: ${error.message}`));
    }
  }

  function show(...content) {
    frame.classList.remove('is-old');
    frame.setAttribute('aria-busy', 'false');
    frame.replaceChildren(...content);
  }

  return {
    soon,
    stop,
    begin() {
      show(el('p', { class: 'hint' }, 'Reading the history…'));
      soon(0);
    },
  };
}

/** A rule that is still without a name can be tried. */
const named = (rule) => ({ ...rule, name: rule.name || 'without a name' });

function report(backtest, use) {
  const { count, polls, alerts_per_week: perWeek, longest_s: longest, median_s: median, warnings, suggestion } = backtest;
  if (polls === 0) {
    return el('p', { class: 'hint' }, 'No history in this time yet.');
  }
  return el('div', { class: 'preview-report' },
    el('p', {}, el('strong', {}, count === 1 ? '1 alert' : `${format.number(count)} alerts`),
      ` in ${format.duration(backtest.observed_s)} of history`,
      count > 0 ? `, or ${format.number(perWeek, perWeek < 10 ? 1 : 0)} a week; the longest ${format.duration(longest)}, half of them under ${format.duration(median)}.` : '.'),
    miners(backtest.alerts_by_miner),
    suggestion ? el('p', {}, `At ${suggestion.threshold} ${plain(suggestion.value)}: ${format.number(suggestion.count)} alerts. `,
      button('Use it', () => use(suggestion.threshold, suggestion.value), { 'aria-label': `Use ${suggestion.threshold} ${suggestion.value}` })) : null,
    warnings.map((warning) => el('p', { class: 'caution' }, warning)));
}

const plain = (value) => Number(value.toPrecision(6));

function miners(byMiner) {
  const entries = Object.entries(byMiner).sort(([, a], [, b]) => b - a);
  if (entries.length === 0) {
    return null;
  }
  const rest = entries.length - MAX_MINERS;
  return el('ul', { class: 'plain' }, entries.slice(0, MAX_MINERS).map(([miner, count]) => el('li', {}, `${miner}: ${format.number(count)}`)),
    rest > 0 ? el('li', { class: 'hint' }, `and ${format.number(rest)} more`) : null);
}
