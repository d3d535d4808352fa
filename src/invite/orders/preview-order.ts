import type { OrderMeans } from '../../domain/imports/order.ts';
import type { Db } from '../../ledger/db/schema.ts';
import { changeImport } from '../../ledger/imports/change-import.ts';
import {
  addPreviewed,
  type InvitedPair,
  type PairPlace,
  type PreviewedPair,
  readInvited,
} from '../../ledger/orders/order-pairs.ts';
import {
  changeOrder,
  findOrder,
  type StoredOrder,
  setMeans,
} from '../../ledger/orders/order-store.ts';
import { readChosen } from '../../ledger/orders/reminded.ts';
import { unusablePortal } from '../../portal/http/portal-problem.ts';
import { failureDetail } from '../failure-detail.ts';
import { countsAsAttempt } from '../failure-policy.ts';
import { ORDERED } from '../operations/operations.ts';
import type { OrderView } from '../operations/ordered-operation.ts';
import type { PipelineContext } from '../pipeline-context.ts';
import { readViews } from './read-views.ts';
import { withReminders } from './with-reminders.ts';

/** Pairs that are read at a time; they become a chunk of the order. */
const PAIRS_PER_CHUNK = 500;

/** What a preview needs. */
export type PreviewContext = Pick<PipelineContext, 'db' | 'client' | 'reading' | 'clock'>;

/**
 * Reads from the portal what an order would do to each invited pair of its import, and stores it. Only reads: the order
 * is carried out when a person confirms the number. Ends early when another preview has replaced it.
 *
 * @param pairsPerChunk read at a time. @default 500
 * @throws Problem when the portal as a whole refuses or cannot be reached
 * @throws the signal's reason when it aborts
 */
export async function previewOrder(
  context: PreviewContext,
  orderId: number,
  signal: AbortSignal,
  pairsPerChunk = PAIRS_PER_CHUNK,
): Promise<void> {
  const { db, client } = context;
  const order = await findOrder(db, orderId);
  if (order?.state !== 'reading') return;
  const operation = ORDERED[order.kind];
  const profile = await client.profile.renew(signal);
  if (client.profile.failure) throw unusablePortal(client.webhook.portal, client.profile.failure);
  const obstacle = operation.obstacleTo?.(profile);
  if (obstacle !== undefined) throw obstacle;
  const means = operation.meansOf(profile);
  await setMeans(db, orderId, means);
  let after: PairPlace | undefined;
  for (let number = 0; ; number++) {
    const invited = await readInvited(db, order.importId, after, pairsPerChunk);
    const pairs = await withReminders(db, order, invited);
    after = pairs.at(-1);
    if (after === undefined) break;
    const viewOf = await readSteadily(context, order, pairs, signal);
    const all = pairs.map((pair) => judged(context, order, means, pair, viewOf(pair)));
    const isWanted = await changeImport(db, order.importId, async (tx) => {
      if ((await findOrder(tx, orderId))?.state !== 'reading') return false;
      await addPreviewed(tx, order, number, await oncePerPerson(tx, order, all), pairs.length);
      return true;
    });
    if (!isWanted) return;
  }
  await changeImport(db, order.importId, (tx) => changeOrder(tx, orderId, ['reading'], 'ready'));
}

/** A person who is invited into several groups is reminded once. */
async function oncePerPerson(
  tx: Db,
  { id, kind }: StoredOrder,
  pairs: readonly PreviewedPair[],
): Promise<readonly PreviewedPair[]> {
  if (kind !== 'remind') return pairs;
  const chosen = await readChosen(
    tx,
    id,
    pairs.map(({ userId }) => userId),
  );
  return pairs.map((pair) => {
    if (pair.verdict !== undefined) return pair;
    if (chosen.has(pair.userId)) return { ...pair, verdict: { result: 'kept', reason: 'once' } };
    chosen.add(pair.userId);
    return pair;
  });
}

/** Reads again when the machine has slept meanwhile. */
async function readSteadily(
  context: PreviewContext,
  { kind }: StoredOrder,
  pairs: readonly InvitedPair[],
  signal: AbortSignal,
): Promise<(pair: InvitedPair) => OrderView> {
  for (;;) {
    const viewOf = await readViews(context, ORDERED[kind], pairs, signal);
    signal.throwIfAborted();
    if (viewOf !== undefined) return viewOf;
  }
}

function judged(
  { client }: PreviewContext,
  { kind }: StoredOrder,
  means: OrderMeans,
  pair: InvitedPair,
  view: OrderView,
): PreviewedPair {
  const found = ORDERED[kind].judge(pair, view, means);
  switch (found.kind) {
    case 'send':
      return pair;
    case 'settled':
      return { ...pair, verdict: found.verdict, details: found.details };
    case 'wait': {
      const { failure } = found;
      // A failure about the portal as a whole says nothing about the pair.
      if (!countsAsAttempt(failure)) throw unusablePortal(client.webhook.portal, failure);
      const verdict = { result: 'refused', reason: 'not_read' } as const;
      return { ...pair, verdict, details: [failureDetail(failure)] };
    }
    default:
      return found satisfies never;
  }
}
