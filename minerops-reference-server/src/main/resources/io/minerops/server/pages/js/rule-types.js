/** What the rule editor and the filter of alerts need to know of rules, loaded once. */

import { get } from './api.js';

let loading = null;

/** Every type by its key, in the server's order. */
export async function ruleTypes() {
  return (await load()).types;
}

/** `{types, channels, severities, formats, defaults}`: all that a rule can be made of; channels beside its webhook. */
export function ruleParts() {
  return load();
}

function load() {
  loading ??= get('/api/alerts/rule-types')
    .then(({ rule_types: types, channels, severities, webhook_formats: formats, defaults }) => (
      { types: new Map(types.map((type) => [type.rule_type, type])), channels, severities, formats, defaults }))
    .catch((error) => {
      loading = null;
      throw error;
    });
  return loading;
}
