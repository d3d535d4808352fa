import { createBullBoard } from '@bull-board/api';
import { BullMQAdapter } from '@bull-board/api/bullMQAdapter';
import { FastifyAdapter } from '@bull-board/fastify';
import Fastify, { type FastifyInstance } from 'fastify';
import { QUEUE_PAGE } from '../platform/assets.ts';
import type { InviteQueue } from '../queue/invite-queue.ts';
import { nothingHere, sendProblem } from './http/http-problem.ts';

/**
 * Opens the read-only page of the queue. It does not listen: requests are injected.
 *
 * @param basePath of the program, as in `Config`
 * @param path of the page, with the base path
 */
export async function openBoard(
  { board: queue }: InviteQueue,
  basePath: string,
  path: string,
): Promise<FastifyInstance> {
  const adapter = new FastifyAdapter().setBasePath(path);
  createBullBoard({
    queues: [new BullMQAdapter(queue, { readOnlyMode: true })],
    serverAdapter: adapter,
    options: {
      ...(QUEUE_PAGE !== undefined && { uiBasePath: QUEUE_PAGE }),
      uiConfig: {
        boardTitle: 'Bulk Invite',
        miscLinks: [{ text: 'Bulk Invite', url: `${basePath}/` }],
      },
    },
  });
  const http = Fastify();
  http.setNotFoundHandler((request, reply) => sendProblem(nothingHere(), request, reply));
  await http.register(adapter.registerPlugin(), { prefix: path });
  return http;
}
