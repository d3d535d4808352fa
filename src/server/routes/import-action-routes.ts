import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { Import as KnownImport, StoredImportState } from '../../domain/imports/import.ts';
import { enqueuePending } from '../../invite/enqueue.ts';
import {
  beginImport,
  cancelImport,
  type LifecycleResult,
  orderRetry,
  pauseImport,
  resumeImport,
} from '../../invite/import-lifecycle.ts';
import { leaveOutChosen } from '../../invite/orders/leave-out-chosen.ts';
import { otherPortal } from '../../invite/other-portal.ts';
import type { Db } from '../../ledger/db/schema.ts';
import { cancelWaiting } from '../../ledger/delivery/cancel-waiting.ts';
import { retryOrdered } from '../../ledger/delivery/retry-pairs.ts';
import { setProblem } from '../../ledger/imports/import-problem.ts';
import type { WantedRecords } from '../../ledger/search/wanted-records.ts';
import { problem } from '../../messages/problems.ts';
import { within } from '../../platform/with-timeout.ts';
import { findImportOr404 } from '../http/find-import-or-404.ts';
import { HttpProblem } from '../http/http-problem.ts';
import { IDEMPOTENCY_HEADERS, runOnce } from '../http/idempotency-key.ts';
import { ImportPath } from '../schemas/id-schemas.ts';
import { Import } from '../schemas/import-schema.ts';
import { Selection } from '../schemas/pair-schema.ts';
import { Retry, Start } from '../schemas/upload-schema.ts';
import { wantedOf } from '../search/criteria.ts';
import type { ServerContext } from '../server-context.ts';
import { answers } from './answers.ts';

/** Longest wait for the queue, in milliseconds; workers also find the chunks without it. */
const QUEUE_TIMEOUT_MS = 1_000;

/** Longest wait for a retry, in milliseconds; a few thousand pairs take less. */
const REST_TIMEOUT_MS = 1_000;

/** An action of a user, and the states in which it has already been done. */
interface Action {
  name: string;
  act: (db: Db, parent: KnownImport, actor: string) => Promise<LifecycleResult>;
  done: readonly StoredImportState[];
}

/** @returns the start; with `first`, the import pauses by itself after that many pairs */
const startOf = (first: number | undefined): Action => ({
  name: 'start',
  act: (db, parent, actor) => beginImport(db, parent, actor, { first }),
  done: ['running', 'finished', ...(first === undefined ? [] : (['paused'] as const))],
});

const ACTIONS: readonly Action[] = [
  { name: 'pause', act: pauseImport, done: ['paused'] },
  { name: 'resume', act: resumeImport, done: ['running'] },
  { name: 'cancel', act: cancelImport, done: ['cancelled'] },
];

/** @returns the criteria of a retry of exactly those pairs; undefined for a retry of one reason or all */
const chosenIn = (body: Retry | null | undefined): WantedRecords | undefined => {
  const { reason: _, ...others } = body ?? {};
  return body && Object.keys(others).length > 0 ? wantedOf(body) : undefined;
};

/** Starting, pausing, resuming, cancelling and retrying; a repeated action has no further effect. */
export const importActionRoutes =
  ({
    app: { db, queue, client },
    ingests,
    checks,
    views,
    keys,
    ending,
  }: ServerContext): FastifyPluginAsyncZod =>
  async (app) => {
    const run = async (
      id: number,
      name: string,
      act: () => Promise<LifecycleResult>,
      done: Action['done'],
    ) => {
      const result = await act();
      if (!result.ok && !done.includes(result.state)) {
        throw new HttpProblem(
          'wrong_state',
          problem('order_senseless', { id, state: result.state, order: name }),
        );
      }
      if (result.state === 'running') {
        await within(enqueuePending(db, queue, id), QUEUE_TIMEOUT_MS);
      }
      return id;
    };

    const once = async (request: FastifyRequest, action: () => Promise<number>) =>
      views.showOne(await findImportOr404(db, await runOnce(db, keys, request, action)));

    const refuseOtherPortal = (found: KnownImport) => {
      const other = otherPortal(found, client.webhook.portal);
      if (other === undefined) return;
      throw new HttpProblem('wrong_state', other);
    };

    const going = new Set<Promise<unknown>>();
    app.addHook('onClose', async () => {
      await Promise.all(going);
    });
    /** Runs work that takes long for a million pairs; a worker completes it when the server stops. */
    const carryOut = (rest: Promise<unknown>): Promise<unknown> => {
      const ended = rest
        .catch((error: unknown) => app.log.error({ err: error }, 'unexpected'))
        .finally(() => going.delete(ended));
      going.add(ended);
      return ended;
    };

    const perform = (request: FastifyRequest, importId: number, { name, act, done }: Action) =>
      once(request, async () => {
        const parent = await findImportOr404(db, importId);
        if (name === 'start' || name === 'resume') refuseOtherPortal(parent);
        await checks.breakOff(parent.id);
        // The user has seen the problem before starting the import.
        if (name === 'start' && parent.state === 'ready') await setProblem(db, parent.id, null);
        const actor = request.caller?.role ?? 'admin';
        if (name === 'cancel') await ingests.cancel(parent.id, actor);
        const id = await run(parent.id, name, () => act(db, parent, actor), done);
        if (name === 'cancel') void carryOut(cancelWaiting(db, parent.id, ending));
        return id;
      });

    app.post(
      '/api/imports/:id/start',
      {
        schema: {
          ...{ headers: IDEMPOTENCY_HEADERS, params: ImportPath },
          ...{ body: Start.nullish(), response: answers(Import) },
        },
      },
      (request) => perform(request, request.params.id, startOf(request.body?.first)),
    );

    for (const action of ACTIONS) {
      app.post(
        `/api/imports/:id/${action.name}`,
        {
          schema: { headers: IDEMPOTENCY_HEADERS, params: ImportPath, response: answers(Import) },
        },
        (request) => perform(request, request.params.id, action),
      );
    }

    app.post(
      '/api/imports/:id/retry',
      {
        schema: {
          ...{ headers: IDEMPOTENCY_HEADERS, params: ImportPath },
          ...{ body: Retry.nullish(), response: answers(Import) },
        },
      },
      (request) =>
        once(request, async () => {
          const { params, body, caller } = request;
          const parent = await findImportOr404(db, params.id);
          refuseOtherPortal(parent);
          const actor = caller?.role ?? 'admin';
          const act = async () => {
            const ordered = await orderRetry(db, parent, actor, body?.reason, chosenIn(body));
            const rest = carryOut(retryOrdered(db, parent.id, ending));
            await within(rest, REST_TIMEOUT_MS);
            return ordered;
          };
          return run(parent.id, 'retry', act, []);
        }),
    );

    app.post(
      '/api/imports/:id/leave-out',
      {
        schema: {
          ...{ headers: IDEMPOTENCY_HEADERS, params: ImportPath },
          ...{ body: Selection, response: answers(Import) },
        },
      },
      (request) =>
        once(request, async () => {
          const { params, body, caller } = request;
          const parent = await findImportOr404(db, params.id);
          const actor = caller?.role ?? 'admin';
          await checks.breakOff(parent.id);
          const act = () => leaveOutChosen(db, parent, actor, wantedOf(body));
          const id = await run(parent.id, 'leave out', act, []);
          // The figures of the last check are no longer those of the import.
          if (parent.state === 'ready') checks.begin(id);
          return id;
        }),
    );
  };
