/** Creates a rule or changes one. */

import { post, put } from './api.js';
import { byId, el, setText } from './dom.js';
import { clearErrors, showError } from './form-errors.js';
import { createRulePreview } from './rule-preview.js';
import { ruleParts } from './rule-types.js';

const NEW_RULE = {
  name: '', description: null, rule_type: 'temp', enabled: true, thresholds: {}, options: {},
  notify_email: false, notify_webhook: false, webhook_url: null,
  channels: [], miner_ip: null, model_filter: null, tags_filter: [],
};

/** The dialog; `refresh` reloads the page after a change. */
export function createRuleDialog(refresh) {
  const dialog = byId('rule-dialog');
  const form = byId('rule-form');
  const errors = byId('rule-form-error');
  const control = (name) => form.querySelector(`[data-field="${CSS.escape(name)}"]`);
  let rule = null;
  let parts = null;

  const preview = createRulePreview({
    read,
    use(threshold, value) {
      control(`thresholds.${threshold}`).value = value;
      preview.soon(0);
    },
  });

  byId('rule-cancel').addEventListener('click', () => dialog.close());
  form.addEventListener('submit', save);
  byId('rule-fields').addEventListener('input', () => preview.soon());
  dialog.addEventListener('close', () => preview.stop());

  async function save(event) {
    event.preventDefault();
    try {
      const body = read();
      await (rule === null ? post('/api/alerts/rules', body) : put(`/api/alerts/rules/${rule.id}`, body));
      dialog.close();
      await refresh();
    } catch (error) {
      showError(form, errors, error);
    }
  }

  function read() {
    const text = (name) => control(name).value.trim() || null;
    const url = text('webhook_url');
    const thresholds = {};
    for (const input of form.querySelectorAll('[data-threshold]')) {
      const value = numeric(input);
      if (value !== null) {
        thresholds[input.dataset.threshold] = value;
      }
    }
    const options = {};
    for (const input of form.querySelectorAll('[data-option]')) {
      const texts = list(input.value);
      if (texts.length > 0) {
        options[input.dataset.option] = texts;
      }
    }
    return {
      name: control('name').value.trim(),
      description: text('description'),
      rule_type: control('rule_type').value,
      severity: control('severity').value,
      enabled: control('enabled').checked,
      thresholds,
      options,
      cooldown_minutes: numeric(control('cooldown_minutes')) ?? parts.defaults.cooldown_minutes,
      notify_email: control('notify_email').checked,
      notify_webhook: control('notify_webhook').checked,
      webhook_url: url,
      webhook_format: url === null ? parts.defaults.webhook_format : control('webhook_format').value,
      channels: list(control('channels').value),
      miner_ip: text('miner_ip'),
      model_filter: text('model_filter'),
      tags_filter: list(control('tags_filter').value),
    };
  }

  function drawThresholds(key, given, givenOptions) {
    const type = parts.types.get(key) ?? { thresholds: [], options: [], one_of: [] };
    const numbers = [...type.thresholds, ...others(type.thresholds, given)];
    const texts = [...type.options, ...others(type.options, givenOptions)];
    const alone = numbers.filter(({ name }) => !type.one_of.includes(name));
    byId('rule-thresholds').replaceChildren(
      ...chosen(numbers.filter(({ name }) => type.one_of.includes(name)), given),
      ...texts.map((option) => field(`options.${option.name}`, option.label, el('input', {
        value: (givenOptions[option.name] ?? []).join(', '), placeholder: option.otherwise, title: option.help, spellcheck: false,
        data: { option: option.name } }), 'whole')),
      ...alone.map((threshold) => field(`thresholds.${threshold.name}`, labelOf(threshold), limit(threshold, given))));
  }

  /** Of thresholds of which a rule has exactly one: which, and its value. */
  function chosen(choices, given) {
    if (choices.length === 0) {
      return [];
    }
    const first = choices.find(({ name }) => given[name] !== undefined) ?? choices[0];
    const value = el('div', { class: 'field' });
    const draw = (threshold) => value.replaceChildren(
      ...field(`thresholds.${threshold.name}`, labelOf(threshold), limit(threshold, given)).childNodes);
    const which = select(choices.map(({ name }) => name), first.name);
    which.addEventListener('change', () => draw(choices.find(({ name }) => name === which.value)));
    draw(first);
    return [field('reading', 'Reading', which), value];
  }

  function draw(shown) {
    const { types, channels } = parts;
    const keys = [...types.keys()];
    if (!keys.includes(shown.rule_type)) {
      keys.push(shown.rule_type);
    }
    const type = select(keys, shown.rule_type, (key) => types.get(key)?.label ?? key);
    type.addEventListener('change', () => {
      const same = type.value === shown.rule_type;
      drawThresholds(type.value, same ? shown.thresholds : {}, same ? shown.options : {});
    });
    byId('rule-fields').replaceChildren(el('div', { class: 'fields' },
      field('name', 'Name', el('input', { value: shown.name, required: true, maxLength: 120 }), 'whole'),
      field('description', 'Description', el('input', { value: shown.description ?? '' }), 'whole'),
      field('rule_type', 'Type', type),
      field('severity', 'Severity', select(parts.severities, shown.severity)),
      el('fieldset', { class: 'field whole' }, el('legend', {}, 'Thresholds (grey: the default)'),
        el('div', { class: 'fields', id: 'rule-thresholds' })),
      field('cooldown_minutes', 'Cooldown (min)', el('input', { type: 'number', step: 'any', min: 0, value: shown.cooldown_minutes })),
      check('enabled', 'Enabled', shown.enabled),
      check('notify_email', 'Notify by e-mail', shown.notify_email),
      check('notify_webhook', 'Notify by webhook', shown.notify_webhook),
      field('webhook_url', 'Webhook address', el('input', {
        type: 'url', value: shown.webhook_url ?? '', autocomplete: 'off', spellcheck: false, placeholder: 'https://…' }), 'whole'),
      field('webhook_format', 'Webhook format', select(parts.formats, shown.webhook_format)),
      field('channels', 'Other channels', el('input', {
        value: shown.channels.join(', '), placeholder: channels.length ? `all, or of: ${channels.join(', ')}` : 'none is set up',
        spellcheck: false }), 'whole'),
      field('miner_ip', 'Only this miner', el('input', { value: shown.miner_ip ?? '', placeholder: 'all' })),
      field('model_filter', 'Only this model', el('input', { value: shown.model_filter ?? '', placeholder: 'all' })),
      field('tags_filter', 'Only these tags', el('input', { value: shown.tags_filter.join(', '), placeholder: 'a, b' }))));
    drawThresholds(shown.rule_type, shown.thresholds, shown.options);
  }

  return {
    /** Opens with a rule, or with null for a new one. */
    async open(opened) {
      parts = await ruleParts();
      rule = opened;
      clearErrors(form, errors);
      setText('rule-title', rule === null ? 'New rule' : `Edit “${rule.name}”`);
      draw(rule ?? { ...NEW_RULE, ...parts.defaults });
      dialog.showModal();
      control('name').focus();
      preview.begin();
    },
  };
}

