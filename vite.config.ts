import { defineConfig } from 'vite';
import { programAssets } from './scripts/program-assets.ts';

/** The program with its dependencies, as files of dist/ that Node runs as they are. */
export default defineConfig({
  publicDir: false,
  plugins: [programAssets()],
  // Packages that others load when they are there; without them they do the same in another way.
  ssr: { noExternal: true, external: ['msgpackr-extract', 'pg-native', 'supports-color'] },
  build: {
    ssr: true,
    // The page stands there as well.
    emptyOutDir: false,
    target: 'node24',
    // What a stack trace shows should be found again.
    minify: false,
    license: { fileName: 'licenses.md' },
    rolldownOptions: {
      input: { cli: 'src/cli.ts', 'reader-thread': 'src/server/intake/reader-thread.ts' },
      output: {
        entryFileNames: '[name].js',
        chunkFileNames: '[name].js',
        comments: { jsdoc: false, annotation: false },
      },
      // Of a package that finds its files by it where nobody names them; src/assets.ts does.
      onLog(level, log, handle) {
        if (log.code !== 'EVAL') handle(level, log);
      },
    },
  },
});
