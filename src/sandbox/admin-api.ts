import type { IncomingMessage, ServerResponse } from 'node:http';
import {
  BadOrder,
  readActions,
  readCode,
  readFaults,
  readGate,
  readLimits,
  readRelations,
} from './orders.ts';
import { readBody } from './rest/request-body.ts';
import { assignLimits } from './sandbox-options.ts';
import { act } from './state/people-actions.ts';
import type { Portal } from './state/sandbox-portal.ts';
import type { KeptGroup } from './state/sandbox-relations.ts';
import { relation } from './state/seed.ts';
import { truthOf } from './truth.ts';

type Order = (portal: Portal, order: unknown) => unknown;

/** Queries and orders of tests in other processes, by method and path. */
const ORDERS: Readonly<Record<string, Order>> = {
  'GET /sandbox/truth': truthOf,
  'GET /sandbox/faults': (portal) => portal.faults.list,
  'POST /sandbox/faults': (portal, order) => {
    portal.faults.set(readFaults(order));
    return portal.faults.list;
  },
  'DELETE /sandbox/faults': (portal) => {
    portal.faults.set([]);
    return portal.faults.list;
  },
  'POST /sandbox/gate/open': (portal, order) => ({ opened: portal.gate.open(readGate(order)) }),
  'GET /sandbox/limits': (portal) => portal.limits,
  'POST /sandbox/limits': (portal, order) => assignLimits(portal.limits, readLimits(order)),
  'POST /sandbox/webhook': (portal, order) => {
    portal.code = readCode(order);
    return { code: portal.code };
  },
  'POST /sandbox/relations': setRelations,
  'POST /sandbox/actions': performActions,
};

/**
 * Serves `/sandbox/…`, which the real portal does not have: JSON in and out, outside of all
 * limits and faults. Infinity is null.
 */
export async function serveControl(
  portal: Portal,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const [path = ''] = (request.url ?? '').split('?', 1);
  const perform = ORDERS[`${request.method} ${path}`];
  try {
    const body = await readBody(request);
    if (perform === undefined) {
      answer(response, 404, { error: `expected one of ${Object.keys(ORDERS).join(', ')}` });
    } else {
      answer(response, 200, perform(portal, body === '' ? undefined : JSON.parse(body)));
    }
  } catch (error) {
    const isBad = error instanceof BadOrder || error instanceof SyntaxError;
    answer(response, isBad ? 400 : 500, { error: String(error) });
  }
}

function setRelations(portal: Portal, order: unknown): { changed: number } {
  const orders = readRelations(order);
  for (const { groupId, userId, role, initiatedBy, ...since } of orders) {
    const group = groupOf(portal, groupId);
    if (role === null) group.relations.delete(userId);
    else portal.relations.set(group, userId, { ...relation(role, initiatedBy), ...since });
  }
  return { changed: orders.length };
}

/** Counts the actions that were possible; the others change nothing. */
function performActions(portal: Portal, order: unknown): { done: number } {
  const actions = readActions(order);
  const done = actions.filter((action) => act(portal, groupOf(portal, action.groupId), action));
  return { done: done.length };
}

function groupOf({ groups }: Portal, groupId: number): KeptGroup {
  const group = groups.get(groupId);
  if (group === undefined) throw new BadOrder(`groupId: there is no group ${groupId}`);
  return group;
}

function answer(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'Content-Type': 'application/json; charset=utf-8' });
  response.end(JSON.stringify(body));
}