/** The thresholds or options that a rule has and this page does not know: they must not be lost. */
function others(known, given) {
  const names = known.map(({ name }) => name);
  return Object.keys(given).filter((name) => !names.includes(name))
    .map((name) => ({ name, label: name, unit: '', otherwise: '', help: '' }));
}

function labelOf(threshold) {
  return threshold.unit ? `${threshold.label} (${threshold.unit})` : threshold.label;
}

/** The input of a threshold. */
function limit(threshold, given) {
  return el('input', {
    type: 'number', step: 'any', value: given[threshold.name] ?? '', placeholder: threshold.otherwise, title: threshold.help,
    data: { threshold: threshold.name } });
}

/** What stands between commas. */
function list(text) {
  return text.split(',').map((item) => item.trim()).filter(Boolean);
}

/** A number, null where nothing is filled in; what is not a number is refused at its field. */
function numeric(input) {
  if (input.validity.badInput) {
    throw Object.assign(new Error('This must be a number.'), { field: input.dataset.field });
  }
  return input.value === '' ? null : Number(input.value);
}

function field(name, label, input, width = '') {
  const { id, error } = named(input, name);
  return el('div', { class: `field ${width}` }, el('label', { for: id }, label), input, error);
}

function check(name, label, checked) {
  const input = el('input', { type: 'checkbox', checked });
  const { id, error } = named(input, name);
  return el('div', { class: 'field check' }, input, el('label', { for: id }, label), error);
}

function named(input, name) {
  const id = `rule-${name.replace('.', '-')}`;
  input.id = id;
  input.dataset.field = name;
  input.setAttribute('aria-describedby', `${id}-error`);
  return { id, error: el('p', { class: 'field-error', id: `${id}-error` }) };
}

function select(values, chosen, label = (value) => value) {
  return el('select', {}, values.map((value) => el('option', { value, selected: value === chosen }, label(value))));
}
