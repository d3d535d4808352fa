import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { QuietHours } from '../../../src/domain/time/quiet-hours.ts';

const MINUTE_MS = 60_000;

function parsed(text: string): QuietHours {
  const hours = QuietHours.parse(text);
  if (typeof hours === 'string') throw new Error(hours);
  return hours;
}

describe('invitations may leave again', () => {
  const NIGHT = '20:00-08:00 Europe/Berlin';
  test.each([
    ['at once in the day', NIGHT, '2026-12-07T12:00:00Z', '2026-12-07T12:00:00Z'],
    ['at once at the end of the night', NIGHT, '2026-12-07T07:00:00Z', '2026-12-07T07:00:00Z'],
    ['in the morning', NIGHT, '2026-12-07T19:00:00Z', '2026-12-08T07:00:00Z'],
    ['an hour earlier, clocks go forward', NIGHT, '2026-03-28T19:00:00Z', '2026-03-29T06:00:00Z'],
    ['an hour later, clocks go back', NIGHT, '2026-10-24T18:00:00Z', '2026-10-25T07:00:00Z'],
    [
      'after an end that clocks leave out',
      '20:00-02:30 Europe/Berlin',
      '2026-03-29T00:59:00Z',
      '2026-03-29T01:00:00Z',
    ],
    [
      'between the hours that come twice',
      '20:00-02:30 Europe/Berlin',
      '2026-10-25T00:29:00Z',
      '2026-10-25T00:30:00Z',
    ],
    [
      'after the second of them',
      '20:00-02:30 Europe/Berlin',
      '2026-10-25T01:00:00Z',
      '2026-10-25T01:30:00Z',
    ],
    [
      'on Monday morning',
      `${NIGHT}; 00:00-24:00 Sat-Sun Europe/Berlin`,
      '2026-12-04T19:00:00Z',
      '2026-12-07T07:00:00Z',
    ],
    [
      'at once on another day',
      '12:00-14:00 mon,Wed Europe/Berlin',
      '2026-12-08T12:00:00Z',
      '2026-12-08T12:00:00Z',
    ],
    [
      'after the night that began on Sunday',
      '22:00-06:00 Sun UTC',
      '2026-12-07T01:00:00Z',
      '2026-12-07T06:00:00Z',
    ],
  ])('%s', (_, text, at, expected) => {
    expect(new Date(parsed(text).nextAllowed(Date.parse(at)))).toEqual(new Date(expected));
  });
});

test.each([
  ['20-8 Europe/Berlin', /must look like/],
  ['20:00-08:00', /must look like/],
  ['24:00-08:00 UTC', /must look like/],
  ['20:60-08:00 UTC', /must look like/],
  ['20:00-08:00 Sat,Caturday UTC', /must look like/],
  ['20:00-08:00 Sat,Day UTC', /days are Mon/],
  ['20:00-08:00 Europe/Bärlin', /no known time zone: Europe\/Bärlin/],
  ['20:00-20:00 UTC', /a whole day is 00:00-24:00/],
  ['20:00-08:00 UTC; 08:00-20:00 UTC', /leaves no time/],
])('%s is refused', (text, why) => {
  expect(QuietHours.parse(text)).toMatch(why);
});

const ZONES = ['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu'];
const YEAR = { min: Date.parse('2026-01-01'), max: Date.parse('2027-01-01') };
const anHour = fc.integer({ min: 0, max: 23 });
const someHours = fc
  .tuple(anHour, fc.constantFrom('00', '30'), anHour, fc.constantFrom(...ZONES))
  .filter(([from, minute, to]) => from !== to || minute !== '00')
  .map(([from, minute, to, zone]) => `${pad(from)}:${minute}-${pad(to)}:00 ${zone}`);
const pad = (n: number) => `${n}`.padStart(2, '0');

test('the end is the first moment that is not quiet', () => {
  fc.assert(
    fc.property(someHours, fc.integer(YEAR), (text, at) => {
      const hours = parsed(text);
      const end = hours.nextAllowed(at);
      expect(hours.isQuiet(end)).toBe(false);
      for (let then = at; then < end; then += MINUTE_MS) expect(hours.isQuiet(then)).toBe(true);
    }),
    { numRuns: 50 },
  );
});

test('work rests in quiet hours', () => {
  const hours = parsed('20:00-08:00 Europe/Berlin');
  const at = Date.parse('2026-12-07T18:00:00Z');
  expect(hours.secondsWithRests(at, 1_800)).toBe(1_800);
  expect(hours.secondsWithRests(at, 3_600)).toBe(3_600);
  expect(hours.secondsWithRests(at, 5_400)).toBe(5_400 + 12 * 3_600);
});
