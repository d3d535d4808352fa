import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { FIND_SERVER } from './redis-child.ts';

/** The installed Redis or Valkey, for use as the private one. */
export interface InstalledServer {
  readonly name: string;
  readonly version: string;
}

/** @returns undefined when neither is installed */
export async function findInstalledServer(): Promise<InstalledServer | undefined> {
  const script = `${FIND_SERVER}; exec "$server" --version`;
  const printed = await promisify(execFile)('/bin/sh', ['-c', script]).catch(() => undefined);
  const [, name, version] = /^(\w+) server v=(\S+)/m.exec(printed?.stdout ?? '') ?? [];
  return name === undefined || version === undefined ? undefined : { name, version };
}
