import { finding, type SetUpFinding } from '../../messages/findings.ts';
import type { BucketLimits } from '../../portal/budget/budget-limits.ts';

/** The limits of the plans ("REST API Limits"). */
const ENTERPRISE: BucketLimits = { requestsPerSecond: 5, burst: 250 };
const OTHERS: BucketLimits = { requestsPerSecond: 2, burst: 50 };

/**
 * @param plan the portal's name for its plan; undefined when it is unknown
 * @param set the limits in the settings
 * @returns whether the settings fit the plan
 */
export function checkPlan(
  plan: string | undefined,
  set: BucketLimits,
): SetUpFinding<
  'plan_fits' | 'plan_allows_more' | 'plan_allows_less' | 'plan_own_server' | 'plan_not_known'
> {
  const given = paramsOf(set);
  if (plan === undefined) return finding('plan_not_known', given);
  if (/(^|_)selfhosted/i.test(plan)) return finding('plan_own_server', { plan, ...given });
  const takes = /(^|_)ent/i.test(plan) ? ENTERPRISE : OTHERS;
  const params = { plan, ...paramsOf(takes) };
  if (set.requestsPerSecond > takes.requestsPerSecond || set.burst > takes.burst) {
    return finding('plan_allows_less', params);
  }
  const isAll = set.requestsPerSecond === takes.requestsPerSecond && set.burst === takes.burst;
  return finding(isAll ? 'plan_fits' : 'plan_allows_more', params);
}

const paramsOf = ({ requestsPerSecond, burst }: BucketLimits) => ({
  perSecond: String(requestsPerSecond),
  burst,
});
