import { countByOutcome } from '../../../src/domain/pairs/outcome.ts';
import type { CodedText } from '../../../src/domain/text/coded-text.ts';
import {
  type AuditDetailCode,
  auditDetail,
  describeAuditDetail,
} from '../../../src/messages/audit-details.ts';
import { explain } from '../../../src/messages/explain.ts';
import { rowDetail } from '../../../src/messages/row-details.ts';
import type { AuditTrail } from '../../../src/server/schemas/audit-schema.ts';
import type { ApiData } from './api-data.ts';
import { aPersonRecord, aRecord } from './fake-records.ts';
import { aFinished, aHeld, aHold, anImport, aRunning, at, tally } from './import-data.ts';
import { aPortal } from './portal-data.ts';
import { aCheck, aGroup, aGroupCheck, aReview } from './review-data.ts';

const LONG = 'Приглашения_новых_сотрудников_в_рабочие_группы_окончательный_вариант.csv';

/** Ids of the sample imports. */
export const SAMPLES = { finished: 1, ready: 2, running: 3, held: 4, unreadable: 5 };

/** Adds one import of each kind to the data, with all details that a page can show. */
export function fillWithSamples(data: ApiData): void {
  const mixed = [
    ...[tally('invited', 'returned', 120), tally('skipped', 'already_member', 7)],
    ...[tally('failed', 'user_not_found', 2), tally('failed', 'declined', 1)],
    ...[tally('unknown', 'no_answer', 1), tally('rejected', 'bad_user_id', 1)],
    tally('duplicate', 'of_line_N', 1),
  ];
  data.put(aFinished({ id: SAMPLES.finished, tallies: mixed, message: 'Welcome aboard!' }), {
    pairs: RECORDS,
    groups: [
      aGroup({ outcomes: countByOutcome(mixed), pairs: 131 }),
      aGroup({ id: 999, name: null, outcomes: countByOutcome([tally('failed', 'declined', 1)]) }),
    ],
    minutes: [1, 2, 4].map((minute) => ({ at: at(9, minute), invited: 40, settled: 44 })),
    audit: AUDIT,
  });
  const ready = anImport({
    ...{ id: SAMPLES.ready, fileName: LONG, message: 'Welcome!' },
    tallies: [tally('pending', null, 5), tally('rejected', 'bad_user_id', 1)],
  });
  data.put(ready, { review: aReview(ready, { portal: checkWithProblems(ready) }) });
  data.put(aRunning({ id: SAMPLES.running, tallies: [...mixed, tally('pending', null, 40)] }));
  data.put(aHeld({ id: SAMPLES.held }));
  data.put(
    anImport({
      ...{ id: SAMPLES.unreadable, tallies: [tally('rejected', 'bad_user_id', 2)] },
      fileName: 'unreadable.csv',
    }),
  );
  data.people = RECORDS.map((record) =>
    aPersonRecord({ ...record, email: 'person12@northwind.example' }),
  );
  const lastErrors = [{ at: at(9), code: 'OVERLOAD_LIMIT', description: 'REST API is blocked.' }];
  data.portal = aPortal({ hold: aHold(), lastErrors });
}

const RECORDS = [
  aRecord({ userName: 'Anna Petrova' }),
  aRecord({ line: 3, user: '13', outcome: 'skipped', reason: 'already_member' }),
  aRecord({ line: 4, user: '99999', outcome: 'failed', reason: 'user_not_found', attempts: 3 }),
  aRecord({
    ...{ line: 5, group: '999', groupName: null, outcome: 'failed', reason: 'group_not_found' },
  }),
  aRecord({ line: 6, outcome: 'duplicate', reason: 'of_line_2' }),
  aRecord({
    ...{ line: 7, user: 'Иван', outcome: 'rejected', reason: 'bad_user_id' },
    details: [rowDetail('user_id_form', { cell: 'Иван' })],
  }),
];

const AUDIT: AuditTrail['items'] = [
  entry('upload', 'admin', auditDetail('rows', { file: 'people.csv', rows: 132 })),
  entry('start', 'admin', null),
  entry('long wait', 'worker', auditDetail('until', { time: at(9, 9) })),
  {
    ...entry('retry declined', 'cli', null),
    retried: { reason: 'declined', meaning: explain('failed', 'declined').meaning },
  },
];

/** @returns an entry of the audit trail */
function entry(
  action: string,
  actor: string,
  said: CodedText<AuditDetailCode> | null,
): AuditTrail['items'][number] {
  const detail = said && describeAuditDetail(said);
  return { at: at(9), actor, action, retried: null, detail, said };
}

/** @returns a check with all kinds of problems */
const checkWithProblems = (it: ReturnType<typeof anImport>) =>
  aCheck(it, {
    notShown: ['user'],
    groups: {
      ...{
        count: 3,
        invisible: 1,
        notAllowed: 1,
        unread: 0,
        unreadPairs: 0,
        collabs: 1,
        archived: 1,
        pairs: 5,
        members: 1,
        pending: 0,
      },
      ...{ toInvite: 2, failing: 2, unseen: 1 },
      first: [
        aGroupCheck({ id: 999, name: null, visible: false, toInvite: 0, failing: 1 }),
        aGroupCheck({ id: 4, mayInvite: false, toInvite: 0, failing: 1 }),
        aGroupCheck({
          members: 1,
          toInvite: 2,
          banned: 1,
          unseen: 1,
          collab: true,
          archived: true,
        }),
      ],
    },
    missing: { count: 1, first: [{ id: 99_999, name: null }] },
    unnotified: { count: 1, first: [{ id: 33, name: 'Ada King' }] },
    filteredTexts: 1,
    dismissed: { count: 25, first: [{ id: 31, name: 'Grace Hopper' }] },
  });
