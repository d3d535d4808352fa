/**
 * Writes a software bill of materials of the built program: npm run sbom
 *
 * All packages are development dependencies, because the build bundles them. npm lists all packages of the
 * lock file; the script keeps those in `dist/licenses.md`.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

interface Bill {
  metadata: { component: { name: string } };
  components: { 'bom-ref': string; name: string; version: string; properties?: unknown[] }[];
  dependencies: { ref: string; dependsOn: string[] }[];
}

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const TARGET = 'dist/sbom.cdx.json';

/** @returns `name@version` of each package in the license list that Vite writes */
function packagesIn(licenses: string): Set<string> {
  const headings = licenses.matchAll(/^## (\S+) - (\d\S*)(?: \(.*\))?$/gm);
  return new Set([...headings].map(([, name, version]) => `${name}@${version}`));
}

/** @returns the bill with only the bundled packages, each once */
function onlyBundled(bill: Bill, bundled: ReadonlySet<string>): Bill {
  const kept = new Map(
    bill.components
      .filter(({ name, version }) => bundled.has(`${name}@${version}`))
      // npm marks development dependencies as optional and adds their paths.
      .map(({ properties, ...component }) => [
        component['bom-ref'],
        { ...component, scope: 'required' },
      ]),
  );
  const [root] = bill.dependencies;
  const dependencies = new Map(
    bill.dependencies
      .filter(({ ref }) => kept.has(ref) || ref === root?.ref)
      .map(({ ref, dependsOn }) => [
        ref,
        { ref, dependsOn: dependsOn.filter((on) => kept.has(on)) },
      ]),
  );
  return { ...bill, components: [...kept.values()], dependencies: [...dependencies.values()] };
}

const argv = ['sbom', '--sbom-format=cyclonedx', '--sbom-type=application', '--package-lock-only'];
const whole: Bill = JSON.parse(
  execFileSync('npm', argv, { cwd: ROOT, encoding: 'utf8', maxBuffer: 64 * 1_024 * 1_024 }),
);
// npm uses the folder name.
whole.metadata.component.name = JSON.parse(readFileSync(`${ROOT}package.json`, 'utf8')).name;
const bill = onlyBundled(whole, packagesIn(readFileSync(`${ROOT}dist/licenses.md`, 'utf8')));
writeFileSync(`${ROOT}${TARGET}`, `${JSON.stringify(bill, null, 2)}\n`);
process.stdout.write(`${TARGET}: ${bill.components.length} packages\n`);
