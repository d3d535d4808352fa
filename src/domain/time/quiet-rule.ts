const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const DAY_MINUTES = 24 * 60;

/** One time of day, on some days of the week, in a time zone. */
export interface QuietRule {
  /** @param at milliseconds since 1970 */
  isQuiet(at: number): boolean;
}

const FORM = 'must look like 20:00-08:00 Europe/Berlin or 00:00-24:00 Sat,Sun Europe/Berlin';

/**
 * The days are those on which the time begins. Only the wall time of a moment is needed, never the moment of a
 * wall time, so that Intl is enough.
 *
 * @returns what is wrong with the text if it is not valid
 */
export function parseQuietRule(text: string): QuietRule | string {
  const match =
    /^(\d\d):(\d\d)-(\d\d):(\d\d)(?:\s+([A-Za-z]{3}(?:[,-][A-Za-z]{3})*))?\s+(\S+)$/.exec(text);
  if (match === null) return FORM;
  const [, fromHour, fromMinute, toHour, toMinute, named, zone = ''] = match;
  const from = minuteOf(fromHour, fromMinute);
  const to = minuteOf(toHour, toMinute);
  if (from === undefined || to === undefined || from === DAY_MINUTES) return FORM;
  if (from === to) return 'begins and ends at the same time; a whole day is 00:00-24:00';
  const days = named === undefined ? new Set(DAYS) : daysOf(named);
  if (days === undefined) return `${FORM}; days are ${DAYS.join(', ')}, or Mon-Fri`;
  const wall = wallClock(zone);
  if (wall === undefined)
    return `names no known time zone: ${zone}; it looks like Europe/Berlin or UTC`;
  return {
    isQuiet(at) {
      const { day, minute } = wall(at);
      if (from < to) return days.has(day) && minute >= from && minute < to;
      return minute >= from ? days.has(day) : minute < to && days.has(dayBefore(day));
    },
  };
}

function minuteOf(hour: string | undefined, minute: string | undefined): number | undefined {
  const all = Number(hour) * 60 + Number(minute);
  return Number(minute) < 60 && all <= DAY_MINUTES ? all : undefined;
}

/** @example daysOf('Mon-Wed,Sun') // Mon, Tue, Wed, Sun */
function daysOf(text: string): ReadonlySet<string> | undefined {
  const days = new Set<string>();
  for (const part of text.split(',')) {
    const [first = -1, last = first, ...more] = part
      .split('-')
      .map((day) => DAYS.indexOf(titled(day)));
    if (first < 0 || last < 0 || more.length > 0) return undefined;
    const count = ((last - first + DAYS.length) % DAYS.length) + 1;
    for (let n = 0; n < count; n++) days.add(DAYS[(first + n) % DAYS.length] ?? '');
  }
  return days;
}

const titled = (day: string): string => day.slice(0, 1).toUpperCase() + day.slice(1).toLowerCase();

const dayBefore = (day: string): string =>
  DAYS[(DAYS.indexOf(day) + DAYS.length - 1) % DAYS.length] ?? '';

/** @returns a function that returns what clocks in the zone show; undefined for an unknown zone */
function wallClock(timeZone: string) {
  let format: Intl.DateTimeFormat;
  try {
    format = new Intl.DateTimeFormat('en-US', {
      ...{ timeZone, hourCycle: 'h23', weekday: 'short' },
      ...{ hour: '2-digit', minute: '2-digit' },
    });
  } catch {
    return undefined;
  }
  return (at: number) => {
    const parts = Object.fromEntries(
      format.formatToParts(at).map(({ type, value }) => [type, value]),
    );
    return { day: parts.weekday ?? '', minute: Number(parts.hour) * 60 + Number(parts.minute) };
  };
}
