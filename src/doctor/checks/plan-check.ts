import { planOf } from '../../domain/portal/plan.ts';
import { finding, type SetUpFinding } from '../../messages/findings.ts';
import {
  type BucketLimits,
  type LimitSettings,
  limitsOfPlan,
} from '../../portal/budget/budget-limits.ts';

/**
 * @param license the portal's name for its plan; undefined when it is unknown
 * @param set the settings; without them the program follows the plan
 * @returns whether the settings fit the plan
 */
export function checkPlan(
  license: string | undefined,
  set: Pick<LimitSettings, 'requestsPerSecond' | 'burst'>,
): SetUpFinding {
  const isSet = set.requestsPerSecond !== undefined || set.burst !== undefined;
  const { limits, shown } = limitsOfPlan(planOf(license));
  const inUse: BucketLimits = {
    requestsPerSecond: set.requestsPerSecond ?? shown.requestsPerSecond,
    burst: set.burst ?? shown.burst,
  };
  if (license === undefined) return finding('plan_not_known', paramsOf(inUse));
  const plan = { plan: license };
  if (limits === undefined) {
    return finding(isSet ? 'plan_own_server_limited' : 'plan_own_server', plan);
  }
  const params = { ...plan, ...paramsOf(limits) };
  if (!isSet) return finding('plan_followed', params);
  if (inUse.requestsPerSecond > limits.requestsPerSecond || inUse.burst > limits.burst) {
    return finding('plan_allows_less', params);
  }
  const isAll =
    inUse.requestsPerSecond === limits.requestsPerSecond && inUse.burst === limits.burst;
  return finding(isAll ? 'plan_fits' : 'plan_allows_more', params);
}

const paramsOf = ({ requestsPerSecond, burst }: BucketLimits) => ({
  perSecond: String(requestsPerSecond),
  burst,
});
