import type { Language } from './in-both.ts';
import { localeOf } from './locale.ts';

/** Formats numbers and times for the user, in the browser's time zone. */
export interface Format {
  number(n: number): string;
  /** With at most two significant digits. */
  decimal(n: number): string;
  percent(share: number): string;
  /** The time only for today, else with the date. */
  time(iso: string): string;
  /** The same with seconds, for upcoming times. */
  second(iso: string): string;
  /** Date and time with seconds, for histories. */
  moment(iso: string): string;
  clock(iso: string): string;
  duration(seconds: number): string;
  /** The estimate of a remaining time; null below a minute, where it is not exact. */
  timeLeft(seconds: number): string | null;
}

export function formatIn(language: Language): Format {
  const locale = localeOf(language);
  const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
  const decimal = new Intl.NumberFormat(locale, { maximumSignificantDigits: 2 });
  const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 });
  const clock = new Intl.DateTimeFormat(locale, { timeStyle: 'short' });
  const date = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });
  const second = new Intl.DateTimeFormat(locale, { timeStyle: 'medium' });
  const exact = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'medium' });
  // In Russian the short form fits every sentence, in English the long one reads better.
  const unitDisplay = language === 'ru' ? 'short' : 'long';
  const unit = (name: 'second' | 'minute' | 'hour', n: number) =>
    new Intl.NumberFormat(locale, {
      style: 'unit',
      unit: name,
      unitDisplay,
      maximumFractionDigits: 0,
    })
      .format(n)
      .replaceAll(' ', '\u00a0');
  const duration = (seconds: number): string => {
    if (seconds < 90) return unit('second', Math.max(1, Math.ceil(seconds)));
    const minutes = Math.round(seconds / 60);
    if (minutes < 90) return unit('minute', minutes);
    const rest = minutes % 60;
    const hours = unit('hour', Math.floor(minutes / 60));
    return rest === 0 || minutes > 600 ? hours : `${hours} ${unit('minute', rest)}`;
  };
  return {
    number: (n) => number.format(n),
    decimal: (n) => decimal.format(n),
    percent: (share) => percent.format(share),
    time: (iso) => (isToday(iso) ? clock : date).format(new Date(iso)),
    second: (iso) => (isToday(iso) ? second : exact).format(new Date(iso)),
    moment: (iso) => exact.format(new Date(iso)),
    clock: (iso) => clock.format(new Date(iso)),
    duration,
    timeLeft: (seconds) => (seconds < 60 ? null : duration(seconds)),
  };
}

function isToday(iso: string): boolean {
  return new Date(iso).toDateString() === new Date().toDateString();
}
