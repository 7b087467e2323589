/** What a rule of each type can be told, and how it reads as a sentence. */

import { number } from './format.js';

/** Readings that a rule may choose: a rise with a number above 0, a fall with one below. */
const READINGS = [['hashrate_ths', 'TH/s'], ['power_w', 'W'], ['avg_temp_c', '°C'], ['max_temp_c', '°C'],
  ['inlet_temp_c', '°C'], ['outlet_temp_c', '°C'], ['avg_fan_rpm', 'rpm']];

const shareThresholds = (most) => [
  ['max_pct', 'Above', '%', most],
  ['clear_pct', 'Clears at', '%', '95 % of it'],
  ['window_minutes', 'within', 'min', 60],
  ['min_shares', 'Of at least', 'shares', 50],
];

/** Thresholds and options: `[name, label, unit, default or null]`; an option is a list of words and has no unit. */
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
  efficiency: {
    label: 'efficiency',
    thresholds: [
      ['max_j_per_th', 'Above', 'J/TH', 'nominal'],
      ['clear_j_per_th', 'Clears at', 'J/TH', '95 % of it'],
      ['tolerance', 'Above the nominal efficiency, times', 'factor', 1.2],
    ],
  },
  hw_errors: { label: 'hardware errors', thresholds: shareThresholds(5) },
  reject_rate: { label: 'rejected shares', thresholds: shareThresholds(2) },
  restart: {
    label: 'restarts',
    thresholds: [['restarts', 'At least', 'restarts', 3], ['window_minutes', 'within', 'min', 60]],
  },
  rate_of_change: {
    label: 'rate of change',
    thresholds: [...READINGS.map(([name, unit]) => [name, `${name} moved by`, unit, '']), ['within_minutes', 'within', 'min', 10]],
  },
  anomaly: {
    label: 'anomaly',
    thresholds: [...READINGS.map(([name]) => [name, `${name} off by`, 'deviations', '']), ['window_minutes', 'Own past', 'min', 60]],
  },
  profit: { label: 'profit', thresholds: [['max_loss_usd_per_day', 'Loses more than', 'USD a day', 0]] },
  board: {
    label: 'hash boards',
    thresholds: [
      ['max_missing_boards', 'More missing than', 'boards', 0],
      ['max_missing_chips_pct', 'More missing than', '% of the chips', 0],
      ['min_boards', 'Should have', 'boards', 'what it says itself'],
    ],
  },
  pool: {
    label: 'pool',
    thresholds: [['min_pools_alive', 'Fewer answer than', 'pools', 1]],
    options: [
      ['allowed_pools', 'Allowed pools (host, * for any characters)', '', 'any pool'],
      ['allowed_workers', 'Allowed workers (* for any characters)', '', 'any worker'],
    ],
  },
  device_fault: {
    label: 'fault of the miner',
    thresholds: [['min_faults', 'Reports at least', 'faults', 1]],
    options: [
      ['codes', 'Codes that count (* for any characters)', '', 'any code'],
      ['ignored_codes', 'Codes that do not count (* for any characters)', '', 'none'],
    ],
  },
  fleet: {
    label: 'fleet',
    thresholds: [
      ['max_offline', 'More offline than', 'miners', 'no limit'],
      ['max_offline_pct', 'More offline than', '% of the miners', 'no limit'],
      ['min_total_ths', 'All together below', 'TH/s', 'no limit'],
      ['max_age_minutes', 'Offline after', 'min', 10],
    ],
  },
};

/** How long the alerts of every type can wait, stay, be taken for one, and be left alone. */
export const TIMES = [
  ['for_minutes', 'Only after', 'min', 0],
  ['keep_firing_minutes', 'Stays until clear for', 'min', 0],
  ['flap_count', 'One flapping alert after', 'alerts', 'never'],
  ['flap_window_minutes', 'within', 'min', 60],
  ['escalate_after_minutes', 'Graver when nobody takes it for', 'min', 'never'],
];

const share = (what) => (value) => [`more than ${value('max_pct')} % ${what} within ${value('window_minutes')} min`];
const chosen = (value) => READINGS.map(([name]) => name).filter((name) => value.has(name));

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
  efficiency: (value) => [value.has('max_j_per_th')
    ? `more than ${value('max_j_per_th')} J/TH`
    : `more than ${value('tolerance')} × the nominal J/TH`],
  hw_errors: share('hardware errors'),
  reject_rate: share('rejected shares'),
  restart: (value) => [`${value('restarts')} restarts within ${value('window_minutes')} min`],
  rate_of_change: (value) => chosen(value).map((name) => `${name} moved by ${value(name)} within ${value('within_minutes')} min`),
  anomaly: (value) => chosen(value).map((name) => `${name} off by ${value(name)} deviations from its past and its peers`),
  profit: (value) => [`a loss of more than ${value('max_loss_usd_per_day')} USD a day`],
  board: (value) => [
    value.raw('max_missing_boards') > 0 ? `more than ${value('max_missing_boards')} hash boards missing` : 'a hash board missing',
    value.raw('max_missing_chips_pct') > 0 ? `more than ${value('max_missing_chips_pct')} % of the chips missing` : 'a chip missing',
  ],
  pool: (value) => [
    value.raw('min_pools_alive') > 1 ? `fewer than ${value('min_pools_alive')} pools answer` : 'no pool answers',
    value.words('allowed_pools') && `a pool other than ${value.words('allowed_pools')}`,
    value.words('allowed_workers') && `a worker other than ${value.words('allowed_workers')}`,
  ],
  device_fault: (value) => [[
    value.raw('min_faults') > 1 ? `the miner reports ${value('min_faults')} faults` : 'the miner reports a fault',
    value.words('codes') && `with code ${value.words('codes')}`,
    value.words('ignored_codes') && `other than ${value.words('ignored_codes')}`,
  ].filter(Boolean).join(' ')],
  fleet: (value) => [
    value.has('max_offline') && `more than ${value('max_offline')} miners offline`,
    value.has('max_offline_pct') && `more than ${value('max_offline_pct')} % of the miners offline`,
    value.has('min_total_ths') && `less than ${value('min_total_ths')} TH/s in total`,
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
  value.words = (name) => (rule.options?.[name] ?? []).join(', ');
  const delay = given.for_minutes > 0 ? `, for ${plain(given.for_minutes)} min` : '';
  return sentence(value).filter(Boolean).join(' or ') + delay;
}

const plain = (value) => Number(value).toLocaleString('en-US', { maximumFractionDigits: 3 });
