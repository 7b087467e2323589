/** Figures as text. Every function is pure, and an absent value is "–", never zero. */

export const ABSENT = '–';

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const HASHRATE_UNITS = [[1e6, 'EH/s'], [1e3, 'PH/s'], [1, 'TH/s'], [1e-3, 'GH/s']];
const POWER_UNITS = [[1e6, 'MW'], [1e3, 'kW'], [1, 'W']];
const COUNT_UNITS = [[1e12, 'T'], [1e9, 'G'], [1e6, 'M'], [1e3, 'k'], [1, '']];

/** Distances of marks on a time axis, minutes. */
const AXIS_MINUTES = [1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1_440, 2_880, 10_080, 20_160, 43_830, 131_490, 262_980, 525_960, 2_629_800];

const isAbsent = (value) => value === null || value === undefined || !Number.isFinite(Number(value));

/** A number with so many decimals and grouped thousands. */
export function number(value, decimals = 0) {
  if (isAbsent(value)) {
    return ABSENT;
  }
  const text = Number(value).toLocaleString('en-US', {
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  });
  return /^-[0.,]*$/.test(text) ? text.slice(1) : text.replace('-', '−');
}

/** About three significant digits, at most two decimals. */
function short(value) {
  const size = Math.abs(value);
  return number(value, size >= 99.95 ? 0 : size >= 9.995 ? 1 : 2);
}

function unitOf(units, reference) {
  const size = Math.abs(reference);
  if (size === 0) {
    return units.find(([factor]) => factor === 1);
  }
  // 999.95 of a unit would be shown as 1,000: the next unit is the clearer one
  return units.find(([factor]) => size >= factor * 0.9995) ?? units[units.length - 1];
}

function scaled(units, value, reference) {
  if (isAbsent(value)) {
    return ABSENT;
  }
  const [factor, unit] = unitOf(units, isAbsent(reference) ? value : reference);
  return `${short(value / factor)} ${unit}`.trimEnd();
}

/** TH/s as GH/s to EH/s; in the unit that suits the reference, where one is given. */
export const hashrate = (ths, reference) => scaled(HASHRATE_UNITS, ths, reference);

/** W as W to MW; in the unit that suits the reference, where one is given. */
export const power = (watts, reference) => scaled(POWER_UNITS, watts, reference);

/** A large number with k, M, G or T. */
export const compact = (value) => scaled(COUNT_UNITS, value);

export const efficiency = (joulesPerTh) => (isAbsent(joulesPerTh) ? ABSENT : `${number(joulesPerTh, 1)} J/TH`);

export const temperature = (celsius) => (isAbsent(celsius) ? ABSENT : `${number(celsius, 1)} °C`);

export const rpm = (value) => (isAbsent(value) ? ABSENT : `${number(value)} rpm`);

export const percent = (value) => (isAbsent(value) ? ABSENT : `${number(value, 1)} %`);

/** USD with cents; without them from 10,000 on, where decimals are not given. */
export function usd(value, decimals) {
  if (isAbsent(value)) {
    return ABSENT;
  }
  const size = Math.abs(value);
  const text = number(size, decimals ?? (size >= 10_000 ? 0 : 2));
  return (value < 0 && /[1-9]/.test(text) ? '−$' : '$') + text;
}

/** USD of any size: small amounts have four decimals. */
export const smallUsd = (value) => usd(value, isAbsent(value) || value === 0 || Math.abs(value) >= 1 ? undefined : 4);

export const btc = (value) => (isAbsent(value) ? ABSENT : `${number(value, 8)} BTC`);

/** Joules of a TH from watts and TH/s; null where either is unknown or nothing is hashed. */
export function joulesPerTh(watts, ths) {
  return isAbsent(watts) || isAbsent(ths) || Number(ths) <= 0 ? null : watts / ths;
}

/** Seconds in the two largest units, such as "3 d 4 h". */
export function duration(seconds) {
  if (isAbsent(seconds)) {
    return ABSENT;
  }
  const whole = Math.max(0, Math.floor(seconds));
  if (whole < MINUTE) {
    return `${whole} s`;
  }
  if (whole < HOUR) {
    return `${Math.floor(whole / MINUTE)} min`;
  }
  if (whole < DAY) {
    return pair(whole, HOUR, 'h', MINUTE, 'min');
  }
  return pair(whole, DAY, 'd', HOUR, 'h');
}

function pair(whole, large, largeUnit, small, smallUnit) {
  const rest = Math.floor((whole % large) / small);
  const head = `${number(Math.floor(whole / large))} ${largeUnit}`;
  return rest === 0 ? head : `${head} ${rest} ${smallUnit}`;
}

/** How long ago, in seconds. */
export const ago = (seconds) => (isAbsent(seconds) ? ABSENT : seconds < 5 ? 'just now' : `${duration(seconds)} ago`);

/** Seconds from an ISO time to now; null where there is none. */
export function ageSeconds(iso, now = Date.now()) {
  const then = iso ? Date.parse(iso) : NaN;
  return Number.isNaN(then) ? null : Math.max(0, (now - then) / 1000);
}

/** How long ago an ISO time was. */
export const since = (iso, now = Date.now()) => ago(ageSeconds(iso, now));

/** How long until an ISO time; "now" where it has come. */
export function until(iso, now = Date.now()) {
  const seconds = (Date.parse(iso) - now) / 1000;
  return isAbsent(seconds) ? ABSENT : seconds < 1 ? 'now' : `in ${duration(seconds)}`;
}

/** The clock time of a moment, hh:mm:ss, in the reader's zone. */
export const clock = (millis) => new Date(millis).toLocaleTimeString('en-GB');

/** Date and time of an ISO text or of milliseconds, in the reader's zone. */
export function dateTime(moment) {
  const date = new Date(moment ?? NaN);
  return Number.isNaN(date.getTime())
    ? ABSENT
    : `${date.toLocaleDateString('sv-SE')} ${date.toLocaleTimeString('en-GB')}`;
}

/** The label of a time on an axis whose marks are so many milliseconds apart. */
export function axisTime(millis, step) {
  const date = new Date(millis);
  if (step >= 28 * DAY * 1000) {
    return date.toLocaleDateString('en-GB', { month: 'short', year: 'numeric' });
  }
  const midnight = date.getHours() === 0 && date.getMinutes() === 0;
  return step >= DAY * 1000 || midnight
    ? date.toLocaleDateString('en-GB', { day: 'numeric', month: 'short' })
    : date.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });
}

/** Whole local times between two moments, and their distance: at most that many, all in milliseconds. */
export function axisMarks(from, to, most) {
  const minutes = AXIS_MINUTES.find((candidate) => (to - from) / (candidate * 60_000) <= most) ?? AXIS_MINUTES.at(-1);
  const step = minutes * 60_000;
  const offset = new Date(to).getTimezoneOffset() * 60_000;
  const marks = [];
  for (let at = Math.ceil((from - offset) / step) * step + offset; at <= to; at += step) {
    marks.push(at);
  }
  return { step, marks };
}

/** A text or, where there is none, a dash. */
export const text = (value) => (value === null || value === undefined || value === '' ? ABSENT : String(value));
