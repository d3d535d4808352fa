import { useEffect, useReducer } from 'react';

/** Longest delay of a browser timer, in milliseconds. */
const MOST_MS = 2 ** 31 - 1;

/** @returns whether the time has come, updated as soon as it does; false when there is none */
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
