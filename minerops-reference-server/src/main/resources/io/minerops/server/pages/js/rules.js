/** The list of rules: switching, creating, changing, deleting. */

import { getAll, post, put, remove } from './api.js';
import { badge, button, byId, el, keepingFocus, setText } from './dom.js';
import { act, clearErrors, showError } from './form-errors.js';
import * as format from './format.js';
import { createRuleDialog } from './rule-dialog.js';

/** Takes over the list; `refresh` reloads the page. */
export function createRules(refresh) {
  const body = byId('rule-rows');
  const errors = byId('rule-error');
  const defaults = byId('rule-defaults');
  const dialog = createRuleDialog(refresh);
  const deletion = createDeleteDialog(refresh);

  byId('rule-new').addEventListener('click', () => dialog.open(null));
  defaults.addEventListener('click', () => act(defaults, errors, async () => {
    await post('/api/alerts/rules/init-defaults');
    await refresh();
  }));

  function row(rule, condition, warnings) {
    const cell = (label, ...content) => el('td', { role: 'cell', data: { label } }, ...content);
    return el('tr', { role: 'row' },
      el('th', { scope: 'row', role: 'rowheader' }, rule.name,
        rule.description ? el('p', { class: 'hint' }, rule.description) : null,
        warnings.map((warning) => el('p', { class: 'caution' }, warning))),
      el('td', { role: 'cell', class: 'wide', data: { label: 'Raises when' } }, condition),
      cell('For', scope(rule)),
      cell('Severity', badge(rule.severity)),
      cell('Cooldown', format.duration(rule.cooldown_minutes * 60)),
      cell('Notifies by', channels(rule)),
      cell('Enabled', el('input', {
        type: 'checkbox', role: 'switch', class: 'switch', checked: rule.enabled, 'aria-label': `${rule.name} enabled`,
        data: { focus: `enabled-${rule.id}` }, on: { change: (event) => toggle(rule, event.currentTarget) } })),
      el('td', { role: 'cell', class: 'wide' }, el('div', { class: 'actions' },
        button('Edit', () => dialog.open(rule), { 'aria-label': `Edit ${rule.name}`, data: { focus: `edit-${rule.id}` } }),
        button('Delete', () => deletion.open(rule), {
          class: 'danger', 'aria-label': `Delete ${rule.name}`, data: { focus: `delete-${rule.id}` } }))));
  }

  async function toggle(rule, control) {
    const enabled = control.checked;
    // the switch shows the present state, not the requested one
    control.checked = rule.enabled;
    await act(control, errors, async () => {
      await put(`/api/alerts/rules/${rule.id}`, { enabled });
      control.checked = enabled;
      await refresh();
    });
  }

  return {
    /** Shows the rules and returns them. */
    async load() {
      const { items, pages } = await getAll('/api/alerts/rules', 'rules');
      const warnings = Object.assign({}, ...pages.map((page) => page.warnings));
      const conditions = Object.assign({}, ...pages.map((page) => page.conditions));
      const doubtful = items.filter((rule) => warnings[rule.id]?.length > 0).length;
      setText('rule-warnings', doubtful === 0 ? '' : doubtful === 1 ? '1 rule has a warning' : `${format.number(doubtful)} rules have a warning`);
      defaults.hidden = items.length > 0;
      keepingFocus(body, () => body.replaceChildren(...(items.length
        ? items.map((rule) => row(rule, conditions[rule.id] ?? rule.rule_type, warnings[rule.id] ?? []))
        : [nothing()])));
      return items;
    },
  };
}

function createDeleteDialog(refresh) {
  const dialog = byId('delete-dialog');
  const form = byId('delete-form');
  const errors = byId('delete-error');
  let rule = null;

  byId('delete-cancel').addEventListener('click', () => dialog.close());
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    try {
      await remove(`/api/alerts/rules/${rule.id}`);
      dialog.close();
      await refresh();
    } catch (error) {
      showError(form, errors, error);
    }
  });

  return {
    open(chosen) {
      rule = chosen;
      clearErrors(form, errors);
      setText('delete-subject', `Delete the rule “${rule.name}”?`);
      dialog.showModal();
    },
  };
}

function nothing() {
  return el('tr', { role: 'row' }, el('td', { role: 'cell', class: 'empty', colspan: 8 },
    'There are no rules, so no alert is raised.'));
}

function scope(rule) {
  const parts = [rule.miner_ip, rule.model_filter && `model ${rule.model_filter}`,
    rule.tags_filter.length > 0 && `tags ${rule.tags_filter.join(', ')}`].filter(Boolean);
  return parts.length ? parts.join('; ') : 'all miners';
}

function channels(rule) {
  const names = [rule.notify_email && 'e-mail', rule.notify_webhook && `webhook (${rule.webhook_format})`,
    ...rule.channels].filter(Boolean);
  return names.length ? names.join(', ') : 'no recipient';
}
