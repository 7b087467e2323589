/** Silences: list, create, end. */

import { getAll, post, remove } from './api.js';
import { badge, button, byId, el, keepingFocus, setText } from './dom.js';
import { act, clearErrors, showError } from './form-errors.js';
import * as format from './format.js';

const FIELDS = ['miner_ip', 'tag', 'model_filter', 'rule_id', 'comment'];
const STATES = { active: ['info', 'active'], to_come: ['pending', 'to come'], over: ['none', 'over'] };
const DEFAULT_MINUTES = 60;

/** Takes over the list; `refresh` reloads the page. */
export function createSilences(refresh) {
  const body = byId('silence-rows');
  const errors = byId('silence-error');
  const dialog = createDialog(refresh);
  let rules = [];

  byId('silence-new').addEventListener('click', () => dialog.open({}, rules));

  function row(silence) {
    const cell = (label, ...content) => el('td', { role: 'cell', data: { label } }, ...content);
    return el('tr', { role: 'row' },
      el('th', { scope: 'row', role: 'rowheader' }, covered(silence, rules)),
      cell('State', badge(...(STATES[silence.state] ?? [silence.state]))),
      cell('From', format.dateTime(silence.starts_at)),
      cell('Until', format.dateTime(silence.ends_at)),
      cell('By', format.text(silence.author)),
      el('td', { role: 'cell', class: 'wide', data: { label: 'Why' } }, format.text(silence.comment)),
      el('td', { role: 'cell', class: 'wide' }, button(silence.state === 'over' ? 'Delete' : 'End',
        (event) => act(event.currentTarget, errors, () => end(silence)), {
          'aria-label': `End the silence of ${covered(silence, rules)}`, data: { focus: `silence-${silence.id}` } })));
  }

  async function end(silence) {
    await remove(`/api/alerts/silences/${silence.id}`);
    await refresh();
  }

  return {
    /** Shows the silences; `listed` is a promise of the rules, which they name. */
    async load(listed) {
      const { items } = await getAll('/api/alerts/silences', 'silences');
      rules = await listed;
      keepingFocus(body, () => body.replaceChildren(...(items.length ? items.map(row) : [nothing()])));
    },
    /** Opens the form for a silence of a miner, or of each of a list, for the same time. */
    open: (given) => dialog.open(given, rules),
  };
}

function createDialog(refresh) {
  const dialog = byId('silence-dialog');
  const form = byId('silence-form');
  const errors = byId('silence-form-error');
  const control = (name) => form.elements[name];
  /** What is silenced one by one; null if the form gives it. */
  let scopes = null;

  byId('silence-cancel').addEventListener('click', () => dialog.close());
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    try {
      for (const scope of scopes ?? [{}]) {
        await post('/api/alerts/silences', { ...read(), ...scope });
      }
      dialog.close();
      await refresh();
    } catch (error) {
      showError(form, errors, error);
    }
  });

  function read() {
    const body = { duration_minutes: control('duration_minutes').value === '' ? null : Number(control('duration_minutes').value) };
    for (const name of FIELDS) {
      const value = control(name).value.trim();
      if (value !== '') {
        body[name] = name === 'rule_id' ? Number(value) : value;
      }
    }
    const author = byId('user-name').value.trim();
    return author === '' ? body : { ...body, author };
  }

  return {
    open(given, rules) {
      clearErrors(form, errors);
      control('rule_id').replaceChildren(el('option', { value: '' }, 'any rule'),
        ...rules.map((rule) => el('option', { value: rule.id }, rule.name)));
      scopes = Array.isArray(given) ? given : null;
      for (const name of FIELDS) {
        control(name).value = given[name] ?? '';
      }
      form.querySelectorAll('[data-scope]').forEach((field) => {
        field.hidden = scopes !== null;
      });
      byId('silence-chosen').hidden = scopes === null;
      setText('silence-chosen', scopes === null ? '' : scopes.map((scope) => covered(scope, rules)).join(', '));
      control('duration_minutes').value = DEFAULT_MINUTES;
      setText('silence-title', scopes ? `Silence ${scopes.length} at once` : given.miner_ip ? `Silence ${given.miner_ip}` : 'New silence');
      dialog.showModal();
      control('duration_minutes').focus();
    },
  };
}

function covered(silence, rules) {
  const rule = rules.find((known) => known.id === silence.rule_id);
  return [silence.miner_ip, silence.tag && `tag ${silence.tag}`, silence.model_filter && `model ${silence.model_filter}`,
    silence.rule_id && `rule ${rule?.name ?? silence.rule_id}`].filter(Boolean).join('; ');
}

function nothing() {
  return el('tr', { role: 'row' }, el('td', { role: 'cell', class: 'empty', colspan: 7 },
    'No silences.'));
}
