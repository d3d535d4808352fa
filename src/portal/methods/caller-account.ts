import { type UserId, userId } from '../../domain/pairs/ids.ts';
import type { Call } from '../http/batch.ts';
import { isRecord, isTrue, toName, toText } from '../http/json.ts';

/** The user of a webhook. */
export interface Account {
  readonly id: UserId;
  /** Undefined when the answer has none. */
  readonly name: string | undefined;
  /** Undefined when the answer does not say it. */
  readonly isAdmin: boolean | undefined;
}

/** Reads the webhook's user ("Get Basic Information About the Current User Profile"); needs no scope. */
export const ACCOUNT_CALL: Call = { method: 'profile', parameters: {} };

/** @returns undefined when the answer is something else */
export function readAccount(result: unknown): Account | undefined {
  if (!isRecord(result)) return undefined;
  const id = userId(Number(result.ID));
  if (id === undefined) return undefined;
  const name = toName(`${toText(result.NAME)} ${toText(result.LAST_NAME)}`) ?? undefined;
  return { id, name, isAdmin: 'ADMIN' in result ? isTrue(result.ADMIN) : undefined };
}

/** Reads whether the webhook's user is an administrator ("Check Administrator Rights"); needs no scope. */
export const ADMIN_CALL: Call = { method: 'user.admin', parameters: {} };

/** @returns undefined when the answer is something else */
export const readIsAdmin = (result: unknown): boolean | undefined =>
  ['boolean', 'number', 'string'].includes(typeof result) ? isTrue(result) : undefined;

/** Reads the portal's plan ("Show App Information"); needs no scope. */
export const PLAN_CALL: Call = { method: 'app.info', parameters: {} };

/** @returns the portal's name for its plan; undefined when the answer has none */
export function readPlan(result: unknown): string | undefined {
  const plan = isRecord(result) ? toText(result.LICENSE) : '';
  return /^[\w.-]{1,50}$/.test(plan) ? plan : undefined;
}
