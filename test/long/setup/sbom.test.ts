import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { z } from 'zod';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

const Bill = z.object({
  bomFormat: z.literal('CycloneDX'),
  specVersion: z.string(),
  metadata: z.looseObject({
    component: z.looseObject({ type: z.string(), name: z.string(), version: z.string() }),
  }),
  components: z.array(
    z.looseObject({
      'bom-ref': z.string(),
      type: z.literal('library'),
      name: z.string(),
      version: z.string(),
      scope: z.literal('required'),
      purl: z.string().startsWith('pkg:npm/'),
      hashes: z.array(z.object({ alg: z.string(), content: z.string() })).min(1),
      licenses: z.array(z.unknown()).min(1),
    }),
  ),
  dependencies: z.array(z.object({ ref: z.string(), dependsOn: z.array(z.string()) })),
});

test('the bill of materials lists each bundled package once, with its digest and license', () => {
  // The program is built by the global setup.
  const reported = execFileSync('npm', ['run', '-s', 'sbom'], { cwd: ROOT, encoding: 'utf8' });
  const [, path = ''] = /^(\S+): \d+ packages$/m.exec(reported) ?? [];
  const bill = Bill.parse(JSON.parse(readFileSync(`${ROOT}${path}`, 'utf8')));
  const manifest = JSON.parse(readFileSync(`${ROOT}package.json`, 'utf8'));
  expect(bill.metadata.component).toMatchObject({
    ...{ type: 'application', name: manifest.name, version: manifest.version },
  });

  const held = bill.components.map(({ name, version }) => `${name} - ${version}`);
  const licenses = readFileSync(`${ROOT}dist/licenses.md`, 'utf8');
  const listed = [...licenses.matchAll(/^## (\S+ - \d\S*)/gm)].map(([, found]) => found);
  expect(held.length).toBeGreaterThan(100);
  expect(held.toSorted()).toEqual([...new Set(listed)].toSorted());

  const refs = new Set(bill.components.map((component) => component['bom-ref']));
  expect(refs.size).toBe(held.length);
  for (const { dependsOn } of bill.dependencies) {
    expect(dependsOn.filter((ref) => !refs.has(ref))).toEqual([]);
  }
});
