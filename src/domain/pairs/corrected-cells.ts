import type { RejectReason } from './outcome.ts';

/** A cell of a row that can be corrected. */
export type CorrectedCell = 'group' | 'user';

const GROUP = ['group', 'user'] as const;
const USER = ['user'] as const;

/**
 * The cells to correct, by the reason of a rejected row: with a wrong group, the user can be wrong as well. In rows with
 * another reason, another cell does not help.
 */
export const CORRECTED_CELLS: Readonly<Partial<Record<RejectReason, readonly CorrectedCell[]>>> = {
  ...{ missing_group: GROUP, bad_group_id: GROUP, unknown_group: GROUP, ambiguous_group: GROUP },
  ...{ missing_user: USER, bad_user_id: USER, unknown_email: USER, ambiguous_email: USER },
};

/** @returns the cells to correct in a rejected row; undefined when none would help */
export const correctedCells = (reason: string | null): readonly CorrectedCell[] | undefined =>
  Object.entries(CORRECTED_CELLS).find(([one]) => one === reason)?.[1];
