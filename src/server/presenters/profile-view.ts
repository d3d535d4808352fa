import type { LimitsInUse } from '../../portal/budget/budget-limits.ts';
import { missingScopes } from '../../portal/methods/scopes.ts';
import { OPTIONAL_METHODS, type PortalProfile } from '../../portal/profile/portal-profile.ts';
import type { PortalLimits, ProfileView } from '../schemas/portal-schema.ts';

/** @returns the profile as the API shows it */
export function profileView(profile: PortalProfile): ProfileView {
  const { callerId, callerName, isAdmin, plan, license, scopes, methods } = profile;
  return {
    ...{ callerId, callerName: callerName ?? null, isAdmin: isAdmin ?? null },
    ...{ plan, license: license ?? null, scopes: scopes === undefined ? null : [...scopes] },
    missingScopes: scopes === undefined ? [] : missingScopes(scopes),
    methods: OPTIONAL_METHODS.map((name) => ({ name, available: methods[name] ?? null })),
    clockOffsetSeconds: profile.clockOffsetSeconds ?? null,
  };
}

/** @returns the limits as the API shows them */
export const limitsView = (limits: LimitsInUse): PortalLimits => ({
  ...limits,
  requestsPerSecond: finite(limits.requestsPerSecond),
  burst: finite(limits.burst),
  operatingLimitSeconds: finite(limits.operatingLimitSeconds),
});

const finite = (limit: number): number | null => (Number.isFinite(limit) ? limit : null);
