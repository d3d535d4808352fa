import { countByOutcome, isRetryable } from '../../../src/domain/pairs/outcome.ts';
import { explain } from '../../../src/messages/explain.ts';
import { remedyCodeOf, remedyFor } from '../../../src/portal/http/remedy.ts';
import type { Format } from '../../../src/server/schemas/format-schema.ts';
import type { HoldView, Import, Tally } from '../../../src/server/schemas/import-schema.ts';

/** Host of the portal in the data of the fake API. */
export const PORTAL = 'northwind.bitrix24.example';

/** @returns a time on the day of all data of the fake API */
export const at = (hour: number, minute = 0, second = 0): string =>
  new Date(Date.UTC(2026, 10, 24, hour, minute, second)).toISOString();

/** @returns a count of one outcome and reason, with the server's description */
export const tally = (outcome: Tally['outcome'], reason: string | null, count: number): Tally => ({
  ...{ outcome, reason, count, ...explain(outcome, reason) },
  retryable: isRetryable(reason),
});

/** @returns an import that is ready to start; its counts are computed from its tallies */
export function anImport({
  tallies = [tally('pending', null, 3)],
  ...given
}: Partial<Import> = {}) {
  const outcomes = countByOutcome(tallies);
  const pairs = tallies.reduce((sum, { count }) => sum + count, 0);
  const known: Import = {
    ...{ id: 1, fileName: 'people.csv', portal: PORTAL, message: null, state: 'ready' },
    ...{ rows: pairs, rejectedRows: outcomes.rejected, pairs, outcomes, tallies },
    ...{ inFlight: 0, leftOut: 0, perMinute: 0, etaSeconds: null, hold: null },
    ...{ waitingUntil: null, waitingFor: null, waitingGroups: null },
    ...{ format: aFormat(), progress: null, problem: null, who: 'admin' },
    ...{
      createdAt: at(9),
      startedAt: null,
      finishedAt: null,
      workedSeconds: null,
      ...{ lastRetry: null, trial: null, startedBy: null, archivedAt: null },
    },
  };
  return { ...known, ...given };
}

/** @returns a finished import with all pairs invited */
export const aFinished = (given: Partial<Import> = {}): Import =>
  anImport({
    ...{ state: 'finished', tallies: [tally('invited', 'returned', 3)] },
    ...{ startedAt: at(9, 1), finishedAt: at(9, 4), workedSeconds: 180, ...given },
  });

/** @returns a running import */
export const aRunning = (given: Partial<Import> = {}): Import =>
  anImport({
    ...{ state: 'running', startedAt: at(9, 1), perMinute: 120, etaSeconds: 90, ...given },
  });

/** @returns a held import */
export const aHeld = (given: Partial<Import> = {}): Import => {
  const hold = given.hold ?? aHold();
  return aRunning({
    ...{ state: 'held', perMinute: 0, etaSeconds: null, hold },
    ...{ waitingFor: 'hold', waitingUntil: hold.nextTryAt, ...given },
  });
};

/** @returns a hold with the next probe in an hour */
export function aHold({ code = 'OVERLOAD_LIMIT', ...given }: Partial<HoldView> = {}): HoldView {
  const error = { code, description: 'REST API is blocked due to overload.' };
  const nextTryAt = new Date(Date.now() + 3_600_000).toISOString();
  return {
    ...{ ...error, remedy: remedyFor(error), remedyCode: remedyCodeOf(error) },
    ...{ since: at(9, 2), nextTryAt, isTried: false, tries: 2, ...given },
  };
}

/** @returns the format of a file with the columns group_id and user_id */
export const aFormat = (given: Partial<Format> = {}): Format => ({
  ...{ encoding: 'utf-8', encodingBy: 'content', delimiter: ',', delimiterBy: 'content' },
  ...{ json: null, header: ['group_id', 'user_id'], columnCount: 2 },
  ...{ messageOff: false, isResults: false },
  workbook: null,
  headerLine: null,
  columns: {
    group: { number: 1, name: 'group_id' },
    user: { number: 2, name: 'user_id' },
    message: null,
  },
  ...given,
});
