import { type Redis, ReplyError } from 'ioredis';
import { clusterProblem, DENIED, explainRefusal, type RedisProblem } from './redis-refusal.ts';
import { CHANNELS, lacking, rightFrom } from './rights.ts';

const KEY = 'bulk-invite:requirements';

/**
 * The commands of BullMQ's scripts and the budget's, in forms that do nothing: the key is a string, so
 * commands for lists, hashes and sets are refused for its type when the user may run them at all.
 * `@` stands for the key.
 */
const COMMANDS: readonly string[] = [
  ...['get @', 'incr @', 'exists @', 'persist @', 'pttl @', 'time', 'ping @'],
  ...['hdel @ a', 'hexists @ a', 'hget @ a', 'hgetall @', 'hincrby @ a 1', 'hmget @ a'],
  ...['hmset @ a 1', 'hset @ a 1', 'lindex @ 0', 'llen @', 'lpop @', 'lpos @ a', 'lpush @ a'],
  ...['lrange @ 0 1', 'lrem @ 0 a', 'ltrim @ 0 1', 'rpop @', 'rpoplpush @ @', 'rpush @ a'],
  ...['sadd @ a', 'scard @', 'smembers @', 'srem @ a', 'zadd @ 1 a', 'zcard @', 'zcount @ 0 1'],
  ...['zpopmin @', 'zrange @ 0 1', 'zrangebyscore @ 0 1', 'zrem @ a', 'zremrangebyrank @ 0 1'],
  ...['zremrangebyscore @ 0 1', 'zrevrange @ 0 1', 'zrevrangebyscore @ 1 0', 'zscore @ a'],
  ...['xadd @ * a b', 'xtrim @ MAXLEN 1', 'pexpire @ 1000', 'del @'],
];

/** The names of the commands that are tried in the script. */
export const NEEDED: readonly string[] = ['set', ...COMMANDS].map(
  (form) => `${form.split(' ')[0]}`,
);

/** All commands that a user must be allowed to run: those in the script and those around it. */
const ALL: readonly string[] = [
  ...['info', 'eval', 'evalsha', 'multi', 'exec', 'bzpopmin', 'publish', 'subscribe'],
  ...NEEDED,
];

/** Writes first: that fails where Redis is full, or where only a master may write. */
const SCRIPT = `
local denied = {}
local function try(command)
  local reply = redis.pcall(unpack(command))
  local said = type(reply) == 'table' and reply.err or ''
  if string.find(said, 'NOPERM') or string.find(said, "can't run") or string.find(said, 'nknown') then
    table.insert(denied, command[1])
    return nil
  end
  return said ~= '' and reply or nil
end
local refusal = try({'set', KEYS[1], '1', 'px', '60000'})
if refusal then return refusal end
for _, form in ipairs(ARGV) do
  local command = {}
  for word in string.gmatch(form, '%S+') do
    table.insert(command, word == '@' and KEYS[1] or word)
  end
  try(command)
end
return denied`;

/** Digest of a script that does not exist. */
const NO_DIGEST = '0'.repeat(40);

interface Refused {
  /** The rights that its user lacks, as far as they are known. */
  readonly rights: readonly string[];
  /** Whether the script was run; otherwise the rights to its commands are unknown. */
  readonly isKnown: boolean;
  /** What else is wrong with it. */
  readonly problem: RedisProblem | undefined;
}

/**
 * Checks whether a Redis can do what the program and BullMQ need. It changes only one key of ours, and
 * deletes it at the end.
 *
 * @param shown where the Redis is, without a password
 * @returns what is wrong with it; undefined when it is fit
 * @throws any other error, such as that of a lost connection
 */
export async function findRefusal(redis: Redis, shown: string): Promise<RedisProblem | undefined> {
  const refused = await checkCommands(redis);
  if (refused.problem !== undefined || refused.rights.length === 0) return refused.problem;
  return { kind: 'denied', problem: lacking(redis, shown, refused.rights, restOf(refused)) };
}

/**
 * Makes sure that a Redis is fit for the program, before anything is stored in it.
 *
 * @param shown where the Redis is, without a password
 * @param channel on which processes report to each other that a request has ended. From version 7 on
 * a user may use only the channels that were granted (`acl-pubsub-default resetchannels`); without
 * channels, every process would notice only when a request's lifetime is over.
 * @throws Problem that says what is wrong with it and what to do, with all missing rights
 */
export async function requireFit(redis: Redis, shown: string, channel: string): Promise<void> {
  const { rights, isKnown, problem } = await checkCommands(redis);
  if (problem !== undefined) throw problem.problem;
  const lacks = [...rights, ...(await checkChannel(redis, channel))];
  if (lacks.length > 0) throw lacking(redis, shown, lacks, restOf({ isKnown }));
}

/** @returns the commands that may be refused as well */
const restOf = ({ isKnown }: Pick<Refused, 'isKnown'>) => (isKnown ? [] : ALL);

async function checkCommands(redis: Redis): Promise<Refused> {
  // The command with which BullMQ waits for jobs does not wait in a transaction.
  const transaction = redis.multi().bzpopmin(KEY, 1).exec();
  const replies = await Promise.allSettled([
    redis.call('INFO', 'cluster'),
    redis.evalsha(NO_DIGEST, 0),
    transaction,
    redis.eval(SCRIPT, 1, KEY, ...COMMANDS),
    // Shows the rights to the keys even where both EVAL and BZPOPMIN are denied.
    redis.exists(KEY),
  ]);
  const errors = replies.flatMap((reply) =>
    reply.status === 'rejected' ? causesOf(reply.reason) : [],
  );
  const lost = errors.find((error) => !(error instanceof ReplyError));
  if (lost !== undefined) throw lost;
  const [info, , , denied] = replies.map((reply) =>
    reply.status === 'fulfilled' ? reply.value : undefined,
  );
  const isKnown = Array.isArray(denied);
  if (/^cluster_enabled:1/m.test(String(info))) {
    return { rights: [], isKnown, problem: clusterProblem('cluster_enabled:1') };
  }
  const rights = [
    ...errors.flatMap(({ message }) => rightFrom(message)),
    ...(isKnown ? denied.map((name) => `+${name}`) : []),
  ];
  if (rights.length > 0) return { rights, isKnown, problem: undefined };
  const others = errors.filter(({ message }) => !/^NOSCRIPT\b/.test(message));
  const problem = others.map(explainRefusal).find((found) => found !== undefined);
  if (problem === undefined && others.length > 0) throw others[0];
  return { rights, isKnown, problem };
}

async function checkChannel(redis: Redis, channel: string): Promise<string[]> {
  const subscriber = redis.duplicate();
  subscriber.on('error', () => {});
  try {
    const replies = await Promise.allSettled([
      redis.publish(channel, ''),
      subscriber.subscribe(channel),
    ]);
    return replies.flatMap((reply) => {
      if (reply.status === 'fulfilled') return [];
      const { reason } = reply;
      if (!(reason instanceof Error && DENIED.test(reason.message))) throw reason;
      return /channel/.test(reason.message) ? [CHANNELS] : rightFrom(reason.message);
    });
  } finally {
    subscriber.disconnect();
  }
}

/** The refused end of a transaction says only that something before it was refused. */
function causesOf(error: Error): Error[] {
  const causes = 'previousErrors' in error ? error.previousErrors : undefined;
  if (!Array.isArray(causes) || causes.length === 0) return [error];
  return [...causes, error].filter(({ message }) => !/previous errors|without MULTI/.test(message));
}
