import { defineConfig } from 'vite';
import { programAssets } from './scripts/program-assets.ts';

/** The program with its dependencies, as files of dist/ that Node runs as they are. */
export default defineConfig({
  publicDir: false,
  plugins: [programAssets()],
  // Optional packages of packages, which work without them.
  ssr: {
    noExternal: true,
    external: ['@napi-rs/nice', 'msgpackr-extract', 'pg-native', 'supports-color'],
  },
  // Packages in CommonJS find files beside themselves.
  define: { __dirname: 'import.meta.dirname' },
  build: {
    ssr: true,
    // The page stands there as well.
    emptyOutDir: false,
    target: 'node24',
    // What a stack trace shows should be found again.
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
      // The queue page's package evaluates code to find its own files; src/platform/assets.ts names them instead.
      onLog(level, log, handle) {
        if (log.code !== 'EVAL') handle(level, log);
      },
    },
  },
});
