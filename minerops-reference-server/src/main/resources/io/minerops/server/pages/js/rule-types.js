/** What each type of rule says of itself, and the channels that a rule can name: loaded once, for the rule editor and the filter of alerts. */

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

function load() {
  loading ??= get('/api/alerts/rule-types')
    .then(({ rule_types: types, channels }) => ({ types: new Map(types.map((type) => [type.rule_type, type])), channels }))
    .catch((error) => {
      loading = null;
      throw error;
    });
  return loading;
}
