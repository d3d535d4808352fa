import type { GroupId, UserId } from '../domain/ids.ts';
import { type Call, type CallResult, MAX_COMMANDS, sendCalls } from '../portal/batch.ts';
import type { PortalClient } from '../portal/client.ts';
import { isAboutMethod, type PortalFailure, UNREADABLE } from '../portal/failure.ts';
import { type GroupReading, groupCall, readGroup } from '../portal/groups.ts';
import { isGroupNotFound } from '../portal/invite.ts';
import { SCOPE } from '../portal/scopes.ts';
import { orSilent } from '../portal/silence.ts';
import { inSlices } from '../portal/slices.ts';
import { readUsers, USERS_PER_PAGE, usersCall } from '../portal/users.ts';

/** What reading a group brought. */
export type GroupView =
  | { kind: 'read'; group: GroupReading }
  | { kind: 'not_found' }
  /** The webhook may not read groups: no use in asking again. */
  | { kind: 'no_scope' }
  | { kind: 'failed'; failure: PortalFailure };

/** What asking for a person brought. */
export type UserView =
  | { kind: 'exists' }
  | { kind: 'not_found' }
  | { kind: 'no_scope' }
  | { kind: 'failed'; failure: PortalFailure };

/** Reads groups, each once, batched and in their place in the budget. */
export async function viewGroups(
  client: PortalClient,
  groupIds: Iterable<GroupId>,
  signal: AbortSignal,
): Promise<Map<GroupId, GroupView>> {
  const ids = [...new Set(groupIds)];
  const results = await readOnce(client, ids.map(groupCall), signal);
  return new Map(ids.map((id, index) => [id, toGroupView(results[index])]));
}

/** Asks which people exist, each once, batched and in their place in the budget. */
export async function viewUsers(
  client: PortalClient,
  userIds: Iterable<UserId>,
  signal: AbortSignal,
): Promise<Map<UserId, UserView>> {
  const ids = [...new Set(userIds)];
  const pages = inSlices(ids, USERS_PER_PAGE);
  const results = await readOnce(client, pages.map(usersCall), signal);
  const views = pages.flatMap((page, index) =>
    page.map((id): [UserId, UserView] => [id, toUserView(id, results[index])]),
  );
  return new Map(views);
}

/** What came of one call; `refusesAll`: it was not about this call, the portal refuses everything. */
type Reading = CallResult & { refusesAll?: boolean };

/**
 * Waits for no portal that is away, as `readAll` would: whoever is not answered comes back with the
 * next turn of the chunk.
 */
async function readOnce(client: PortalClient, calls: readonly Call[], signal: AbortSignal) {
  const results: Reading[] = [];
  for (const batch of inSlices(calls, MAX_COMMANDS)) {
    const answer = await sendCalls(client, batch, { signal, repeat: 'always', inLane: true });
    if (answer.ok) {
      results.push(...answer.results);
      continue;
    }
    const failure = await orSilent(client, answer.failure, signal);
    const refusesAll = batch.length > 1 || (await deniesEverything(client, failure, signal));
    results.push(...batch.map(() => ({ ok: false as const, failure, refusesAll })));
  }
  return results;
}

/**
 * The same word denies a method to the webhook, or REST to the portal's plan: what every webhook
 * may ask tells which.
 */
async function deniesEverything(
  client: PortalClient,
  { code }: PortalFailure,
  signal: AbortSignal,
): Promise<boolean> {
  if (code.toUpperCase() !== 'ACCESS_DENIED') return false;
  const answer = await client.send(SCOPE, {}, { signal, repeat: 'always', inLane: true });
  return !answer.ok && answer.failure.code !== 'ERROR_METHOD_NOT_FOUND';
}

function toGroupView(result: Reading | undefined): GroupView {
  if (result === undefined) return { kind: 'failed', failure: UNREADABLE };
  if (!result.ok) {
    return isGroupNotFound(result.failure) ? { kind: 'not_found' } : toFailure(result);
  }
  const group = readGroup(result.result);
  return group ? { kind: 'read', group } : { kind: 'failed', failure: UNREADABLE };
}

function toUserView(id: UserId, result: Reading | undefined): UserView {
  if (result === undefined) return { kind: 'failed', failure: UNREADABLE };
  if (!result.ok) return toFailure(result);
  const known = readUsers(result.result);
  if (known === undefined) return { kind: 'failed', failure: UNREADABLE };
  return { kind: known.has(id) ? 'exists' : 'not_found' };
}

const toFailure = ({ failure, refusesAll }: Extract<Reading, { ok: false }>) =>
  isAboutMethod(failure) && !refusesAll
    ? ({ kind: 'no_scope' } as const)
    : ({ kind: 'failed', failure } as const);
