import { existsSync, globSync, readFileSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Plugin } from 'vite';

const LICENSES = 'licenses.md';
const PAGE_LICENSES = 'dist/page/licenses.txt';

/** A module in the place of one that is never used. */
const NOTHING = '\0nothing';

/** Files, not modules: Vite does not see them. */
const QUEUE_PAGE = 'node_modules/@bull-board/ui';

/**
 * Completes the built program: puts the files beside it that `src/platform/assets.ts` names, adds the licenses of the
 * page's packages to those of the program's, and removes what an earlier build has left.
 */
export function programAssets(): Plugin {
  return {
    name: 'program-assets',
    apply: 'build',
    enforce: 'pre',
    resolveId(source, importer = '') {
      // BullMQ loads pg when its queue is in Postgres; ours is in Redis, and loading takes time.
      if (source === 'pg' && importer.includes('/bullmq/')) return { id: source, external: true };
      // For figures that name a trace, which ours do not; who does not trace shall not load it.
      const isUnused = source === '@opentelemetry/api' && importer.includes('/prom-client/');
      return isUnused ? NOTHING : null;
    },
    load: (id) => (id === NOTHING ? 'export {};' : null),
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

/** @returns the licenses of the packages in the page and in the queue page, one after the other */
function licensesOfPages(): string {
  const { name, version, license } = JSON.parse(
    readFileSync(join(QUEUE_PAGE, 'package.json'), 'utf8'),
  );
  const queuePage = `\n## ${name} - ${version} (${license})\n\nThe licenses of its own packages are in queue-page.\n`;
  if (!existsSync(PAGE_LICENSES)) return queuePage;
  const text = readFileSync(PAGE_LICENSES, 'utf8');
  return queuePage + text.slice(text.indexOf('\n## '));
}
