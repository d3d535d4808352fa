import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const read = (path: string) => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');

describe('Dockerfile', () => {
  const text = read('Dockerfile').replaceAll('\\\n', ' ');
  const stages = text.split(/^FROM /m).slice(1);
  const last = stages.at(-1) ?? '';
  const lines = (name: string) =>
    text.split('\n').filter((line) => line.startsWith(`${name} `) && !line.includes('--from='));

  test('ends with a separate stage that runs as an unprivileged user and has a health check', () => {
    expect(stages.map((stage) => stage.split(/\s/)[0])).toEqual(Array(2).fill('node:24-slim'));
    expect(last).toMatch(/^USER node$/m);
    expect(last).toMatch(/^HEALTHCHECK .*\/healthz/m);
    expect(last).not.toMatch(/npm|apt-get|curl|node_modules/);
  });

  test('runs no script of a package', () => {
    const installs = text.split('\n').filter((line) => /npm (ci|install)/.test(line));
    expect(installs).toEqual([expect.stringContaining(' --ignore-scripts ')]);
  });

  test('copies existing files that .dockerignore allows', () => {
    const allowed = read('.dockerignore')
      .split('\n')
      .filter((line) => line.startsWith('!'))
      .map((line) => line.slice(1));
    const sources = lines('COPY').flatMap((line) => line.split(' ').slice(1, -1));
    expect(sources).toContain('workers');
    for (const source of sources) {
      expect(allowed).toContain(source);
      expect(existsSync(fileURLToPath(new URL(`../${source}`, import.meta.url)))).toBe(true);
    }
    expect(read('.dockerignore').split('\n')).toContain('*');
  });

  test('starts an existing program', () => {
    const [entry = ''] = lines('ENTRYPOINT');
    expect(entry).toBe('ENTRYPOINT ["node", "/app/dist/cli.js"]');
    expect(lines('CMD')).toEqual(['CMD ["serve"]']);
    // Also by its own name: documents and messages spell commands in this way for the image.
    expect(last).toContain(
      'chmod 755 dist/cli.js && ln -s /app/dist/cli.js /usr/local/bin/bulk-invite',
    );
    expect(read('src/cli.ts')).toMatch(/^#!\/usr\/bin\/env node\n/);
  });
});
