/** Many alerts at a time. */

import { byId, el, setText } from './dom.js';
import { act } from './form-errors.js';
import { number } from './format.js';

/** Requests under way at a time. */
const AT_ONCE = 4;

/** Takes over the bar above the list. */
export function createBulk({ change, resolve, silence, say, refresh }) {
  const all = byId('bulk-all');
  const errors = byId('alert-error');
  const buttons = ['acknowledge', 'resolve', 'silence'].map((name) => byId(`bulk-${name}`));
  const chosen = new Set();
  let open = [];

  all.addEventListener('change', () => {
    open.forEach((alert) => (all.checked ? chosen.add(alert.id) : chosen.delete(alert.id)));
    for (const box of document.querySelectorAll('[data-choice]')) {
      box.checked = chosen.has(Number(box.dataset.choice));
    }
    showState();
  });
  byId('bulk-acknowledge').addEventListener('click', (event) => act(event.currentTarget, errors, () =>
    run(selected().filter((alert) => alert.status === 'active'), 'acknowledged', change.acknowledge)).then(showState));
  byId('bulk-resolve').addEventListener('click', () => {
    const alerts = selected();
    resolve.open(`Resolve ${counted(alerts.length)}`, 'The note is stored with each alert.', (note) =>
      run(alerts, 'resolved', (alert) => change.resolve(alert, note)));
  });
  byId('bulk-silence').addEventListener('click', () => {
    const alerts = selected();
    const miners = [...new Set(alerts.map((alert) => alert.miner_ip).filter((miner) => miner !== null))];
    const rules = [...new Set(alerts.filter((alert) => alert.miner_ip === null).map((alert) => alert.rule_id))];
    silence([...miners.map((miner) => ({ miner_ip: miner })), ...rules.map((rule) => ({ rule_id: rule }))]);
  });

  const selected = () => open.filter((alert) => chosen.has(alert.id));

  /** Does it to each; what fails for one, such as an alert that has cleared meanwhile, does not stop the others. */
  async function run(alerts, done, action) {
    const failures = [];
    const queue = [...alerts];
    const worker = async () => {
      for (let alert = queue.shift(); alert; alert = queue.shift()) {
        try {
          await action(alert);
          chosen.delete(alert.id);
        } catch (error) {
          failures.push(error.message);
        }
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
    say([`${counted(alerts.length - failures.length)} ${done}.`,
      failures.length > 0 && `${number(failures.length)} could not be: ${failures[0]}.`].filter(Boolean).join(' '));
    await refresh();
  }

  function showState() {
    const count = selected().length;
    setText('bulk-count', count === 0 ? '' : `${number(count)} chosen`);
    buttons.forEach((button) => {
      button.disabled = count === 0;
    });
    all.disabled = open.length === 0;
    all.checked = count > 0 && count === open.length;
    all.indeterminate = count > 0 && count < open.length;
  }

  return {
    /** The open alerts that are shown; a choice is forgotten with the alert. */
    show(alerts) {
      open = alerts;
      const ids = new Set(open.map((alert) => alert.id));
      [...chosen].filter((id) => !ids.has(id)).forEach((id) => chosen.delete(id));
      showState();
    },
    /** The box of an alert; null where it is over. */
    choice(alert) {
      if (!open.includes(alert)) {
        return null;
      }
      return el('input', {
        type: 'checkbox', checked: chosen.has(alert.id), 'aria-label': `Choose ${alert.message}`,
        data: { choice: String(alert.id), focus: `choice-${alert.id}` },
        on: {
          change(event) {
            if (event.currentTarget.checked) {
              chosen.add(alert.id);
            } else {
              chosen.delete(alert.id);
            }
            showState();
          },
        },
      });
    },
  };
}

const counted = (count) => (count === 1 ? '1 alert' : `${number(count)} alerts`);
