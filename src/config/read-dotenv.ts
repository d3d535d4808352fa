import { Problem } from '../domain/errors/problem.ts';
import { readTextFile } from '../files/text/text-file.ts';
import { isThere } from '../platform/file-exists.ts';
import { parseDotenv } from './parse-dotenv.ts';

/** Values that become weaker or point elsewhere when they are cut, without a visible error. */
const SECRETS = new Set([
  'BITRIX24_WEBHOOK_URL',
  'LEDGER_URL',
  'REDIS_URL',
  'ADMIN_TOKEN',
  'VIEWER_TOKEN',
  'NOTIFY_URL',
  'NOTIFY_SECRET',
]);

/** Values that are still valid when they are cut; a number or a name from a list is validated anyway. */
const TEXTS = new Set(['MESSAGE', 'DATA_DIR', 'HOST']);

export interface Below {
  readonly values: Readonly<Record<string, string | undefined>>;
  /** Warnings for the user about how the values were read. */
  readonly warnings: readonly string[];
}

/**
 * Reads the settings in a `.env`, if the file exists.
 *
 * @param isOverridden whether a setting is set elsewhere, so that its line does not matter
 * @throws Problem that names file, line and setting when the file cannot be read or a value is ambiguous
 */
export function readDotenv(
  path: string,
  names: readonly string[],
  isOverridden: (name: string) => boolean,
): Below {
  const warnings: string[] = [];
  if (path === '' || !isThere(path)) return { values: {}, warnings };
  const known = new Set(names);
  const isOurs = (name: string) => {
    const setting = name.replace(/_FILE$/, '');
    return known.has(setting) && !isOverridden(setting);
  };
  const { values, cut } = parseDotenv(readTextFile(path, path), path, isOurs);
  for (const { name, line } of cut) {
    const what = `${path}, line ${line}: ${name} ends before #`;
    const remedy =
      'Put quotes around the value to keep what follows, or the comment on a line of its own.';
    if (SECRETS.has(name)) throw new Problem(`${what}, which may be a part of it.`, remedy);
    if (TEXTS.has(name)) warnings.push(`${what}, which begins a comment there. ${remedy}`);
  }
  return { values, warnings };
}
