import { expect } from 'vitest';
import { PASSWORD } from '../support/postgres/postgres-server.ts';
import type { Ended } from '../support/program.ts';

/** Checks that the output of a program does not contain its password for Postgres. */
export function expectNoPassword({ stdout, stderr }: Ended): void {
  for (const secret of [PASSWORD, encodeURIComponent(PASSWORD)]) {
    expect(stdout + stderr).not.toContain(secret);
  }
}
