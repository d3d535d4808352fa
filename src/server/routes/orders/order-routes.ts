import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { Import } from '../../../domain/imports/import.ts';
import type { OrderKind } from '../../../domain/imports/order.ts';
import { enqueueOrders } from '../../../invite/enqueue.ts';
import {
  beginOrder,
  confirmOrder,
  type OrderResult,
  stopOrder,
} from '../../../invite/orders/order-lifecycle.ts';
import { otherPortal } from '../../../invite/other-portal.ts';
import { findOrder, latestOrder } from '../../../ledger/orders/order-store.ts';
import { problem } from '../../../messages/problems.ts';
import { within } from '../../../platform/with-timeout.ts';
import { findImportOr404 } from '../../http/find-import-or-404.ts';
import { HttpProblem } from '../../http/http-problem.ts';
import { orderView } from '../../presenters/order-view.ts';
import { ImportPath } from '../../schemas/id-schemas.ts';
import {
  Confirmation,
  LatestOrder,
  Order,
  ReminderText,
} from '../../schemas/orders/order-schema.ts';
import { NoFields } from '../../schemas/upload-schema.ts';
import type { ServerContext } from '../../server-context.ts';
import { answers } from '../answers.ts';

/** Longest wait for the queue, in milliseconds; workers also find the chunks without it. */
const QUEUE_TIMEOUT_MS = 1_000;

/** The kinds of orders, by the last part of their address. */
const KINDS: readonly { name: string; kind: OrderKind }[] = [
  { name: 'undo', kind: 'withdraw' },
  { name: 'remind', kind: 'remind' },
];

/** Previewing, confirming and stopping what is done with the people that an import has invited. */
export const orderRoutes =
  ({ app: { db, queue, client }, config, orders, live }: ServerContext): FastifyPluginAsyncZod =>
  async (app) => {
    const parentOf = async ({ id }: { id: number }): Promise<Import> => {
      const found = await findImportOr404(db, id);
      const other = otherPortal(found, client.webhook.portal);
      if (other !== undefined) throw new HttpProblem('wrong_state', other);
      return found;
    };
    const reminderIn = (body: ReminderText | null | undefined | object) =>
      body && 'message' in body
        ? { message: body.message, everyDays: config.remindEveryDays }
        : undefined;
    const actorOf = ({ caller }: FastifyRequest): string => caller?.role ?? 'admin';
    const show = async (result: OrderResult): Promise<Order> => {
      if (!result.ok) throw new HttpProblem('wrong_state', result.problem);
      const order = await findOrder(db, result.id);
      if (order === undefined) throw new HttpProblem('wrong_state', problem('unexpected', {}));
      return orderView(db, order);
    };

    for (const { name, kind } of KINDS) {
      const path = `/api/imports/:id/${name}`;
      app.get(
        path,
        { schema: { params: ImportPath, response: answers(LatestOrder) } },
        async ({ params }) => {
          const { id } = await findImportOr404(db, params.id);
          const order = await latestOrder(db, id, kind);
          return { order: order === undefined ? null : await orderView(db, order) };
        },
      );

      app.post(
        `${path}/preview`,
        {
          schema: {
            ...{ params: ImportPath, body: kind === 'remind' ? ReminderText : NoFields },
            response: answers(Order),
          },
        },
        async (request) => {
          const parent = await parentOf(request.params);
          const reminder = reminderIn(request.body);
          const begun = await beginOrder(db, parent, kind, actorOf(request), reminder);
          if (begun.ok) orders.begin(begun.id);
          return show(begun);
        },
      );

      app.post(
        path,
        { schema: { params: ImportPath, body: Confirmation, response: answers(Order) } },
        async (request) => {
          const parent = await parentOf(request.params);
          const { confirm } = request.body;
          const confirmed = await confirmOrder(db, parent, kind, confirm, actorOf(request));
          if (confirmed.ok) {
            await within(enqueueOrders(db, queue, parent.portal), QUEUE_TIMEOUT_MS);
            live.republish(parent.id);
          }
          return show(confirmed);
        },
      );

      app.post(
        `${path}/stop`,
        { schema: { params: ImportPath, body: NoFields, response: answers(Order) } },
        async (request) => {
          const parent = await findImportOr404(db, request.params.id);
          return show(await stopOrder(db, parent, kind, actorOf(request)));
        },
      );
    }
  };
