import { defineConfig } from 'vite';
import { programAssets } from './scripts/program-assets.ts';

/** Builds the program with its dependencies into files in dist/ that Node can run. */
export default defineConfig({
  publicDir: false,
  plugins: [programAssets()],
  // Optional dependencies of packages that work without them.
  ssr: {
    noExternal: true,
    external: ['@napi-rs/nice', 'msgpackr-extract', 'pg-native', 'supports-color'],
  },
  // Packages in CommonJS find files beside themselves.
  define: { __dirname: 'import.meta.dirname' },
  build: {
    ssr: true,
    // The built page is in the same folder.
    emptyOutDir: false,
    target: 'node24',
    // Keeps stack traces readable.
    minify: false,
    license: { fileName: 'licenses.md' },
    rolldownOptions: {
      input: {
        cli: 'src/cli.ts',
        'ingest-worker': 'src/ingest/worker/ingest-worker.ts',
        // Piscina starts it by its place beside itself.
        worker: 'node_modules/piscina/dist/worker.js',
      },
      output: {
        entryFileNames: '[name].js',
        chunkFileNames: '[name].js',
        comments: { jsdoc: false, annotation: false },
      },
      // The package of the queue page uses eval to find its files; src/platform/assets.ts names them instead.
      onLog(level, log, handle) {
        if (log.code !== 'EVAL') handle(level, log);
      },
    },
  },
});
