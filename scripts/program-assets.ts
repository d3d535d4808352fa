import { existsSync, globSync, readFileSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Plugin } from 'vite';

const LICENSES = 'licenses.md';
const PAGE_LICENSES = 'dist/page/licenses.txt';

/** Id of an empty module that replaces an unused one. */
const EMPTY = '\0empty';

/** Folder of files that are not modules, so Vite does not bundle them. */
const QUEUE_PAGE = 'node_modules/@bull-board/ui';

/**
 * Vite plugin that completes the built program: adds the files that `src/platform/assets.ts` names, appends the
 * licenses of the page's packages to those of the program, and removes files of earlier builds.
 */
export function programAssets(): Plugin {
  return {
    name: 'program-assets',
    apply: 'build',
    enforce: 'pre',
    resolveId(source, importer = '') {
      // BullMQ loads pg for a queue in Postgres; this queue is in Redis, and loading takes time.
      if (source === 'pg' && importer.includes('/bullmq/')) return { id: source, external: true };
      // prom-client loads it for exemplars, which this program does not use; without tracing it must not be loaded.
      const isUnused = source === '@opentelemetry/api' && importer.includes('/prom-client/');
      return isUnused ? EMPTY : null;
    },
    load: (id) => (id === EMPTY ? 'export {};' : null),
    generateBundle: {
      order: 'post',
      handler(_, bundle) {
        for (const path of globSync('src/**/*.lua')) {
          this.emitFile({ type: 'asset', fileName: basename(path), source: readFileSync(path) });
        }
        for (const path of globSync('dist/**/*.*', { cwd: QUEUE_PAGE })) {
          const source = readFileSync(join(QUEUE_PAGE, path));
          this.emitFile({ type: 'asset', fileName: `queue-page/${path}`, source });
        }
        const licenses = bundle[LICENSES];
        if (licenses?.type !== 'asset') throw new Error(`Vite did not write ${LICENSES}.`);
        licenses.source = `${licenses.source}${licensesOfPages()}`;
      },
    },
    writeBundle({ dir = '' }, bundle) {
      for (const path of globSync('**/*.*', { cwd: dir, exclude: ['page'] })) {
        if (!(path in bundle)) rmSync(join(dir, path));
      }
    },
  };
}

/** @returns the licenses of the packages of the page and of the queue page */
function licensesOfPages(): string {
  const { name, version, license } = JSON.parse(
    readFileSync(join(QUEUE_PAGE, 'package.json'), 'utf8'),
  );
  const queuePage = `\n## ${name} - ${version} (${license})\n\nThe licenses of its own packages are in queue-page.\n`;
  if (!existsSync(PAGE_LICENSES)) return queuePage;
  const text = readFileSync(PAGE_LICENSES, 'utf8');
  return queuePage + text.slice(text.indexOf('\n## '));
}
