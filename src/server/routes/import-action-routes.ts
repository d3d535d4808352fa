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
import { otherPortal } from '../../invite/other-portal.ts';
import type { Db } from '../../ledger/db/schema.ts';
import { cancelWaiting } from '../../ledger/delivery/cancel-waiting.ts';
import { retryOrdered } from '../../ledger/delivery/retry-pairs.ts';
import { setProblem } from '../../ledger/imports/import-problem.ts';
import { within } from '../../platform/with-timeout.ts';
import { findImportOr404 } from '../http/find-import-or-404.ts';
import { HttpProblem } from '../http/http-problem.ts';
import { IDEMPOTENCY_HEADERS, runOnce } from '../http/idempotency-key.ts';
import { ImportPath } from '../schemas/id-schemas.ts';
import { Import } from '../schemas/import-schema.ts';
import { Retry } from '../schemas/upload-schema.ts';
import type { ServerContext } from '../server-context.ts';
import { answers } from './answers.ts';

/** Longest wait for the queue, in milliseconds; workers also find the chunks without it. */
const QUEUE_TIMEOUT_MS = 1_000;

/**
 * Longest wait for a retry, in milliseconds; one of a few thousand pairs is complete before the
 * response.
 */
const REST_TIMEOUT_MS = 1_000;

/** An action of a user, and the states in which it has already been done. */
interface Action {
  name: string;
  act: (db: Db, parent: KnownImport, actor: string) => Promise<LifecycleResult>;
  done: readonly StoredImportState[];
}

const ACTIONS: readonly Action[] = [
  { name: 'start', act: beginImport, done: ['running', 'finished'] },
  { name: 'pause', act: pauseImport, done: ['paused'] },
  { name: 'resume', act: resumeImport, done: ['running'] },
  { name: 'cancel', act: cancelImport, done: ['cancelled'] },
];

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
          `Import ${id} is ${result.state}: ${name} is not possible.`,
          { coded: { code: 'order_senseless', params: { id, state: result.state, order: name } } },
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
      const problem = otherPortal(found, client.webhook.portal);
      if (problem === undefined) return;
      const { message, remedy, coded } = problem;
      throw new HttpProblem('wrong_state', message, { remedy, coded });
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

    for (const { name, act, done } of ACTIONS) {
      app.post(
        `/api/imports/:id/${name}`,
        {
          schema: { headers: IDEMPOTENCY_HEADERS, params: ImportPath, response: answers(Import) },
        },
        (request) =>
          once(request, async () => {
            const { params, caller } = request;
            const parent = await findImportOr404(db, params.id);
            if (name === 'start' || name === 'resume') refuseOtherPortal(parent);
            await checks.breakOff(parent.id);
            // The user has seen the problem before starting the import.
            if (name === 'start' && parent.state === 'ready') await setProblem(db, parent.id, null);
            const actor = caller?.role ?? 'admin';
            if (name === 'cancel') await ingests.cancel(parent.id, actor);
            const id = await run(parent.id, name, () => act(db, parent, actor), done);
            if (name === 'cancel') void carryOut(cancelWaiting(db, parent.id, ending));
            return id;
          }),
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
            const ordered = await orderRetry(db, parent, actor, body?.reason);
            const rest = carryOut(retryOrdered(db, parent.id, ending));
            await within(rest, REST_TIMEOUT_MS);
            return ordered;
          };
          return run(parent.id, 'retry', act, []);
        }),
    );
  };
