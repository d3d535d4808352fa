import { GROUP_PLANS, type GroupPlan } from './seed-groups.ts';
import { peopleNames } from './seed-people.ts';

/** Owner, moderator, member, banned, pending. */
export const ROLES = ['A', 'E', 'K', 'T', 'Z'] as const;
export type Role = (typeof ROLES)[number];

/** A person's relation to a group. */
export interface Relation {
  role: Role;
  /** For a pending relation: `G` the group invited, `U` the user asks to join; else null. */
  initiatedBy: 'G' | 'U' | null;
  /** The user who invited or asks to join. @default the user who asks, else the group's owner */
  initiatorId?: number;
  /** Unix seconds of the portal's clock. @default a day before the portal starts */
  createdAt?: number;
}

export interface SeedUser {
  id: number;
  /** First and last name. */
  name: string;
  email: string;
  /** False for the dismissed; they can be invited nevertheless. */
  active: boolean;
  kind: 'employee' | 'extranet' | 'bot' | 'email' | 'integrator' | 'system';
  /** False when the personal settings refuse the caller's invitations. */
  invitable: boolean;
  /** @default true */
  hasLoggedIn?: boolean;
}

export interface SeedGroup {
  id: number;
  name: string;
  /** Whether the caller can see the group. */
  visible: boolean;
  callerMayInvite: boolean;
  /** @default false */
  archived?: boolean;
  /** @default group */
  type?: 'group' | 'project' | 'scrum' | 'collab';
  /** Whether it is visible in the extranet. @default false */
  extranet?: boolean;
  /** The user who is the scrum master; may not be deleted. @default none */
  scrumMasterId?: number;
  /** By user id. */
  relations: Map<number, Relation>;
}

/** Users and groups of a portal when it starts. */
export interface Seed {
  /** The webhook's user. */
  callerId: number;
  users: SeedUser[];
  groups: SeedGroup[];
}

/** @returns the relation of this role; a pending one is invited by the group by default. */
export function relation(role: Role, initiatedBy: 'G' | 'U' = 'G'): Relation {
  return { role, initiatedBy: role === 'Z' ? initiatedBy : null };
}

const DISMISSED = new Set([41, 88, 135, 217, 266]);
const UNINVITABLE = new Set([64, 151]);
/** Ids that no user has, like those of deleted users. */
const GAPS = new Set([2, 77, 200]);

/**
 * A company of 290 people with everyday names, English and Russian, and sixteen groups with every
 * possible result of an invitation. Always the same.
 */
export function defaultSeed(): Seed {
  const users: SeedUser[] = [];
  let id = 1;
  for (const { name, mailbox } of peopleNames()) {
    while (GAPS.has(id)) id += 1;
    users.push({
      id,
      name,
      email: `${mailbox}@northwind.example`,
      active: !DISMISSED.has(id),
      kind: 'employee',
      invitable: !UNINVITABLE.has(id),
    });
    id += 1;
  }
  users.push(
    { ...outsider(401, 'Onboarding Assistant'), kind: 'bot' },
    { ...outsider(402, 'Guest Writer'), kind: 'email', email: 'guest@partner.example' },
  );
  return { callerId: 1, users, groups: GROUP_PLANS.map(groupOf) };
}

/**
 * A portal for load tests: the caller is user 1 and owns every group, no other user is in any.
 * @param counts how many employees there are besides the caller, with the ids from 2, and how
 * many groups, with the ids from 1
 */
export function plainSeed(counts: { users: number; groups: number }): Seed {
  const users = Array.from({ length: counts.users + 1 }, (_, index) => ({
    ...outsider(index + 1, `Person ${index + 1}`),
    email: `person${index + 1}@northwind.example`,
  }));
  const groups = Array.from({ length: counts.groups }, (_, index) => ({
    id: index + 1,
    name: `Group ${index + 1}`,
    visible: true,
    callerMayInvite: true,
    relations: new Map([[1, relation('A')]]),
  }));
  return { callerId: 1, users, groups };
}

function outsider(id: number, name: string): SeedUser {
  return { id, name, email: '', active: true, kind: 'employee', invitable: true };
}

function groupOf(plan: GroupPlan): SeedGroup {
  const relations = new Map<number, Relation>([[plan.owner, relation('A')]]);
  for (const id of plan.moderators ?? []) relations.set(id, relation('E'));
  for (const id of plan.members ?? []) relations.set(id, relation('K'));
  for (const id of plan.invited ?? []) relations.set(id, relation('Z', 'G'));
  for (const id of plan.asking ?? []) relations.set(id, relation('Z', 'U'));
  for (const id of plan.banned ?? []) relations.set(id, relation('T'));
  return {
    id: plan.id,
    name: plan.name,
    visible: plan.visible ?? true,
    callerMayInvite: plan.callerMayInvite ?? true,
    relations,
  };
}
