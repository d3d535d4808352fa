import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FaultKind } from '../faults.ts';
import { methodOf } from '../methods/registry.ts';
import { countOne } from '../state/counters.ts';
import type { Portal } from '../state/sandbox-portal.ts';
import { RequestCut } from '../state/server-work.ts';
import { callMethod, type Hit } from './call-method.ts';
import { type PhpArray, phpRecord } from './php-array.ts';
import { BodyTooLarge, readBody } from './request-body.ts';
import { RestError, type SystemErrorCode, systemError } from './rest-error.ts';
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

/** Faults that answer instead of the API; nothing is executed. */
const INSTEAD: Partial<Record<FaultKind, SystemErrorCode | number>> = {
  html_502: 502,
  html_503: 503,
  error_500: 'INTERNAL_SERVER_ERROR',
  rate_limit: 'QUERY_LIMIT_EXCEEDED',
  auth: 'NO_AUTH_FOUND',
  overload: 'OVERLOAD_LIMIT',
};

/** Faults that answer instead of the API after everything has been executed. */
const AFTERWARDS: Partial<Record<FaultKind, SystemErrorCode | number>> = {
  html_504: 504,
  error_500_after: 'INTERNAL_SERVER_ERROR',
};

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
    await answerRest(portal, readRestRequest(request.url ?? '', body), response);
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
  const kind = misfortune.fault?.kind;
  if (kind !== undefined) countOne(portal.counters.faults, kind);
  if (misfortune.slowSeconds > 0) countOne(portal.counters.faults, 'slow');
  if (misfortune.gate) await waitAtGate(portal, 'gate');

  if (kind === 'drop_before') return void response.destroy();
  const instead = kind === undefined ? undefined : INSTEAD[kind];
  if (kind === 'rate_limit') portal.counters.rateLimitErrors += 1;
  if (instead !== undefined) return reply(portal, response, answerOf(instead));

  const hit = { portal, misfortune, work: portal.startWork() };
  const answer = await execute(hit, request);
  if (misfortune.gateAnswer) await waitAtGate(portal, 'gate_answer');

  if (kind === 'drop_after') return void response.destroy();
  if (kind === 'cut_answer') return sendBroken(response, answer);
  const afterwards = kind === undefined ? undefined : AFTERWARDS[kind];
  return reply(portal, response, afterwards === undefined ? answer : answerOf(afterwards));
}

async function waitAtGate({ counters, gate }: Portal, kind: FaultKind): Promise<void> {
  countOne(counters.faults, kind);
  await gate.wait();
}

async function execute(hit: Hit, request: RestRequest): Promise<SandboxResponse> {
  try {
    await hit.work.spend(hit.misfortune.slowSeconds);
    authorize(hit.portal, request);
    return jsonAnswer(200, await run(hit, request));
  } catch (error) {
    if (error instanceof RestError) return errorAnswer(error);
    if (!(error instanceof RequestCut)) throw error;
    hit.portal.counters.cutRequests += 1;
    return htmlAnswer(504);
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
  if (method !== 'batch') return callMethod(hit, method, parameters);
  countOne(hit.portal.counters.calls, 'batch');
  const startedAt = hit.portal.now();
  const result = await runBatch(hit, parameters);
  return phpRecord({ result, time: timeBlock(hit.portal, 'batch', startedAt, hit.work.seconds) });
}

function answerOf(instead: SystemErrorCode | number): SandboxResponse {
  return typeof instead === 'number' ? htmlAnswer(instead) : errorAnswer(systemError(instead));
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
