import type { z } from 'zod';
import { toResult } from '../../../src/doctor/doctor-report.ts';
import { finding, type SetUpFinding } from '../../../src/messages/findings.ts';
import type { DoctorReport } from '../../../src/server/schemas/doctor-schema.ts';
import type { Portal } from '../../../src/server/schemas/portal-schema.ts';
import type { Session } from '../../../src/server/schemas/session-schema.ts';
import { at, PORTAL } from './import-data.ts';

/** @returns the session of an administrator */
export const aSession = (given: Partial<Session> = {}): Session => ({
  ...{ role: 'admin', expiresAt: at(21), version: '0.1.0', portal: PORTAL },
  ...{ maxUploadBytes: 100_000_000, defaultMessage: null, ...given },
});

/** @returns a portal without a hold */
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
      sources: { requestsPerSecond: 'plan', burst: 'plan', operatingLimitSeconds: 'plan' },
    },
    profile: {
      ...{ callerId: 7, callerName: 'Anna Petrova', isAdmin: true },
      ...{ plan: 'cloud', license: 'ru_basic', clockOffsetSeconds: 0 },
      ...{ scopes: ['sonet_group', 'socialnetwork'], missingScopes: ['user'] },
      methods: [
        { name: 'socialnetwork.api.usertogroup.list', available: true },
        { name: 'socialnetwork.api.usertogroup.cancelInvite', available: false },
      ],
    },
    ...{
      now: moment(4),
      hold: null,
      lastErrors: [],
      holds: [],
      lastHour: [],
      history: [1, 2, 3].map(moment),
    },
    ...given,
  };
}

const FOUND: [Parameters<typeof toResult>[0], SetUpFinding][] = [
  ['node', finding('node_fits', { version: '24.5.0' })],
  ['disk', finding('disk_low', { megabytes: 512 })],
  [
    'redis',
    finding('redis_answers', { name: 'Valkey', version: '8.1.0', address: 'redis://a:6379' }),
  ],
  [
    'webhook',
    {
      ...finding('problem', {
        said: 'The portal cannot be reached.',
        remedy: 'Check the network.',
      }),
      problem: {
        code: 'portal_unusable',
        params: { portal: PORTAL, does: 'unreachable', said: 'ENOTFOUND', remedy: 'check_network' },
      },
    },
  ],
  ['group', finding('not_checked', { needs: 'webhook' })],
];

/** @returns a report with one result per status */
export const aReport = (): DoctorReport => ({
  ...{ version: '0.1.0', node: '24.5.0', platform: 'linux x64', checkedAt: at(9), sound: false },
  results: FOUND.map(([check, found]) => {
    const result = toResult(check, found, (text) => text);
    return { ...result, params: { ...result.params } };
  }),
});
