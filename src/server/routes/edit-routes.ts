import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { Import as StoredImport, StoredImportState } from '../../domain/imports/import.ts';
import { mayChangeTexts } from '../../domain/portal/plan.ts';
import { correctRows, type RowCorrection } from '../../ingest/correct-rows.ts';
import { enqueuePending } from '../../invite/enqueue.ts';
import { findSameGroup } from '../../ledger/corrections/corrections.ts';
import type { Db } from '../../ledger/db/schema.ts';
import { changeMessage } from '../../ledger/imports/change-message.ts';
import { findImport } from '../../ledger/imports/import-store.ts';
import type { ImportRecord } from '../../ledger/results/import-record.ts';
import { readRecordPage } from '../../ledger/search/record-page.ts';
import { problem } from '../../messages/problems.ts';
import { within } from '../../platform/with-timeout.ts';
import { openDirectory } from '../../portal/directory/open-directory.ts';
import { findImportOr404 } from '../http/find-import-or-404.ts';
import { HttpProblem, nothingHere } from '../http/http-problem.ts';
import { namesOf } from '../presenters/record-names.ts';
import { recordView } from '../presenters/record-view.ts';
import { ImportPath } from '../schemas/id-schemas.ts';
import { Import } from '../schemas/import-schema.ts';
import { Correction, CorrectionResult } from '../schemas/pair-schema.ts';
import { ChangedMessage } from '../schemas/upload-schema.ts';
import type { ServerContext } from '../server-context.ts';
import { answers } from './answers.ts';

/** Most rows that one correction changes. */
const MOST_ROWS = 1_000;
/** Longest wait for the portal, and for the queue, in milliseconds. */
const PORTAL_TIMEOUT_MS = 60_000;
const QUEUE_TIMEOUT_MS = 1_000;

/** Changes of what an import sends: its text, and rejected rows that are corrected. */
export const editRoutes =
  ({
    app: { db, client, queue },
    config,
    checks,
    views,
    ending,
  }: ServerContext): FastifyPluginAsyncZod =>
  async (app) => {
    app.post(
      '/api/imports/:id/message',
      { schema: { params: ImportPath, body: ChangedMessage, response: answers(Import) } },
      async ({ params, body, caller }) => {
        const { id } = await findImportOr404(db, params.id);
        const isChanged = await changeMessage(db, id, body.message, {
          actor: caller?.role ?? 'admin',
          mayChangeTexts: mayChangeTexts(client.profile.latest.plan),
        });
        const now = await findImportOr404(db, id);
        if (!isChanged) throw notNow(id, now.state, 'changing the message');
        return views.showOne(now);
      },
    );

    app.post(
      '/api/imports/:id/corrections',
      {
        schema: {
          description:
            'Corrects the group or the user of a rejected row, which becomes a pair of the import, or a duplicate',
          ...{ params: ImportPath, body: Correction, response: answers(CorrectionResult) },
        },
      },
      async ({ params, body: { place, group, user, everywhere }, caller }) => {
        const found = await findImportOr404(db, params.id);
        const { id } = found;
        if (found.state === 'ready') await checks.breakOff(id);
        const isForAll = everywhere === true && group !== undefined;
        const places = isForAll ? await findSameGroup(db, id, place, MOST_ROWS) : [place];
        const signal = AbortSignal.any([ending, AbortSignal.timeout(PORTAL_TIMEOUT_MS)]);
        const work = { db, dataDir: config.dataDir, directory: openDirectory(client, { signal }) };
        const cells = { group, user };
        let results: RowCorrection[];
        try {
          results = await correctRows(work, found, places, cells, caller?.role ?? 'admin');
        } finally {
          // Some rows may be corrected although the portal did not answer for the others.
          if ((await findImport(db, id))?.state === 'running') {
            await within(enqueuePending(db, queue, id), QUEUE_TIMEOUT_MS);
          }
          if (found.state === 'ready') checks.begin(id);
        }
        const [first = { kind: 'not_rejected' }] = results;
        if (first.kind === 'wrong_state') throw notNow(id, first.state, 'correcting rows');
        if (first.kind === 'not_rejected') {
          throw new HttpProblem('wrong_state', problem('row_not_rejected', { id }));
        }
        const corrected = results.filter(isCorrected).length;
        return { record: await recordAt(db, found, place, first), corrected };
      },
    );
  };

const notNow = (id: number, state: StoredImportState, order: string): HttpProblem =>
  new HttpProblem('wrong_state', problem('order_senseless', { id, state, order }));

const isCorrected = ({ kind }: RowCorrection): boolean => kind === 'pair' || kind === 'duplicate';

/** @returns the row as it is now, or what would be wrong with it */
async function recordAt(db: Db, { id }: StoredImport, place: number, result: RowCorrection) {
  const page = { page: 1, limit: 1 };
  const { records } = await readRecordPage(db, id, { places: [place] }, page);
  const [record] = records;
  if (record === undefined) throw nothingHere();
  const shown: ImportRecord =
    result.kind === 'wrong'
      ? {
          ...{ ...record, groupId: result.reject.groupCell, userId: result.reject.userCell },
          ...{ reason: result.reject.reason, details: result.reject.details },
        }
      : record;
  return recordView(shown, await namesOf(db, id, [shown]));
}
