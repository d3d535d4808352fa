import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { methodOf } from '../methods/registry.ts';
import { countOne } from '../state/counters.ts';
import type { Portal } from '../state/sandbox-portal.ts';
import { RequestCut } from '../state/server-work.ts';
import { callMethod, type Hit } from './call-method.ts';
import { answerAfterwards, answerInstead, restErrorAnswer } from './fault-answer.ts';
import { type PhpArray, type PhpValue, phpRecord } from './php-array.ts';
import { BodyTooLarge, readBody } from './request-body.ts';
import { RestError, systemError } from './rest-error.ts';
import { type RestRequest, readRestRequest } from './rest-request.ts';
import { methodsOfBatch, runBatch } from './run-batch.ts';
import {
  errorAnswer,
  htmlAnswer,
  jsonAnswer,
  type SandboxResponse,
  send,
  sendBroken,
} from './sandbox-answer.ts';
import { timeBlock } from './time-block.ts';

/** Share of its time that is billed to the method `batch` on servers that bill it. */
const BATCH_SHARE = 0.5;

/** Serves one request to the REST API, and handles its errors. */
export async function serveRest(
  portal: Portal,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { changes, counters, signal } = portal;
  counters.requests += 1;
  counters.inFlight += 1;
  counters.maxConcurrent = Math.max(counters.maxConcurrent, counters.inFlight);
  changes.emit('change');
  try {
    const body = await readBody(request);
    await trip(portal);
    await answerRest(
      portal,
      readRestRequest(request.url ?? '', body, request.headers['content-type']),
      response,
    );
  } catch (error) {
    if (error instanceof BodyTooLarge) send(response, htmlAnswer(413));
    else response.destroy();
    const isClients = !request.complete || error instanceof BodyTooLarge;
    if (!isClients && !signal.aborted) counters.failures.push(String(error));
  } finally {
    counters.inFlight -= 1;
    changes.emit('change');
  }
}

async function answerRest(
  portal: Portal,
  request: RestRequest,
  response: ServerResponse,
): Promise<void> {
  if (!portal.admits()) {
    portal.counters.rateLimitErrors += 1;
    return reply(portal, response, errorAnswer(systemError('QUERY_LIMIT_EXCEEDED')));
  }
  const isBatch = request.method === 'batch';
  const methods = isBatch ? methodsOfBatch(request.parameters) : [request.method];
  const misfortune = portal.faults.strike({ isBatch, methods });
  const { fault } = misfortune;
  const kind = fault?.kind;
  if (kind !== undefined) countOne(portal.counters.faults, kind);
  if (misfortune.slowSeconds > 0) countOne(portal.counters.faults, 'slow');
  if (misfortune.gate) await portal.waitAtGate('gate');

  if (kind === 'drop_before') return void response.destroy();
  if (kind === 'moved') return redirect(request, response);
  const instead = fault && answerInstead(portal, fault);
  if (kind === 'rate_limit') portal.counters.rateLimitErrors += 1;
  if (instead !== undefined) return reply(portal, response, instead);

  const use = portal.operating.begin(portal.now());
  const hit = { portal, misfortune, work: portal.startWork(), use };
  const answer = await execute(hit, request);
  if (misfortune.gateAnswer) await portal.waitAtGate('gate_answer');

  if (kind === 'drop_after') return void response.destroy();
  if (kind === 'cut_answer') return sendBroken(response, answer);
  const afterwards = fault && answerAfterwards(portal, fault);
  return reply(portal, response, afterwards ?? answer);
}

function redirect({ method, credentials }: RestRequest, response: ServerResponse): void {
  const { userId, code } = credentials ?? {};
  const location = `https://renamed.example/rest/${userId}/${code}/${method}.json`;
  response.writeHead(302, { location }).end();
}

async function execute(hit: Hit, request: RestRequest): Promise<SandboxResponse> {
  try {
    await hit.work.spend(hit.misfortune.slowSeconds);
    authorize(hit.portal, request);
    return jsonAnswer(200, await run(hit, request));
  } catch (error) {
    if (error instanceof RestError) return restErrorAnswer(hit.portal, error);
    if (!(error instanceof RequestCut)) throw error;
    hit.portal.counters.cutRequests += 1;
    return htmlAnswer(504);
  } finally {
    hit.portal.operating.store(hit.use);
  }
}

/** The API checks the method before the credentials. */
function authorize(portal: Portal, { method, credentials }: RestRequest): void {
  if (method !== 'batch' && methodOf(portal, method) === undefined)
    throw systemError('ERROR_METHOD_NOT_FOUND');
  const isRight =
    credentials?.userId === String(portal.callerId) && credentials.code === portal.code;
  if (isRight) return;
  portal.counters.authErrors += 1;
  throw systemError(credentials === undefined ? 'NO_AUTH_FOUND' : 'INVALID_CREDENTIALS');
}

async function run(hit: Hit, { method, parameters }: RestRequest): Promise<PhpArray> {
  if (method !== 'batch') return callMethod(hit, method, parameters, 'request');
  const { portal, work, use } = hit;
  const startedAt = portal.now();
  if (!portal.operating.allows('batch', use, startedAt)) {
    portal.counters.operatingErrors += 1;
    throw systemError('OPERATION_TIME_LIMIT');
  }
  countOne(portal.counters.calls, 'batch');
  let result: PhpValue;
  try {
    result = await runBatch(hit, parameters);
  } finally {
    if (portal.limits.billing !== 'inner') use.add('batch', startedAt, work.seconds * BATCH_SHARE);
  }
  return phpRecord({ result, ...timeBlock(hit, 'batch', startedAt, work.seconds) });
}

async function reply(
  portal: Portal,
  response: ServerResponse,
  answer: SandboxResponse,
): Promise<void> {
  await trip(portal);
  send(response, answer);
}

/** Half of the round trip. */
async function trip({ limits, signal }: Portal): Promise<void> {
  if (limits.latencyMs > 0) await sleep(limits.latencyMs / 2, undefined, { signal });
}
