import { join } from 'node:path';
import type { Config } from '../../config/config.ts';
import type { Problem } from '../../domain/errors/problem.ts';
import { problem } from '../../messages/problems.ts';
import { isThere } from '../../platform/file-exists.ts';
import { typed } from '../../platform/invocation.ts';
import { LoginLinks, loginPath } from '../../server/access/login-links.ts';
import { originAt } from '../../server/http/listen.ts';
import { demoDataDir } from '../services/demo-data.ts';

const TIMEOUT_MS = 5_000;

type Print = (line: string) => void;
type LoginConfig = Pick<Config, 'adminToken' | 'dataDir' | 'host' | 'port' | 'basePath'>;

/**
 * Creates a one-time login link for an administrator on a running server, also on the server of the
 * demo. The previous link becomes invalid.
 *
 * @throws Problem when no running server would accept the link
 */
export async function loginLink(config: LoginConfig, print: Print): Promise<void> {
  const { adminToken, dataDir, host, port, basePath } = config;
  if (adminToken !== undefined) throw tokenRequired();
  if (port === 0) {
    throw problem('link_port_unknown', { command: typed('login-link') });
  }
  const origin = `${originAt(host, port)}${basePath}`;
  for (const folder of [dataDir, demoDataDir(config)]) {
    const link = await linkFor(origin, folder);
    if (link !== undefined) return print(`Log in with this link, which works once:\n  ${link}`);
  }
  throw problem('link_other_server', { origin, folder: dataDir });
}

/**
 * Creates a link and fetches it to check that the server accepts it. The fetch does not use the
 * link up.
 *
 * @returns undefined when the server has another data folder
 * @throws Problem when the server has an ADMIN_TOKEN or does not answer, or the link cannot be
 * stored
 */
async function linkFor(origin: string, dataDir: string): Promise<string | undefined> {
  // Without this file, no server was ever started there, and nothing should be created.
  if (!isThere(join(dataDir, 'session.key'))) return undefined;
  const links = new LoginLinks(dataDir);
  const token = links.create();
  const link = `${origin}${loginPath(token)}`;
  let isTaken = false;
  try {
    const status = await statusOf(link, origin);
    if (status >= 300 && status < 400) throw tokenRequired();
    isTaken = status === 200;
    if (isTaken) links.keepOnly(token);
    return isTaken ? link : undefined;
  } finally {
    if (!isTaken) links.use(token);
  }
}

async function statusOf(link: string, origin: string): Promise<number> {
  try {
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    const answer = await fetch(link, { redirect: 'manual', signal });
    await answer.body?.cancel();
    return answer.status;
  } catch (cause) {
    throw problem('link_no_server', { origin, command: typed('serve') }, { cause });
  }
}

const tokenRequired = (): Problem => problem('link_needs_token', {});
