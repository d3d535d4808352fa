import { seemsSwitchedOff } from '../../domain/pairs/groups-switched-off.ts';
import type { Tally } from '../../domain/pairs/outcome.ts';

/** What probably explains that no one was invited; none where someone was. */
export const switchedOffHint = (tallies: readonly Tally[]): string[] =>
  seemsSwitchedOff(tallies)
    ? [
        'No one was invited, and the portal gives no reason: workgroups may be switched off there. Check the tools in the portal’s settings, then retry.',
      ]
    : [];
