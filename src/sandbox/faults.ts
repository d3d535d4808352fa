import type { SystemErrorCode } from './rest/rest-error.ts';

/** What can go wrong with a request. */
export const FAULT_KINDS = [
  /** Nothing executed, the connection is destroyed. */
  'drop_before',
  /** Executed, then the connection is destroyed. */
  'drop_after',
  /** Nothing executed, a gateway's page. */
  'html_502',
  /** Nothing executed, a gateway's page. */
  'html_503',
  /** Executed, but answered with a gateway's page. */
  'html_504',
  /** Executed, the answer breaks off in the middle of its body. */
  'cut_answer',
  /** Nothing executed, INTERNAL_SERVER_ERROR. */
  'error_500',
  /** Executed, but answered with INTERNAL_SERVER_ERROR. */
  'error_500_after',
  /** Nothing executed, QUERY_LIMIT_EXCEEDED. */
  'rate_limit',
  /** OPERATION_TIME_LIMIT for the call, in a batch for each command of the method. */
  'operating_limit',
  /** Nothing executed, ERROR_CORE for the call, in a batch for each command of the method. */
  'refuse',
  /** Nothing executed, the system error `code`. */
  'system_error',
  /** Adds server seconds before anything is executed. */
  'slow',
  /** Waits until the gate is opened, before anything is executed; costs no server seconds. */
  'gate',
  /** An invitation waits between the check of its relation and its entry, until the gate is opened. */
  'gate_invite',
  /** Executed; the answer waits until the gate is opened. */
  'gate_answer',
  /** Nothing executed, NO_AUTH_FOUND as for a revoked webhook. */
  'auth',
  /** Nothing executed, OVERLOAD_LIMIT. */
  'overload',
  /** Nothing executed, redirected to another host, with the code, as by a renamed portal. */
  'moved',
  /** One command of a batch is not executed and fails with ERROR_UNEXPECTED_ANSWER. */
  'command_error',
] as const;

export type FaultKind = (typeof FAULT_KINDS)[number];

/** The faults that end by themselves and, one after the other, use up no pair's attempts. */
export const PASSING_FAULTS: readonly FaultKind[] = FAULT_KINDS.filter(
  (kind) => !kind.startsWith('gate') && kind !== 'refuse' && kind !== 'system_error',
);

/** A fault that a test injects. */
export interface Fault {
  kind: FaultKind;
  /** Probability that it strikes a request that it fits, 0..1. @default 1 */
  probability?: number;
  /** How often it still strikes. @default no limit */
  times?: number;
  /** Only requests that call this method, alone or in a batch. @default all */
  method?: string;
  /** For `slow`: the server seconds to add. @default 1 */
  seconds?: number;
  /** For `system_error`: what the API answers. */
  code?: SystemErrorCode;
  /** For `system_error`: the HTTP status. @default the status that portals serve */
  status?: number;
  /** For `system_error`: the text. @default the text of the documentation */
  description?: string;
}

/** The faults that strike one request. */
export interface Misfortune {
  /** Extra server seconds. */
  readonly slowSeconds: number;
  /** Whether it waits at the gate before it is executed. */
  readonly gate: boolean;
  /** Whether its invitations wait at the gate before they are entered. */
  readonly gateInvite: boolean;
  /** Whether its answer waits at the gate. */
  readonly gateAnswer: boolean;
  /** The first fault that strikes, except those that only delay. */
  readonly fault?: Fault;
  /** For `command_error`: which of the batch's commands. */
  readonly command?: number;
}

/** What decides which faults fit a request. */
export interface Target {
  readonly isBatch: boolean;
  /** The method, or the methods of the batch's commands in their order. */
  readonly methods: readonly string[];
}

/** @returns whether the fault is about calls of this method. */
export function concerns(fault: Fault, method: string): boolean {
  return fault.method === undefined || fault.method === 'batch' || fault.method === method;
}
