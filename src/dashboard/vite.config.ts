import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { compressed } from '../../scripts/compress-page.ts';

export default defineConfig({
  // The server makes the addresses of index.html absolute; scripts find their files beside themselves.
  base: './',
  root: fileURLToPath(new URL('.', import.meta.url)),
  plugins: [react(), compressed()],
  build: {
    outDir: fileURLToPath(new URL('../../dist/page', import.meta.url)),
    emptyOutDir: true,
    target: 'es2023',
    // No inline assets: the server's content security policy allows files only.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // As text, which browsers display.
    license: { fileName: 'licenses.txt' },
  },
});
