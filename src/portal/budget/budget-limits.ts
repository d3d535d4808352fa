import type { LimitSource, Plan } from '../../domain/portal/plan.ts';

/** The portal's leaky bucket ("REST API Limits"). */
export interface BucketLimits {
  requestsPerSecond: number;
  burst: number;
}

/** The limits that depend on the portal's plan. */
export interface PlanLimits extends BucketLimits {
  /** Server seconds that a method may use within the window. */
  operatingLimitSeconds: number;
}

/** The limits that the settings give; without a setting, the portal's plan decides. */
export interface LimitSettings {
  readonly requestsPerSecond?: number | undefined;
  readonly burst?: number | undefined;
  readonly operatingLimitSeconds?: number | undefined;
  readonly operatingWindowSeconds: number;
  /** Requests in flight at once, all workers together. */
  readonly concurrency: number;
}

/** The limits in use ("REST API Limits"). Infinity: the portal has no such limit. */
export interface BudgetLimits extends PlanLimits {
  operatingWindowSeconds: number;
  concurrency: number;
}

/** The limits in use, with the source of each that depends on the plan. */
export interface LimitsInUse extends BudgetLimits {
  sources: Readonly<Record<keyof PlanLimits, LimitSource>>;
}

/** A cloud portal's, and those of a portal whose plan is not known. */
const CLOUD: PlanLimits = { requestsPerSecond: 2, burst: 50, operatingLimitSeconds: 480 };
const ENTERPRISE: PlanLimits = { ...CLOUD, requestsPerSecond: 5, burst: 250 };
/** A self-hosted portal has limits only where its administrator switched them on; 420 is that default. */
const BOX_WITH_LIMITS: PlanLimits = { ...CLOUD, operatingLimitSeconds: 420 };

/** A plan's limits; undefined: none unless the portal's answers show one, which is then `shown`. */
export interface LimitsOfPlan {
  limits: PlanLimits | undefined;
  shown: PlanLimits;
}

/** @returns what a plan allows ("REST API Limits") */
export function limitsOfPlan(plan: Plan): LimitsOfPlan {
  switch (plan) {
    case 'enterprise':
      return { limits: ENTERPRISE, shown: ENTERPRISE };
    case 'cloud':
    case 'unknown':
      return { limits: CLOUD, shown: CLOUD };
    case 'box':
      return { limits: undefined, shown: BOX_WITH_LIMITS };
    default:
      return plan satisfies never;
  }
}

/** @returns the limits in use while nothing is known of the portal */
export function limitsWithoutPlan(settings: LimitSettings): LimitsInUse {
  const { requestsPerSecond, burst, operatingLimitSeconds } = settings;
  const { operatingWindowSeconds, concurrency } = settings;
  const source = (limit: number | undefined) => (limit === undefined ? 'default' : 'setting');
  return {
    requestsPerSecond: requestsPerSecond ?? CLOUD.requestsPerSecond,
    burst: burst ?? CLOUD.burst,
    operatingLimitSeconds: operatingLimitSeconds ?? CLOUD.operatingLimitSeconds,
    ...{ operatingWindowSeconds, concurrency },
    sources: {
      requestsPerSecond: source(requestsPerSecond),
      burst: source(burst),
      operatingLimitSeconds: source(operatingLimitSeconds),
    },
  };
}

/** @returns the limits in the form that the script takes */
export function limitsForScript(settings: LimitSettings): string {
  return JSON.stringify({
    set: planLimitsForScript(settings),
    default: planLimitsForScript(CLOUD),
    window: settings.operatingWindowSeconds * 1_000,
    slots: settings.concurrency,
  });
}

/** @returns what a plan allows, in the form that the script takes */
export function planForScript(plan: Plan): object {
  const { limits, shown } = limitsOfPlan(plan);
  return {
    name: plan,
    limits: planLimitsForScript(limits ?? {}),
    shown: planLimitsForScript(shown),
  };
}

const planLimitsForScript = (limits: Partial<Record<keyof PlanLimits, number | undefined>>) => ({
  rate: limits.requestsPerSecond,
  burst: limits.burst,
  operating: limits.operatingLimitSeconds,
});
