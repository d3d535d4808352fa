import type { Tally } from './outcome.ts';

/** Fewer people may each have a reason of their own. */
const FEWEST_LEFT_OUT = 3;

/** The portal has left the person out and gave no reason; with too few scopes, the group cannot be read for one. */
const WITHOUT_REASON: readonly (string | null)[] = ['declined', 'not_explained'];

/**
 * Whether workgroups seem to be switched off on the portal: it then answers every invitation with an empty
 * list ("Invite users to group", published module). No method says so; the outcomes do: no one was invited,
 * and those who could be were left out without a reason.
 */
export function seemsSwitchedOff(
  tallies: readonly Pick<Tally, 'outcome' | 'reason' | 'count'>[],
): boolean {
  const count = (isCounted: (tally: Pick<Tally, 'outcome' | 'reason'>) => boolean) =>
    tallies.filter(isCounted).reduce((sum, tally) => sum + tally.count, 0);
  return (
    count(({ outcome }) => outcome === 'invited') === 0 &&
    count(({ reason }) => WITHOUT_REASON.includes(reason)) >= FEWEST_LEFT_OUT
  );
}
