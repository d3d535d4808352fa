import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { programIn } from '../../src/platform/invocation.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'bulk-invite-places-'));
  mkdirSync(join(folder, 'clone/src'), { recursive: true });
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('spells a command so that it works', () => {
  test.each([
    ['a clone', 'clone', 'npm run -s bulk-invite --'],
    ['a folder where the package is installed', 'node_modules/bulk-invite', 'npx bulk-invite'],
    ['the image', 'app', 'bulk-invite'],
  ])('in %s', (_, place, program) => {
    expect(programIn(join(folder, place))).toBe(program);
  });

  test('on Windows', () => {
    expect(programIn('C:\\office\\node_modules\\bulk-invite\\')).toBe('npx bulk-invite');
  });
});
