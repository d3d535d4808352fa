import type { Pair } from '../../domain/pairs/pair.ts';
import type { CallResult } from '../../portal/http/batch.ts';
import type { PortalFailure } from '../../portal/http/failure.ts';
import { consequencesOf } from '../failure-policy.ts';
import type { PackedCommand } from '../pack.ts';
import type { SentRequest } from '../send.ts';
import type { Operation } from './operation.ts';

/** What an answer means for one pair of the request, whatever the operation. */
export type PairAnswer =
  | { kind: 'done' }
  | { kind: 'no_group' }
  /** The answer does not name it: to be diagnosed. */
  | { kind: 'left_out'; failure?: PortalFailure }
  /** Certainly not executed, and not the pair's fault: pending again, the attempt does not count. */
  | { kind: 'returned' }
  /** The same, for an unknown reason: to be sent in its own request. */
  | { kind: 'alone' }
  /** Not executed because of an error of the portal: the attempt counts. */
  | { kind: 'failed'; failure: PortalFailure }
  /** Possibly executed: to be confirmed once the portal has certainly ended the request. */
  | { kind: 'in_doubt'; failure: PortalFailure }
  /** The same, and not the pair's fault: the attempt does not count if it was not executed. */
  | { kind: 'uncounted'; failure: PortalFailure };

const NOT_READABLE: PortalFailure = {
  kind: 'unanswered',
  code: 'UNREADABLE',
  description: 'the answer is not a list of ids',
};

/** What an answer is about: the request, a command, or a command after one that left out a user. */
export type Place = 'request' | 'command' | 'later_command';

/** Matches the answer to one command with its pairs, comparing ids as numbers. */
export function matchCommand(
  operation: Operation,
  { command, pairs }: PackedCommand,
  result: CallResult,
  place: Place,
): Map<Pair, PairAnswer> {
  const done = result.ok ? operation.readDone(command, result.result) : undefined;
  const failure = result.ok ? NOT_READABLE : result.failure;
  const leavesOut = !result.ok && operation.leavesOut?.(failure) === true;
  const answerOf = (pair: Pair): PairAnswer => {
    if (leavesOut) return { kind: 'left_out', failure };
    if (done === undefined) return failedAnswer(failure, place);
    return { kind: done.has(pair.userId) ? 'done' : 'left_out' };
  };
  return new Map(pairs.map((pair) => [pair, answerOf(pair)]));
}

function failedAnswer(failure: PortalFailure, place: Place): PairAnswer {
  const { pair } = consequencesOf(failure, place);
  switch (pair) {
    case 'returned':
    case 'alone':
      return { kind: pair };
    case 'settled':
      return { kind: 'no_group' };
    case 'failed':
    case 'in_doubt':
    case 'uncounted':
      return { kind: pair, failure };
    default:
      return pair satisfies never;
  }
}

/** @returns what the answer means for the pairs of each command, in their order */
export function matchAnswer(
  operation: Operation,
  { commands, answer }: Pick<SentRequest, 'commands' | 'answer'>,
): Map<Pair, PairAnswer>[] {
  if (!answer.ok) {
    return commands.map((command) => matchCommand(operation, command, answer, 'request'));
  }
  let hasDeclined = false;
  return commands.map((command, index) => {
    const result = answer.results[index] ?? { ok: false, failure: NOT_READABLE };
    const place = hasDeclined ? 'later_command' : 'command';
    const answers = matchCommand(operation, command, result, place);
    hasDeclined ||= [...answers.values()].some(({ kind }) => kind === 'left_out');
    return answers;
  });
}

/** @returns the pairs to be sent again in their own requests, grouped by command */
export function aloneOf(byCommand: readonly Map<Pair, PairAnswer>[]): (readonly Pair[])[] {
  const alone = byCommand.map((answers) =>
    [...answers].flatMap(([pair, { kind }]) =>
      kind === 'alone' ? [{ ...pair, attempts: pair.attempts - 1 }] : [],
    ),
  );
  return alone.filter((pairs) => pairs.length > 0);
}
