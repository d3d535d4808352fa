import type { ProblemTable } from '../../problem-templates.ts';

const OTHER_FOLDER = 'or set DATA_DIR to another folder.';
/** `said`: Redis's or the system's own text. */
type Said = { said: string };
type Folder = { folder: string };
/** `pid` is empty where it is not known. */
type Process = Folder & { pid: string };
type Log = Said & { words: string; log: string };

/** What to do about a Redis that refuses commands, or a connection. */
const REMEDIES = {
  more_memory: 'Give it more memory (maxmemory).',
  free_disk: 'Free space on its disk; its log has details.',
  use_master: 'It is a replica: set REDIS_URL to the master, or to its Sentinels.',
  restore_replicas: 'Restore its replicas, or lower its min-replicas-to-write.',
  grant_rights: 'Grant its user the permissions in docs/operating.md.',
  no_cluster:
    'Set REDIS_URL to a Redis that is not a cluster (cluster-enabled no), or to Sentinels.',
  master_name: 'Correct the name after the Sentinels in REDIS_URL (…:26379/mymaster).',
  sentinel_password:
    'Add the Sentinels’ own password to the end of REDIS_URL: ?sentinel_password=…',
  sentinels: 'Correct the Sentinels in REDIS_URL, and check that at least one can be reached.',
  start: 'Start Redis there, or correct REDIS_URL; without it a private Redis is used.',
  host: 'Correct the host name in REDIS_URL.',
  password:
    'Set the right user and password in REDIS_URL (redis://user:password@host:6379, special characters percent-encoded).',
  database: 'Correct the database number at the end of REDIS_URL.',
  scheme: 'Check host and port in REDIS_URL; use rediss:// if this Redis has TLS, else redis://.',
  port: 'The service there is not Redis: correct the port in REDIS_URL.',
  no_tls:
    'Use redis:// if this Redis has no TLS; for your own certificate authority, set NODE_EXTRA_CA_CERTS.',
  certificate_host: 'Use the host name of its certificate in REDIS_URL.',
  untrusted:
    'Its certificate is not signed by an authority that this machine trusts: set NODE_EXTRA_CA_CERTS to the file with your authority’s certificate.',
  unfit: 'Renew its certificate, and check the clock of this machine.',
  restart_private:
    'Restart the program that runs this private Redis, or set REDIS_URL to another one.',
  check_url: 'Check REDIS_URL, and that Redis is running there and can be reached.',
  check: 'Check that Redis is running there and can be reached.',
};
export type RedisRemedy = keyof typeof REMEDIES;
type Refusal = Said & { remedy: RedisRemedy };

/** Of Redis, and of the private one. */
export const redisProblemsEn = {
  redis_away: ({ redis, said, remedy }: Refusal & { redis: string }) => [
    `Cannot connect to Redis at ${redis}: ${said}`,
    REMEDIES[remedy],
  ],
  redis_not_writable: ({ said, remedy }: Refusal) => [
    `Redis accepts no writes (${said}).`,
    REMEDIES[remedy],
  ],
  redis_denied: ({ said, remedy }: Refusal) => [
    `Redis denies its user a required permission (${said}).`,
    REMEDIES[remedy],
  ],
  redis_cluster: ({ said, remedy }: Refusal) => [
    `Redis is a cluster (${said}), which the queue does not support.`,
    REMEDIES[remedy],
  ],
  /** `granted`: what to grant, as arguments of ACL SETUSER. */
  redis_rights: (it: { redis: string; user: string; rights: string; granted: string }) => [
    `The Redis at ${it.redis} denies its user ${it.user} required permissions: ${it.rights}.`,
    `Grant them: ACL SETUSER ${it.user} ${it.granted}`,
  ],
  redis_url: () => [
    'REDIS_URL is not a valid Redis address.',
    'Write it as redis://user:password@host:6379/0, or rediss://… for TLS; percent-encode special characters.',
  ],
  sentinel_url: ({ fault, form }: { fault: string; form: string }) => [
    `REDIS_URL ${fault}.`,
    `Write it as ${form}.`,
  ],
  redis_missing: ({ command }: { command: string }) => [
    'There is no Redis to connect to: no process is running on this DATA_DIR.',
    `Start one first (${command}), or set REDIS_URL for all processes.`,
  ],
  redis_abandoned: ({ folder, pid }: Process) => [
    `An abandoned Redis${pid ? ` (process ${pid})` : ''} is still running in ${folder}.`,
    `Stop it${pid ? ` (kill ${pid})` : ''}, ${OTHER_FOLDER}`,
  ],
  redis_in_use: ({ folder, pid }: Process) => [
    `${folder} is in use by ${pid ? `process ${pid}` : 'another process'}.`,
    `Bulk Invite is running there; if it is \`serve\`, upload the file on its page or through its API.\nOr stop it${pid ? ` (kill ${pid})` : ''}, ${OTHER_FOLDER}`,
  ],
  redis_ended: ({ pid, said, words, log }: Log & { pid: number }) => [
    `The private Redis (process ${pid}) ended unexpectedly: ${said}\n${words}`,
    `Start again; if it ends again, see its log ${log}.`,
  ],
  redis_not_started: ({ folder, said, words, log }: Log & Folder) => [
    `The private Redis in ${folder} did not start: ${said}\n${words}`,
    `Fix the cause in its log ${log}, or set REDIS_URL to a running Redis.`,
  ],
  redis_not_installed: () => [
    'Neither redis-server nor valkey-server is installed.',
    'Install one (Debian, Ubuntu: sudo apt-get install redis-server; macOS: brew install redis), or set REDIS_URL to a running Redis.',
  ],
  redis_on_network_drive: ({ folder, said }: Folder & Said) => [
    `${folder} is on a network drive, or another that supports no sockets and locks (${said}).`,
    'Set DATA_DIR to a folder on a local disk.',
  ],
  redis_disk_full: ({ folder, said }: Folder & Said) => [
    `Cannot keep a Redis in ${folder}: the disk or this user’s quota is full (${said}).`,
    'Free disk space, or set DATA_DIR to a folder on another disk.',
  ],
  redis_folder: ({ folder, said }: Folder & Said) => [
    `Cannot keep a Redis in ${folder}: ${said}`,
    'Make this folder writable, or set DATA_DIR to another one.',
  ],
  socket_path: ({ path, folder }: Folder & { path: string }) => [
    `The path ${path} is too long for a socket, and ${folder} cannot be used instead.`,
    'Set DATA_DIR to a shorter path.',
  ],
} satisfies ProblemTable;
