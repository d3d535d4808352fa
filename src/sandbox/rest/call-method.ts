import { concerns, type FaultKind, type Misfortune } from '../faults.ts';
import type { Outcome } from '../methods/method.ts';
import { isGranted, methodOf } from '../methods/registry.ts';
import { countOne } from '../state/counters.ts';
import type { RequestUse } from '../state/operating-baskets.ts';
import type { Portal } from '../state/sandbox-portal.ts';
import type { ServerWork } from '../state/server-work.ts';
import { type PhpArray, phpInt, phpRecord } from './php-array.ts';
import { type RestError, systemError } from './rest-error.ts';
import { timeBlock } from './time-block.ts';

/** One HTTP request in progress. */
export interface Hit {
  readonly portal: Portal;
  readonly work: ServerWork;
  /** The server seconds that it has used so far. */
  readonly use: RequestUse;
  /** The faults that a test injected. */
  readonly misfortune: Misfortune;
  /** Error of an invitation that was declined in this request, until another error reports it. */
  declined?: RestError | undefined;
}

/** Whether a command's time is billed to its method. */
const isInnerBilled = ({ portal: { limits } }: Hit): boolean =>
  limits.billing === 'inner' || limits.billing === 'both';

/**
 * Calls one method, as the whole request or as a command of a batch: scope, operating limit,
 * the method itself, its server time.
 * @param place whether it is the whole request
 * @returns the answer `{result, next?, total?, time}`
 * @throws RestError for what the API answers with an error, RequestCut
 */
export async function callMethod(
  hit: Hit,
  name: string,
  parameters: PhpArray,
  place: 'request' | 'command',
): Promise<PhpArray> {
  const { portal, work, use } = hit;
  const method = methodOf(portal, name);
  if (method === undefined) throw systemError('ERROR_METHOD_NOT_FOUND');
  if (!isGranted(portal, method)) throw systemError('insufficient_scope');
  const startedAt = portal.now();
  if (isBlocked(hit, name, startedAt)) {
    portal.counters.operatingErrors += 1;
    throw systemError('OPERATION_TIME_LIMIT');
  }
  countOne(portal.counters.calls, name);
  if (isStruckBy('refuse', hit, name)) throw systemError('ERROR_CORE');
  const before = work.seconds;
  const start = phpInt(parameters.get('start'));
  const fields = new Map(parameters);
  fields.delete('start');
  let outcome: Outcome;
  try {
    if (method.reads) await work.spend(portal.limits.readSeconds);
    const { misfortune } = hit;
    const decline = (error: RestError) => {
      hit.declined = error;
    };
    outcome = await method.run({ portal, work, fields, start, misfortune, decline });
  } finally {
    if (place === 'request' || isInnerBilled(hit)) use.add(name, startedAt, work.seconds - before);
  }
  const isElsewhere = place === 'command' && portal.limits.billing === 'outer_everywhere';
  const time = timeBlock(hit, isElsewhere ? 'batch' : name, startedAt, work.seconds - before);
  return phpRecord({ ...outcome, ...time });
}

const isBlocked = (hit: Hit, name: string, now: number): boolean =>
  isStruckBy('operating_limit', hit, name) || !hit.portal.operating.allows(name, hit.use, now);

function isStruckBy(kind: FaultKind, { misfortune: { fault } }: Hit, name: string): boolean {
  return fault?.kind === kind && concerns(fault, name);
}
