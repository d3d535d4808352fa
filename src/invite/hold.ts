import { recordAudit } from '../ledger/audit.ts';
import {
  putOnHold,
  readHold,
  releaseHold,
  renewHold,
  returnProbe,
  takeProbe,
} from '../ledger/holds.ts';
import { describeFailure, type PortalFailure } from '../portal/failure.ts';
import { remedyFor } from '../portal/remedy.ts';
import { backoffMs } from './backoff.ts';
import type { ChunkResult, Stop, Work } from './work.ts';

/** A hold that is over within so many milliseconds, as after a network's hiccup, is no news. */
const PASSING_MS = 60_000;

/**
 * Gives a chunk its turn unless the portal is held. One at a time gets through then, as the probe,
 * once the pause since the last one is over. A turn that had no leave to send gives the probe to
 * whoever comes first when there may be.
 */
export async function unlessHeld(
  { db, client }: Work,
  turn: () => Promise<ChunkResult>,
): Promise<ChunkResult> {
  const { portal } = client.webhook;
  const hold = await readHold(db, portal);
  if (hold === undefined) return turn();
  const nextAt = Date.now() + client.timeoutMs + backoffMs(hold.probes + 1);
  if (!(await takeProbe(db, portal, nextAt))) {
    const { probeAt } = (await readHold(db, portal)) ?? { probeAt: new Date() };
    return { kind: 'later', at: Math.max(probeAt.getTime(), Date.now() + 250), why: hold.code };
  }
  const result = await turn();
  const probeAt = untouchedUntil(result);
  if (probeAt !== undefined) await returnProbe(db, portal, nextAt, probeAt);
  return result;
}

/** @returns when the next may try what this turn did not; undefined when it may have tried */
function untouchedUntil(result: ChunkResult): number | undefined {
  switch (result.kind) {
    case 'later':
      return result.at;
    case 'settled':
    case 'dropped':
    case 'interrupted':
      return Date.now();
    case 'yielded':
      return undefined;
    default:
      return result satisfies never;
  }
}

/** Holds the portal for an error that concerns it as a whole; no pair fails for it. */
export async function holdPortal(work: Work, failure: PortalFailure): Promise<Stop> {
  const { db, client, log } = work;
  const { portal } = client.webhook;
  const { code, description } = failure;
  const probes = (await readHold(db, portal))?.probes ?? 0;
  const at = Date.now() + backoffMs(probes + 1);
  const remedy = remedyFor(code);
  const isNew = await putOnHold(db, portal, {
    ...{ code, description, remedy, probes: probes + 1, probeAt: at },
    tellAt: Date.now() + PASSING_MS,
  });
  if (isNew) {
    log.warn({ portal, code, remedy }, `portal held: ${describeFailure(failure)}`);
    const detail = describeFailure(failure);
    await recordAudit(db, { importId: null, actor: 'worker', action: 'hold', detail });
  }
  return { kind: 'later', at, why: code };
}

/**
 * Notes that a request got no answer: of a held portal it was a probe that failed.
 *
 * @returns undefined when the portal is not held
 */
export async function stillHeld({ db, client }: Work): Promise<Stop | undefined> {
  const { portal } = client.webhook;
  const hold = await readHold(db, portal);
  if (hold === undefined) return undefined;
  const probes = hold.probes + 1;
  const at = Date.now() + backoffMs(probes);
  await renewHold(db, portal, { probes, probeAt: at });
  return { kind: 'later', at, why: hold.code };
}

/** Notes that the portal answered: whatever held it is over. */
export async function portalAnswered({ db, client, log }: Work): Promise<void> {
  if (!(await releaseHold(db, client.webhook.portal))) return;
  log.info({ portal: client.webhook.portal }, 'portal works again');
  await recordAudit(db, { importId: null, actor: 'worker', action: 'release' });
}
