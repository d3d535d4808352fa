import type { ProfileReader } from './profile-reader.ts';

/** How often the age of the profile is checked, in milliseconds. */
const EVERY_MS = 60_000;

/**
 * Reads the profile now, and again whenever it is out of date, until disposed of. The program also starts
 * while the portal is unreachable: the profile is unknown until it answers. A held portal gets no requests
 * but probes.
 *
 * @param isHeld whether the portal is held now
 * @param reportError receives errors of the ledger and of the budget's Redis
 */
export function watchProfile(
  profile: ProfileReader,
  isHeld: () => Promise<boolean>,
  reportError: (error: unknown) => void,
): Disposable {
  const ended = new AbortController();
  const keep = async (): Promise<void> => {
    try {
      if (!(await isHeld())) await profile.get(ended.signal, { withSlot: true });
    } catch (error) {
      if (!ended.signal.aborted) reportError(error);
    }
  };
  const timer = setInterval(keep, EVERY_MS);
  void keep();
  return {
    [Symbol.dispose]() {
      clearInterval(timer);
      ended.abort();
      void profile.close();
    },
  };
}
