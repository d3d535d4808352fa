import type { Pair } from '../domain/pairs/pair.ts';
import { MAX_COMMANDS } from '../portal/http/batch.ts';
import { encodedLength } from '../portal/http/query-string.ts';
import { type Command, MAX_USERS, needsDirectCall } from '../portal/methods/invite.ts';

/** A command with the pairs that it carries. */
export interface PackedCommand {
  command: Command;
  pairs: readonly Pair[];
}

/** One HTTP request: commands that travel together. */
export type PackedRequest = readonly PackedCommand[];

/**
 * Most bytes of a request, unless a single command has more: web servers accept a body of 1 MiB by default
 * (nginx, `client_max_body_size`).
 */
export const MAX_BYTES = 1_000_000;
/** Most bytes of a command besides its message, and of each of its users. */
const BYTES_PER_COMMAND = 100;
const BYTES_PER_USER = 40;

/** @returns how many pairs the request carries */
export const countPairs = (request: PackedRequest): number =>
  request.reduce((sum, { pairs }) => sum + pairs.length, 0);

/**
 * Packs pairs into as few requests as the limits allow: pairs of the same message and group share a
 * command, commands share a batch. Each pair is in exactly one command.
 *
 * Pairs that failed before come after new ones and in smaller and smaller requests, so that a pair that
 * makes a request fail affects few others.
 *
 * @param maxPairs the most pairs in one request
 * @param maxUsers the most people in one command. @default as many as an invitation takes
 */
export function pack(
  pairs: readonly Pair[],
  maxPairs: number,
  maxUsers = MAX_USERS,
): PackedRequest[] {
  const byAttempts = Map.groupBy(pairs, (pair) => pair.attempts);
  const levels = [...byAttempts].sort(([a], [b]) => a - b);
  return levels.flatMap(([attempts, level]) =>
    fill(intoCommands(level), Math.max(1, Math.floor(maxPairs / 2 ** attempts)), maxUsers),
  );
}

function intoCommands(pairs: readonly Pair[]): PackedCommand[] {
  const sorted = pairs.toSorted(
    (a, b) =>
      compare(a.message ?? '', b.message ?? '') || a.groupId - b.groupId || a.userId - b.userId,
  );
  const groups = Map.groupBy(sorted, ({ groupId, message }) => JSON.stringify([groupId, message]));
  const commands = [...groups.values()].map(commandOf);
  // Commands that need a direct call come last, so that they do not split the batches of the others.
  const [alone, together] = [true, false].map((wanted) =>
    commands.filter(({ command }) => needsDirectCall(command.message) === wanted),
  );
  return [...(together ?? []), ...(alone ?? [])];
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function fill(
  commands: readonly PackedCommand[],
  maxPairs: number,
  maxUsers: number,
): PackedRequest[] {
  const requests: PackedCommand[][] = [];
  let open: PackedCommand[] = [];
  let [space, bytes] = [0, 0];
  for (const { command, pairs } of commands) {
    const alone = needsDirectCall(command.message);
    const ofMessage = BYTES_PER_COMMAND + encodedLength(command.message ?? '');
    const bytesOf = (users: number) => ofMessage + users * BYTES_PER_USER;
    for (let at = 0; at < pairs.length; ) {
      const left = Math.min(pairs.length - at, maxUsers);
      const isFull = space === 0 || open.length === MAX_COMMANDS;
      if (alone || isFull || bytes + bytesOf(Math.min(space, left)) > MAX_BYTES) {
        open = [];
        requests.push(open);
        [space, bytes] = [maxPairs, 0];
      }
      const users = Math.min(space, left);
      open.push(commandOf(pairs.slice(at, at + users)));
      at += users;
      space = alone ? 0 : space - users;
      bytes += bytesOf(users);
    }
  }
  return requests;
}

/** @param pairs at least one, all of the same group and message */
function commandOf(pairs: readonly Pair[]): PackedCommand {
  const [first] = pairs;
  if (first === undefined) throw new RangeError('a command needs a pair');
  const userIds = pairs.map(({ userId }) => userId);
  return { command: { groupId: first.groupId, message: first.message, userIds }, pairs };
}
