import { FAULT_KINDS, type Fault } from './faults.ts';
import { SYSTEM_ERROR_CODES } from './rest/rest-error.ts';
import { BILLING, LIMIT_NAMES, type Limits } from './sandbox-options.ts';
import { OPERATING } from './state/operating-baskets.ts';
import { PERSON_ACTIONS, type PersonAction } from './state/people-actions.ts';
import { ROLES, type Role } from './state/seed.ts';

/** An order to the control plane that cannot be read. */
export class BadOrder extends Error {
  override readonly name = 'BadOrder';
}

/** A relation to be set, or removed when the role is null. */
export interface RelationOrder {
  groupId: number;
  userId: number;
  role: Role | null;
  initiatedBy: 'G' | 'U';
  initiatorId?: number;
  /** Unix seconds. */
  createdAt?: number;
}

/**
 * Reads `[{kind, probability?, times?, method?, seconds?}]`, for `system_error` also
 * `{code, status?, description?}`. @throws BadOrder
 */
export function readFaults(order: unknown): Fault[] {
  return listOf(order).map((entry) => {
    const kind = FAULT_KINDS.find((known) => known === entry.kind);
    if (kind === undefined) throw new BadOrder(`kind: one of ${FAULT_KINDS.join(', ')}`);
    return {
      kind,
      ...(entry.probability !== undefined && { probability: numberOf(entry, 'probability') }),
      ...(entry.times !== undefined && { times: numberOf(entry, 'times') }),
      ...(entry.method !== undefined && { method: textOf(entry, 'method') }),
      ...(entry.seconds !== undefined && { seconds: numberOf(entry, 'seconds') }),
      ...(kind === 'system_error' && readSystemError(entry)),
    };
  });
}

function readSystemError(entry: Record<string, unknown>): Partial<Fault> {
  const code = SYSTEM_ERROR_CODES.find((known) => known === entry.code);
  if (code === undefined) throw new BadOrder(`code: one of ${SYSTEM_ERROR_CODES.join(', ')}`);
  return {
    code,
    ...(entry.status !== undefined && { status: numberOf(entry, 'status') }),
    ...(entry.description !== undefined && { description: textOf(entry, 'description') }),
  };
}

/** Reads `{requests?}`, or no body. @returns undefined for all requests @throws BadOrder */
export function readGate(order: unknown): number | undefined {
  const record = order === undefined ? {} : recordOf(order);
  return record.requests === undefined ? undefined : numberOf(record, 'requests');
}

/** The limits that are no numbers, with their values. */
const CHOICES: Readonly<Record<string, readonly string[]>> = {
  operating: OPERATING,
  billing: BILLING,
};

/** Reads `{name: number | null | choice}`, null standing for Infinity. @throws BadOrder */
export function readLimits(order: unknown): Partial<Limits> {
  const record = recordOf(order);
  const unknownName = Object.keys(record).find((name) => !LIMIT_NAMES.includes(name));
  if (unknownName !== undefined) {
    throw new BadOrder(`${unknownName}: not one of ${LIMIT_NAMES.join(', ')}`);
  }
  return Object.fromEntries(Object.keys(record).map((name) => [name, limitOf(record, name)]));
}

function limitOf(record: Record<string, unknown>, name: string): number | string {
  const choices = CHOICES[name];
  if (choices !== undefined) {
    const choice = choices.find((known) => known === record[name]);
    if (choice === undefined) throw new BadOrder(`${name}: one of ${choices.join(', ')}`);
    return choice;
  }
  return record[name] === null ? Number.POSITIVE_INFINITY : numberOf(record, name);
}

/** Reads `[{groupId, userId, role, initiatedBy?, initiatorId?, createdAt?}]`. @throws BadOrder */
export function readRelations(order: unknown): RelationOrder[] {
  return listOf(order).map((entry) => {
    const role = entry.role === null ? null : ROLES.find((known) => known === entry.role);
    if (role === undefined) throw new BadOrder(`role: null or one of ${ROLES.join(', ')}`);
    return {
      groupId: numberOf(entry, 'groupId'),
      userId: numberOf(entry, 'userId'),
      role,
      initiatedBy: entry.initiatedBy === 'U' ? 'U' : 'G',
      ...(entry.initiatorId !== undefined && { initiatorId: numberOf(entry, 'initiatorId') }),
      ...(entry.createdAt !== undefined && { createdAt: numberOf(entry, 'createdAt') }),
    };
  });
}

/** Reads `[{action, groupId, userId, byUserId?}]`. @throws BadOrder */
export function readActions(order: unknown): PersonAction[] {
  return listOf(order).map((entry) => {
    const action = PERSON_ACTIONS.find((known) => known === entry.action);
    if (action === undefined) throw new BadOrder(`action: one of ${PERSON_ACTIONS.join(', ')}`);
    return {
      action,
      groupId: numberOf(entry, 'groupId'),
      userId: numberOf(entry, 'userId'),
      ...(entry.byUserId !== undefined && { byUserId: numberOf(entry, 'byUserId') }),
    };
  });
}

/** Reads `{code}`. @throws BadOrder */
export function readCode(order: unknown): string {
  const code = textOf(recordOf(order), 'code');
  if (!/^[\w-]+$/.test(code)) throw new BadOrder('code: letters, digits, _ and -');
  return code;
}

function listOf(value: unknown): Record<string, unknown>[] {
  if (!Array.isArray(value)) throw new BadOrder('expected a list');
  return value.map(recordOf);
}

function recordOf(value: unknown): Record<string, unknown> {
  if (typeof value !== 'object' || value === null) throw new BadOrder('expected an object');
  return Object.fromEntries(Object.entries(value));
}

function numberOf(record: Record<string, unknown>, name: string): number {
  const value = record[name];
  if (typeof value !== 'number' || value < 0) throw new BadOrder(`${name}: a number from 0`);
  return value;
}

function textOf(record: Record<string, unknown>, name: string): string {
  const value = record[name];
  if (typeof value !== 'string') throw new BadOrder(`${name}: a text`);
  return value;
}
