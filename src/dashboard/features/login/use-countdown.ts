import { useEffect, useState } from 'react';

const TICK_MS = 500;

/**
 * Counts down to zero.
 *
 * @returns the whole seconds that are left, and a function that starts again with some
 */
export function useCountdown(): [left: number, start: (seconds: number) => void] {
  const [until, setUntil] = useState(0);
  const [now, setNow] = useState(0);
  const isRunning = until > now;
  useEffect(() => {
    if (!isRunning) return undefined;
    const timer = setInterval(() => setNow(performance.now()), TICK_MS);
    return () => clearInterval(timer);
  }, [isRunning]);
  const start = (seconds: number) => {
    const at = performance.now();
    setNow(at);
    setUntil(at + seconds * 1_000);
  };
  return [Math.max(0, Math.ceil((until - now) / 1_000)), start];
}

/** @returns minutes and seconds @example minutesAndSeconds(65) // '1:05' */
export const minutesAndSeconds = (seconds: number): string =>
  `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
