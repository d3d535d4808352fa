import { globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { parseSync } from 'rolldown/utils';
import { ANYWHERE, FOLDERS, NOT_ANYWHERE, WITHOUT_NODE } from './dependency-rules.ts';

const isIn = (path: string, folder: string): boolean =>
  path === folder || path.startsWith(`${folder}/`);

const nearest = (path: string, folders: readonly string[]): string | undefined =>
  folders.filter((folder) => isIn(path, folder)).toSorted((a, b) => b.length - a.length)[0];

const isNamed = (name: string, patterns: readonly string[]): boolean =>
  patterns.some((pattern) =>
    pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : isIn(name, pattern),
  );

/** @returns the imports of a module, including types */
function importsOf(path: string, text: string): string[] {
  const { module } = parseSync(path, text);
  const literals = module.dynamicImports.map(({ moduleRequest: { start, end } }) =>
    text.slice(start + 1, end - 1),
  );
  return [
    ...module.staticImports.map(({ moduleRequest }) => moduleRequest.value),
    ...module.staticExports.flatMap(({ entries }) =>
      entries.flatMap(({ moduleRequest }) => moduleRequest?.value ?? []),
    ),
    ...literals,
  ];
}

/**
 * @param path path of a module, relative to the package's folder
 * @returns the imports that violate the dependency rules, one sentence each
 */
export function forbiddenImports(path: string, text: string): string[] {
  const folder = nearest(path, Object.keys(FOLDERS));
  if (folder === undefined) return [`${path} is in no folder that the rules know.`];
  const { ours, packages = [] } = FOLDERS[folder] ?? { ours: [] };
  const isForBrowsers = isNamed(folder, WITHOUT_NODE);
  return [...new Set(importsOf(path, text))].flatMap((name) => {
    if (name.startsWith('.')) {
      const target = normalize(join(dirname(path), name));
      const isAllowed = isIn(target, folder) || ours.some((folder) => isIn(target, folder));
      return isAllowed ? [] : [`${path} imports ${target}: ${folder} may not.`];
    }
    const isOwn = isNamed(name, packages);
    const isCommon = isNamed(name, ANYWHERE) && !isNamed(name, NOT_ANYWHERE);
    const needsNode = isForBrowsers && name.startsWith('node:');
    return isOwn || (isCommon && !needsNode)
      ? []
      : [`${path} imports the package ${name}: ${folder} may not.`];
  });
}

if (import.meta.main) {
  const found = globSync('{src,workers}/**/*.{ts,tsx}', { exclude: ['**/vite.config.ts'] }).flatMap(
    (path) => forbiddenImports(path, readFileSync(path, 'utf8')),
  );
  for (const line of found) process.stderr.write(`${line}\n`);
  process.exitCode = found.length === 0 ? 0 : 1;
}
