import type { z } from 'zod';
import type { Portal } from '../../../src/server/schemas/portal.ts';
import type { Session } from '../../../src/server/schemas/session.ts';
import { at, PORTAL } from './import-data.ts';

/** @returns an administrator */
export const aSession = (given: Partial<Session> = {}): Session => ({
  ...{ role: 'admin', expiresAt: at(21), version: '0.1.0', portal: PORTAL },
  ...{ maxUploadBytes: 100_000_000, defaultMessage: null, ...given },
});

/** @returns a portal that lets everything through */
export function aPortal(given: Partial<z.infer<typeof Portal>> = {}): z.infer<typeof Portal> {
  const moment = (minute: number) => ({
    ...{ at: at(9, minute), bucket: 5 * minute, operatingSeconds: 20 * minute },
    ...{ inFlight: 2, secondsPerInvite: 0.01, invited: 40 * minute },
  });
  return {
    portal: PORTAL,
    limits: {
      ...{ requestsPerSecond: 2, burst: 50, operatingLimitSeconds: 480 },
      ...{ operatingWindowSeconds: 600, concurrency: 4 },
    },
    ...{ now: moment(4), hold: null, lastErrors: [], history: [1, 2, 3].map(moment) },
    ...given,
  };
}
