import { type LimitSource, listLimits, type Plan } from '../../domain/portal/plan.ts';
import type { LimitsInUse } from '../../portal/budget/budget-limits.ts';
import { missingScopes, USED_SCOPES } from '../../portal/methods/scopes.ts';
import { OPTIONAL_METHODS, type PortalProfile } from '../../portal/profile/portal-profile.ts';

/** What was found out about a portal. */
export interface FoundPortal {
  readonly profile: PortalProfile;
  /** The limits in use. */
  readonly limits: LimitsInUse;
}

/** @returns in one line who the webhook is and what its portal allows */
export const describePortal = (portal: string, { profile, limits }: FoundPortal): string =>
  `Portal ${portal} · ${[caller(profile), plan(profile), bucket(limits), `scopes ${scopes(profile)}`].join(' · ')}`;

/** @returns the same with more detail, in several lines */
export function portalLines({ profile, limits }: FoundPortal): string[] {
  return [
    `Webhook: ${caller(profile)}`,
    `Portal: ${plan(profile)}`,
    `Limits: ${bucket(limits)}; ${operating(limits)}`,
    `Scopes: ${scopes(profile)}`,
    ...OPTIONAL_METHODS.map((name) => `Method ${name}: ${availability(profile.methods[name])}`),
  ];
}

function caller({ callerId, callerName, isAdmin }: PortalProfile): string {
  const who = callerName === undefined ? `user ${callerId}` : `${callerName} (user ${callerId})`;
  if (isAdmin === undefined) return `${who}, perhaps an administrator`;
  return `${who}, ${isAdmin ? 'administrator' : 'not an administrator'}`;
}

const PLAN_NAMES: Readonly<Record<Plan, string>> = {
  enterprise: 'Enterprise plan',
  cloud: 'cloud plan',
  box: 'self-hosted',
  unknown: 'plan unknown',
};

const plan = ({ plan, license }: PortalProfile): string =>
  license === undefined ? PLAN_NAMES[plan] : `${PLAN_NAMES[plan]} (${license})`;

const SOURCES: Readonly<Record<LimitSource, string>> = {
  setting: 'as set',
  plan: 'by the plan',
  answers: 'as the portal’s answers show',
  default: 'usual in the cloud',
};

function bucket({ requestsPerSecond, burst, sources }: LimitsInUse): string {
  const limits = [
    ...(Number.isFinite(requestsPerSecond)
      ? [
          {
            limit: `${requestsPerSecond} requests per second`,
            source: SOURCES[sources.requestsPerSecond],
          },
        ]
      : []),
    ...(Number.isFinite(burst)
      ? [{ limit: `bursts of ${burst}`, source: SOURCES[sources.burst] }]
      : []),
  ];
  return limits.length === 0 ? 'no request limit' : listLimits(limits);
}

function operating(limits: LimitsInUse): string {
  const { operatingLimitSeconds, operatingWindowSeconds, sources } = limits;
  if (!Number.isFinite(operatingLimitSeconds)) return 'no limit of server time';
  const source = SOURCES[sources.operatingLimitSeconds];
  return `${operatingLimitSeconds} of ${operatingWindowSeconds} seconds of server time (${source})`;
}

function scopes({ scopes }: PortalProfile): string {
  if (scopes === undefined) return 'unknown';
  const missing = missingScopes(scopes);
  const lacking = missing.length === 0 ? '' : `; missing: ${missing.join(', ')}`;
  const used = [...scopes].filter((scope) => isUsed(scope));
  return `${used.join(', ') || 'none'}${lacking}`;
}

/** A webhook can have dozens of scopes; those that the program does not use are left out. */
const isUsed = (scope: string): boolean =>
  USED_SCOPES.some((used) => scope === used || scope.startsWith(`${used}_`));

function availability(isAvailable: boolean | undefined): string {
  if (isAvailable === undefined) return 'unknown';
  return isAvailable ? 'available' : 'not available';
}
