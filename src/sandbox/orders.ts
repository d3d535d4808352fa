import { FAULT_KINDS, type Fault } from './faults.ts';
import { LIMIT_NAMES, type Limits } from './sandbox-options.ts';
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

/** Reads `[{kind, probability?, times?, method?, seconds?}]`. @throws BadOrder */
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
    };
  });
}

/** Reads `{requests?}`, or no body. @returns undefined for all requests @throws BadOrder */
export function readGate(order: unknown): number | undefined {
  const record = order === undefined ? {} : recordOf(order);
  return record.requests === undefined ? undefined : numberOf(record, 'requests');
}

/** Reads `{name: number | null}`, null standing for Infinity. @throws BadOrder */
export function readLimits(order: unknown): Partial<Limits> {
  const record = recordOf(order);
  const unknownName = Object.keys(record).find((name) => !LIMIT_NAMES.includes(name));
  if (unknownName !== undefined) {
    throw new BadOrder(`${unknownName}: not one of ${LIMIT_NAMES.join(', ')}`);
  }
  const entries = Object.keys(record).map((name) => [
    name,
    record[name] === null ? Number.POSITIVE_INFINITY : numberOf(record, name),
  ]);
  return Object.fromEntries(entries);
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

/** Reads `{code}`. @throws BadOrder */
export function readCode(order: unknown): string {
  const code = textOf(recordOf(order), 'code');
  if (!/^[\w-]+$/.test(code)) throw new BadOrder('code: letters, digits, _ and -');
  return code;
}

function listOf(value: unknown): Record<string, unknown>[] {
  if (!Array.isArray(value)) throw new BadOrder('a list is expected');
  return value.map(recordOf);
}

function recordOf(value: unknown): Record<string, unknown> {
  if (typeof value !== 'object' || value === null) throw new BadOrder('an object is expected');
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
