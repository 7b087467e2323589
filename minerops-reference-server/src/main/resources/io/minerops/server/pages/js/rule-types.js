/** What a rule of each type can be told, and how it reads as a sentence. */

import { number } from './format.js';

/** Thresholds: `[name, label, unit, default or null]`. */
export const RULE_TYPES = {
  offline: { label: 'offline', thresholds: [['max_age_minutes', 'No sample for', 'min', 10]] },
  temp: {
    label: 'temperature',
    thresholds: [['temp_c', 'Average above', '°C', 80], ['clear_c', 'Clears below', '°C', '95 % of it']],
  },
  hashrate: {
    label: 'hashrate',
    thresholds: [
      ['drop_threshold', 'Below this share of the baseline', '0 to 1', 0.9],
      ['clear_ratio', 'Clears from this share on', '0 to 1', 0.95],
      ['baseline_ths', 'Baseline', 'TH/s', 'nominal or learnt'],
    ],
  },
  fan: { label: 'fan', thresholds: [['min_rpm', 'Slowest below', 'rpm', 2000], ['max_rpm', 'Fastest above', 'rpm', 'no limit']] },
  power: {
    label: 'power',
    thresholds: [
      ['max_power_w', 'Above', 'W', 'no limit'],
      ['min_power_w', 'Below', 'W', 'no limit'],
      ['cap_tolerance', 'Above the power cap, times', 'factor', 1.05],
    ],
  },
};

/** Every type can wait before it raises. */
export const FOR_MINUTES = ['for_minutes', 'Only after', 'min', 0];

const SENTENCES = {
  offline: (value) => [`no sample for more than ${value('max_age_minutes')} min`],
  temp: (value) => [`average temperature above ${value('temp_c')} °C`],
  hashrate: (value) => [`hashrate below ${number(value.raw('drop_threshold') * 100)} % of ${
    value.has('baseline_ths') ? `${value('baseline_ths')} TH/s` : 'the baseline'}`],
  fan: (value) => [
    `slowest fan below ${value('min_rpm')} rpm`,
    value.has('max_rpm') && `fastest fan above ${value('max_rpm')} rpm`,
  ],
  power: (value) => [
    value.has('max_power_w') && `power above ${value('max_power_w')} W`,
    value.has('min_power_w') && `power below ${value('min_power_w')} W`,
    `power above the miner's cap × ${value('cap_tolerance')}`,
  ],
};

/** When a rule raises, in words. */
export function condition(rule) {
  const given = rule.thresholds ?? {};
  const sentence = SENTENCES[rule.rule_type];
  if (!sentence) {
    return Object.entries(given).map(([name, value]) => `${name} ${value}`).join(', ') || rule.rule_type;
  }
  const value = (name) => plain(value.raw(name));
  value.raw = (name) => given[name] ?? RULE_TYPES[rule.rule_type].thresholds.find(([known]) => known === name)[3];
  value.has = (name) => given[name] !== undefined && given[name] !== null;
  const delay = given.for_minutes > 0 ? `, for ${plain(given.for_minutes)} min` : '';
  return sentence(value).filter(Boolean).join(' or ') + delay;
}

const plain = (value) => Number(value).toLocaleString('en-US', { maximumFractionDigits: 3 });
