import { readTextFile } from '../files/text/text-file.ts';
import { problem } from '../messages/problems.ts';
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
  'HTTPS_PROXY',
  'HTTP_PROXY',
]);

/** Values that are still valid when they are cut; a number or a name from a list is validated anyway. */
const TEXTS = new Set(['MESSAGE', 'DATA_DIR', 'HOST']);

export interface Below {
  readonly values: Readonly<Record<string, string | undefined>>;
  /** Warnings for the user about how the values were read. */
  readonly warnings: readonly string[];
}

/** @throws Problem that names file, line and setting when the file cannot be read or a value is ambiguous */
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
    if (SECRETS.has(name.toUpperCase())) throw problem('secret_cut', { path, line, name });
    if (TEXTS.has(name)) {
      const { message, remedy } = problem('text_cut', { path, line, name });
      warnings.push(`${message} ${remedy}`);
    }
  }
  return { values, warnings };
}
