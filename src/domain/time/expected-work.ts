import type { Tally } from '../pairs/outcome.ts';
import type { ChunksLeft, WorkLeft } from './work-left.ts';

/** What becomes of the pairs of an import as a whole, as its check knows. */
export interface CheckedWork extends Pick<WorkLeft, 'toInvite' | 'toLookUp' | 'unseenGroups'> {
  pairs: number;
}

/** Without a check, the share of invitations is known after so many pairs, or this share of all. */
const ENOUGH_PAIRS = 1_000;
const ENOUGH_SHARE = 0.05;

/**
 * @param chunks what is pending
 * @param tallies outcomes so far
 * @param checked undefined when the import was not checked, or the webhook may not read what a check needs
 * @returns the work that is left, as the check knows it, else with the share of invitations so far
 */
export function expectedWork(
  chunks: ChunksLeft,
  tallies: readonly Tally[],
  checked: CheckedWork | undefined,
  texts = 0,
): WorkLeft {
  const { invited, lookedUp, settled } = countSettled(tallies);
  const { pairs } = chunks;
  const within = (count: number, most = pairs) => Math.min(most, Math.max(0, count));
  if (checked === undefined) {
    const all = pairs + settled;
    const isEnough = settled >= Math.min(ENOUGH_PAIRS, all * ENOUGH_SHARE);
    const share = (count: number) => (settled === 0 ? 0 : (pairs * count) / settled);
    return {
      toInvite: settled === 0 ? pairs : share(invited),
      toLookUp: share(lookedUp),
      unseenGroups: 0,
      texts: (texts * pairs) / Math.max(1, all),
      basis: isEnough && settled > 0 ? 'outcomes' : 'nothing',
      chunks,
    };
  }
  const left = checked.pairs === 0 ? 0 : within(pairs / checked.pairs, 1);
  const toInvite = within(checked.toInvite - invited);
  return {
    toInvite,
    toLookUp: within(checked.toLookUp * left, pairs - toInvite),
    unseenGroups: checked.unseenGroups * left,
    texts: texts * left,
    basis: 'check',
    chunks,
  };
}

/** Pairs that were sent and have an outcome. */
function countSettled(tallies: readonly Tally[]) {
  let [invited, lookedUp, settled] = [0, 0, 0];
  for (const { outcome, reason, count } of tallies) {
    if (!['invited', 'skipped', 'failed', 'unknown'].includes(outcome)) continue;
    settled += count;
    if (outcome === 'invited') invited += count;
    if (outcome === 'unknown' || (outcome === 'failed' && reason !== 'group_not_found')) {
      lookedUp += count;
    }
  }
  return { invited, lookedUp, settled };
}
