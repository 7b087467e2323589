/** The types of rules, and the channels and webhook formats of rules: loaded once, for the rule editor and the filter of alerts. */

import { get } from './api.js';

let loading = null;

/** Every type by its key, in the server's order. */
export async function ruleTypes() {
  return (await load()).types;
}

/** The names of the channels that a rule can choose beside its webhook. */
export async function ruleChannels() {
  return (await load()).channels;
}

/** The formats in which a rule can post to its webhook. */
export async function webhookFormats() {
  return (await load()).formats;
}

function load() {
  loading ??= get('/api/alerts/rule-types')
    .then(({ rule_types: types, channels, webhook_formats: formats }) => (
      { types: new Map(types.map((type) => [type.rule_type, type])), channels, formats }))
    .catch((error) => {
      loading = null;
      throw error;
    });
  return loading;
}
