import { useEffect, useReducer } from 'react';

/** Timers of browsers go no further. */
const MOST_MS = 2 ** 31 - 1;

/** @returns whether the moment has come, also as soon as it does; false when there is none */
export function useHasOccurred(moment: string | null): boolean {
  const at = moment === null ? Number.POSITIVE_INFINITY : Date.parse(moment);
  const [, check] = useReducer((times: number) => times + 1, 0);
  useEffect(() => {
    const ms = at - Date.now();
    if (ms <= 0 || ms > MOST_MS) return;
    const timer = setTimeout(check, ms);
    return () => clearTimeout(timer);
  }, [at]);
  return Date.now() >= at;
}
