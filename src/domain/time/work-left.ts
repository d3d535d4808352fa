import type { Cost } from './invite-cost.ts';
import {
  type Allowance,
  type Demand,
  expectedMakespan,
  type Makespan,
  type Used,
} from './makespan.ts';

/** What an import still has to do. */
export interface WorkLeft {
  /** Pending pairs that become invitations; the portal leaves the others out. */
  toInvite: number;
  /** Pairs of people that have to be looked up, because their group does not explain why they were left out. */
  toLookUp: number;
  /** Groups that the webhook does not see; a batch can hide that, and then each takes its own request. */
  unseenGroups: number;
  /** Different texts of rows with their own. */
  texts: number;
  /** What the counts rest on: the import's check, or its outcomes so far, if there are enough of them. */
  basis: 'check' | 'outcomes' | 'nothing';
  chunks: ChunksLeft;
}

/** The chunks of an import that hold pending pairs. */
export interface ChunksLeft {
  /** Pending pairs. */
  pairs: number;
  /** Requests that carry them, with at most so many pairs in each as {@link pairsPerRequest} allows. */
  requests: number;
  count: number;
  /** Pending pairs of the largest one; its requests are sent one after the other. */
  largest: number;
  /** Their lowest and highest number. */
  first: number;
  last: number;
}

/** What an import and the others have left at one moment. */
export interface Outlook {
  own: WorkLeft;
  /** Running imports of the same portal, by id. */
  others: ReadonlyMap<number, WorkLeft>;
  used: Used;
  cost: Cost;
  allowance: Allowance;
}

/** Most commands in a request. */
const COMMANDS_PER_REQUEST = 50;
/** Target server time of a request (`budget/pace.lua`). */
const TARGET_SECONDS = 15;
/** Length of a chunk's turn (`send-all.ts`); after each turn, the pairs that were left out are read about. */
const TURN_SECONDS = 2;
/** Requests of at most this server time do not count as operating ("REST API Limits"). */
const FLOOR_SECONDS = 0.1;

/** @returns the most pairs that a request carries, so that it does not run longer than its target */
export function pairsPerRequest({ recentSeconds }: Cost, allowance: Allowance): number {
  const { operatingLimitSeconds, concurrency } = allowance;
  const target = Math.min(TARGET_SECONDS, operatingLimitSeconds / 2 / concurrency);
  return Math.max(1, Math.floor(target / Math.max(recentSeconds, 1e-6) + 1e-9));
}

/** @returns the requests and the server time of the work, with requests packed as the program packs them */
export function demandOf(work: WorkLeft, cost: Cost, allowance: Allowance): Demand {
  const { toInvite, texts, chunks } = work;
  if (chunks.pairs === 0) {
    return { requests: 0, workSeconds: 0, operatingSeconds: 0, lastSeconds: 0 };
  }
  // A command has one text.
  const byTexts = chunks.count * Math.ceil(texts / chunks.count / COMMANDS_PER_REQUEST);
  const requests = Math.max(chunks.requests, byTexts);
  const workSeconds = toInvite * cost.seconds;
  const perRequest = workSeconds / requests;
  const all = requests + countReads(work, requests, perRequest, allowance);
  // A guessed cost may well be longer.
  const counts = cost.isGuess || perRequest > FLOOR_SECONDS;
  const { operatingShare = 1 } = allowance;
  return {
    requests: all,
    workSeconds,
    operatingSeconds: counts ? workSeconds * operatingShare : 0,
    lastSeconds: workSeconds / all,
    sequentialSeconds: (workSeconds * pairsUntilLast(chunks, allowance)) / chunks.pairs,
  };
}

/**
 * A slot works on one chunk at a time, and chunks are begun in their order. The last one has to wait until a slot
 * has done an earlier one; those in progress are at different places.
 *
 * @returns pairs that one slot sends until the last chunk is done, where that may take longer than all the work
 * takes in all slots
 */
function pairsUntilLast({ pairs, count, largest }: ChunksLeft, { concurrency }: Allowance): number {
  const waiting = Math.max(0, count - concurrency);
  if (waiting >= concurrency) return largest;
  const inProgress = Math.max(0, pairs - waiting * largest);
  const firstDone = Math.min(1, (2 * waiting) / (concurrency + 1));
  return largest + (inProgress / concurrency) * firstDone;
}

/** Requests that find out why people were left out, and those for groups that are asked for alone. */
function countReads(
  { toInvite, toLookUp, unseenGroups, chunks }: WorkLeft,
  requests: number,
  requestSeconds: number,
  allowance: Allowance,
): number {
  const { concurrency, burst, requestsPerSecond, latencySeconds = 0 } = allowance;
  const perPlace = requests > burst ? concurrency / requestsPerSecond : 0;
  const seconds = Math.max(requestSeconds + latencySeconds, perPlace);
  const turns = Math.max(chunks.count, requests * Math.min(1, seconds / TURN_SECONDS));
  /** Turns with at least one of so many pairs. */
  const turnsWith = (pairs: number) =>
    turns * (1 - (1 - Math.min(1, pairs / chunks.pairs)) ** (chunks.pairs / turns));
  const declined = turnsWith(chunks.pairs - toInvite);
  return declined + turnsWith(toLookUp) + unseenGroups * (declined / turns);
}

/**
 * Chunks with low numbers go first in all imports, so that imports advance side by side.
 *
 * @param others other imports of the portal, with their demands
 * @returns the demand that is met until the own one is
 */
export function sideBySide(
  own: Demand,
  { last }: Pick<ChunksLeft, 'last'>,
  others: readonly { demand: Demand; chunks: Pick<ChunksLeft, 'first' | 'last'> }[],
): Demand {
  const sum = { ...own };
  for (const { demand, chunks } of others) {
    const before = (last + 1 - chunks.first) / (chunks.last + 1 - chunks.first);
    const share = Math.min(1, Math.max(0, before));
    sum.requests += share * demand.requests;
    sum.workSeconds += share * demand.workSeconds;
    sum.operatingSeconds += share * demand.operatingSeconds;
  }
  return sum;
}

/** @returns the demand that is met until the own work is done, beside that of the other imports */
export function demandWithOthers({ own, others, cost, allowance }: Outlook): Demand {
  const rest = [...others.values()].map((work) => ({
    ...{ demand: demandOf(work, cost, allowance), chunks: work.chunks },
  }));
  return sideBySide(demandOf(own, cost, allowance), own.chunks, rest);
}

/** What the program does not know besides the cost: how much of each window stays unused. */
const MODEL_DEVIATION = 0.003;

/** @returns the time until the own work is done, beside that of the other imports */
export function expectedTime(outlook: Outlook): Makespan {
  const { cost, allowance, used } = outlook;
  const demand = demandWithOthers(outlook);
  const { perRequest, ofMean } = cost.variance;
  const deviation = Math.hypot(
    MODEL_DEVIATION,
    Math.sqrt(ofMean + perRequest / Math.max(1, demand.requests)),
  );
  return expectedMakespan(demand, allowance, used, deviation);
}
