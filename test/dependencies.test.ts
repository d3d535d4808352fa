import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { z } from 'zod';

const Package = z.looseObject({
  version: z.string(),
  dev: z.boolean().default(false),
  integrity: z.string().optional(),
  resolved: z.string().optional(),
});
const lock = z
  .object({ packages: z.record(z.string(), Package) })
  .parse(JSON.parse(readFileSync(new URL('../package-lock.json', import.meta.url), 'utf8')));
const installed = Object.entries(lock.packages)
  .filter(([path]) => path !== '')
  .map(([path, found]) => ({ ...found, path, name: path.split('node_modules/').at(-1) ?? '' }));

test('the installed program needs no package: npm ci --omit=dev installs none', () => {
  expect(installed.length).toBeGreaterThan(300);
  expect(installed.filter(({ dev }) => !dev)).toEqual([]);
});

test('each package has its digest in the lock file, and can come from any registry', () => {
  const loose = installed.filter(
    ({ integrity, resolved }) => !integrity?.startsWith('sha512-') || resolved !== undefined,
  );
  expect(loose).toEqual([]);
});

test('each package of OpenTelemetry is installed once', () => {
  const traced = installed.filter(({ name }) => name.startsWith('@opentelemetry/'));
  expect(traced.length).toBeGreaterThan(5);
  expect(traced.map(({ path }) => path)).toEqual(
    [...new Set(traced.map(({ name }) => name))].map((name) => `node_modules/${name}`),
  );
});
