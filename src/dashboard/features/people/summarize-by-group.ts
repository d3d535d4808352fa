import type { PersonRecord } from '../../../server/schemas/pair-schema.ts';

export interface GroupSummary {
  /** The latest result in the group; a duplicate only where there is nothing else. */
  latest: PersonRecord;
  /** Number of all entries of the group. */
  count: number;
}

/** @param records of one person, the newest import first @returns a summary of each group, in their order */
export function summarizeByGroup(records: readonly PersonRecord[]): GroupSummary[] {
  return [...Map.groupBy(records, ({ group }) => group).values()].flatMap((some) => {
    const latest = some.find(({ outcome }) => outcome !== 'duplicate') ?? some[0];
    return latest === undefined ? [] : [{ latest, count: some.length }];
  });
}
