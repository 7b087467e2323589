import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as format from '../../main/resources/io/minerops/server/pages/js/format.js';

function table(name, show, cases) {
  describe(name, () => {
    for (const [value, expected] of cases) {
      it(`shows ${String(value)} as ${expected}`, () => assert.equal(show(value), expected));
    }
  });
}

table('hashrate', (value) => format.hashrate(value), [
  [null, '–'], [undefined, '–'], [NaN, '–'], [0, '0.00 TH/s'], [0.5, '500 GH/s'], [1.2, '1.20 TH/s'], [13.5, '13.5 TH/s'],
  [110.4, '110 TH/s'], [999.4, '999 TH/s'], [999.9, '1.00 PH/s'], [1_234, '1.23 PH/s'], [2_500_000, '2.50 EH/s'],
]);

table('power', (value) => format.power(value), [
  [null, '–'], [0, '0.00 W'], [18, '18.0 W'], [3_250, '3.25 kW'], [1_200_000, '1.20 MW'],
]);

table('usd', (value) => format.usd(value), [
  [null, '–'], [0, '$0.00'], [-0.001, '$0.00'], [-12.345, '−$12.35'], [1_234.5, '$1,234.50'], [64_250.4, '$64,250'],
]);

table('btc', format.btc, [[null, '–'], [0, '0.00000000 BTC'], [0.000051234, '0.00005123 BTC']]);

table('percent', format.percent, [[null, '–'], [0, '0.0 %'], [-12.34, '−12.3 %']]);

table('efficiency', format.efficiency, [[null, '–'], [29.46, '29.5 J/TH']]);

table('compact', format.compact, [[null, '–'], [126.27e12, '126 T'], [12_345, '12.3 k'], [7, '7.00']]);

table('duration', format.duration, [
  [null, '–'], [-3, '0 s'], [59.9, '59 s'], [60, '1 min'], [3_599, '59 min'], [3_600, '1 h'], [5_400, '1 h 30 min'],
  [86_400, '1 d'], [273_600, '3 d 4 h'],
]);

table('ago', format.ago, [[null, '–'], [0, 'just now'], [30, '30 s ago']]);

table('text', format.text, [[null, '–'], ['', '–'], [0, '0'], ['<b>', '<b>']]);

describe('a reference', () => {
  it('keeps the marks of an axis in one unit', () => {
    assert.equal(format.hashrate(800, 1_200), '0.80 PH/s');
    assert.equal(format.power(0, 3_000), '0.00 kW');
  });
});

describe('joules per TH', () => {
  it('needs both figures and a hashrate', () => {
    assert.equal(format.joulesPerTh(3_000, 100), 30);
    assert.equal(format.joulesPerTh(null, 100), null);
    assert.equal(format.joulesPerTh(3_000, null), null);
    assert.equal(format.joulesPerTh(3_000, 0), null);
  });
});

describe('age', () => {
  const now = Date.parse('2026-01-31T12:00:00Z');
  it('counts from the ISO time', () => assert.equal(format.ageSeconds('2026-01-31T11:58:30Z', now), 90));
  it('is never negative', () => assert.equal(format.ageSeconds('2026-01-31T12:00:05Z', now), 0));
  it('is null without a time', () => assert.equal(format.ageSeconds(null, now), null));
  it('is null for what is no time', () => assert.equal(format.ageSeconds('yesterday', now), null));
});

describe('marks of a time axis', () => {
  const at = (hour, minute) => new Date(2026, 0, 31, hour, minute).getTime();
  it('lie on whole local times and are no more than wanted', () => {
    const { step, marks } = format.axisMarks(at(1, 7), at(9, 3), 8);
    assert.equal(step, 3_600_000);
    assert.deepEqual(marks.map((mark) => format.axisTime(mark, step)),
      ['02:00', '03:00', '04:00', '05:00', '06:00', '07:00', '08:00', '09:00']);
  });
  it('name the day at midnight', () => assert.equal(format.axisTime(at(0, 0), 3_600_000), '31 Jan'));
});
