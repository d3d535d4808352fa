import { BATCH } from '../budget/request-cost.ts';
import { readNext } from '../directory/next-page.ts';
import { type CallTime, readTime } from './call-time.ts';
import type { PortalClient } from './client.ts';
import type { SendOptions } from './client-options.ts';
import { classifyError, cleanFailure, type PortalFailure } from './failure.ts';
import { isRecord, toText } from './json.ts';
import type { PostResult } from './post.ts';
import { type Parameters, queryString } from './query-string.ts';

/** One call of a method. */
export interface Call {
  method: string;
  parameters: Parameters;
}

/** Result of one call; `next` is the `start` of a list's next page, when there is one. */
export type CallResult =
  | { ok: true; result: unknown; time?: CallTime | undefined; next?: number | undefined }
  | { ok: false; failure: PortalFailure };

/** The portal takes no more commands in one batch ("How to Execute a Batch Request"). */
export const MAX_COMMANDS = 50;

/**
 * Whether a text must not go into a batch: the portal would replace `$result[key]` and the like in it
 * by another command's result ("How to Execute a Batch Request").
 */
export const refersToResults = (text: string): boolean =>
  // Word by word: one pattern for the whole text takes quadratic time. Words end at the characters
  // that PHP treats as whitespace; a no-break space is not one of them.
  text.split(/[ \t\n\v\f\r]/).some((word) => {
    const at = word.search(/\$(?:result|error|total|next|time)/i);
    return at >= 0 && word.includes('[', at);
  });

/** The results of calls, in their order, and the time of the batch that they were; or its failure. */
export type CallsAnswer =
  | { ok: true; results: CallResult[]; batch?: CallTime | undefined }
  | { ok: false; failure: PortalFailure };

/**
 * Sends calls as one HTTP request: a single one directly, several as a batch.
 *
 * @param calls at most {@link MAX_COMMANDS}
 */
export async function sendCalls(
  client: Pick<PortalClient, 'send' | 'webhook'>,
  calls: readonly Call[],
  options: SendOptions,
): Promise<CallsAnswer> {
  const [only] = calls;
  if (only !== undefined && calls.length === 1) {
    const inner = only.method;
    const answer = await client.send(only.method, only.parameters, { ...options, inner });
    if (answer.ok || answer.failure.kind === 'refused') return { ok: true, results: [answer] };
    return answer;
  }
  const methods = new Set(calls.map(({ method }) => method));
  const inner = methods.size === 1 ? only?.method : undefined;
  const answer = await client.send(BATCH, encodeBatch(calls), { ...options, inner });
  if (!answer.ok) return answer;
  const decoded = decodeBatch(answer, calls.length);
  if (!decoded.ok) return decoded;
  const results = decoded.results.map(
    (result): CallResult =>
      result.ok ? result : { ok: false, failure: cleanFailure(client.webhook, result.failure) },
  );
  return { ok: true, results, batch: answer.time };
}

/**
 * A command's key in the batch. It is not the bare index: PHP prints a map with the keys 0..n-1 as a
 * list.
 */
const keyOf = (index: number): string => `c${index}`;

function encodeBatch(calls: readonly Call[]): Parameters {
  const commands = calls.map(({ method, parameters }, index) => [
    keyOf(index),
    `${method}?${queryString(parameters)}`,
  ]);
  return { halt: 0, cmd: Object.fromEntries(commands) };
}

const NOT_MENTIONED: PortalFailure = {
  kind: 'unanswered',
  code: 'NOT_MENTIONED',
  description: 'the answer to the batch does not mention this command',
};

/**
 * Splits a batch's answer into results. A command that is in neither map may or may not have been
 * executed.
 */
export function decodeBatch(
  answer: Pick<Extract<PostResult, { ok: true }>, 'result'>,
  count: number,
): { ok: true; results: CallResult[] } | { ok: false; failure: PortalFailure } {
  const { result: maps } = answer;
  if (!isRecord(maps) || !isRecord(maps.result)) {
    const failure = { ...NOT_MENTIONED, description: 'the answer to the batch cannot be read' };
    return { ok: false, failure };
  }
  const values = maps.result;
  const errors = isRecord(maps.result_error) ? maps.result_error : {};
  const times = isRecord(maps.result_time) ? maps.result_time : {};
  const nexts = isRecord(maps.result_next) ? maps.result_next : {};
  const results = Array.from({ length: count }, (_, index): CallResult => {
    const key = keyOf(index);
    if (key in errors) return { ok: false, failure: readError(errors[key]) };
    if (key in values) {
      const [time, next] = [readTime(times[key]), readNext(nexts[key])];
      return { ok: true, result: values[key], time, next };
    }
    return { ok: false, failure: NOT_MENTIONED };
  });
  return { ok: true, results };
}

function readError(value: unknown): PortalFailure {
  if (!isRecord(value)) return classifyError(toText(value), '');
  return classifyError(toText(value.error), toText(value.error_description));
}
