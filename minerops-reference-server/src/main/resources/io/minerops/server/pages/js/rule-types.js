/** What each type of rule says of itself: loaded once, for the rule editor and the filter of alerts. */

import { get } from './api.js';

let loading = null;

/** Every type by its key, in the server's order. */
export function ruleTypes() {
  loading ??= get('/api/alerts/rule-types')
    .then(({ rule_types: types }) => new Map(types.map((type) => [type.rule_type, type])))
    .catch((error) => {
      loading = null;
      throw error;
    });
  return loading;
}
