import { type UserId, userId } from '../../domain/pairs/ids.ts';
import type { Call } from '../http/batch.ts';
import { isRecord, isTrue, toText } from '../http/json.ts';

/** The user of a webhook. */
export interface Account {
  readonly id: UserId;
  readonly isAdmin: boolean;
}

/** Reads the webhook's user ("Get Basic Information About the Current User Profile"); needs no scope. */
export const ACCOUNT_CALL: Call = { method: 'profile', parameters: {} };

/** @returns undefined when the answer is something else */
export function readAccount(result: unknown): Account | undefined {
  if (!isRecord(result) || !('ADMIN' in result)) return undefined;
  const id = userId(Number(result.ID));
  return id === undefined ? undefined : { id, isAdmin: isTrue(result.ADMIN) };
}

/** Reads the portal's plan ("Show App Information"); needs no scope. */
export const PLAN_CALL: Call = { method: 'app.info', parameters: {} };

/** @returns the portal's name for its plan; undefined when the answer has none */
export function readPlan(result: unknown): string | undefined {
  const plan = isRecord(result) ? toText(result.LICENSE) : '';
  return /^[\w.-]{1,50}$/.test(plan) ? plan : undefined;
}
