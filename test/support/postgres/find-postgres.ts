import { existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Folders of packages that do not add the server's programs to the PATH. */
const HOMES: readonly (readonly [folder: string, versions: RegExp])[] = [
  ['/usr/lib/postgresql', /^\d+$/],
  ['/opt/homebrew/opt', /^postgresql/],
  ['/usr/local/opt', /^postgresql/],
];

/** @returns the folder with `initdb` and `postgres`, undefined when they are not installed */
export function findPostgres(): string | undefined {
  const packaged = HOMES.flatMap(([folder, versions]) =>
    existsSync(folder)
      ? readdirSync(folder)
          .filter((name) => versions.test(name))
          .toSorted((one, other) => other.localeCompare(one, 'en', { numeric: true }))
          .map((name) => join(folder, name, 'bin'))
      : [],
  );
  return [...(process.env.PATH ?? '').split(delimiter), ...packaged].find((folder) =>
    ['initdb', 'postgres'].every((program) => existsSync(join(folder, program))),
  );
}
