import { type UserId, userId } from '../../domain/pairs/ids.ts';
import type { Call } from '../http/batch.ts';
import { isRecord, isTrue, toText } from '../http/json.ts';

/** Whose webhook it is. */
export interface Account {
  readonly id: UserId;
  readonly isAdmin: boolean;
}

/** Asks whose webhook it is ("Get Basic Information About the Current User Profile"); needs no scope. */
export const ACCOUNT_CALL: Call = { method: 'profile', parameters: {} };

/** @returns undefined when the answer is something else */
export function readAccount(result: unknown): Account | undefined {
  if (!isRecord(result) || !('ADMIN' in result)) return undefined;
  const id = userId(Number(result.ID));
  return id === undefined ? undefined : { id, isAdmin: isTrue(result.ADMIN) };
}

/** Asks for the portal's plan ("Show App Information"); needs no scope. */
export const PLAN_CALL: Call = { method: 'app.info', parameters: {} };

/** @returns the plan as the portal calls it; undefined when it does not tell */
export function readPlan(result: unknown): string | undefined {
  const plan = isRecord(result) ? toText(result.LICENSE) : '';
  return /^[\w.-]{1,50}$/.test(plan) ? plan : undefined;
}
