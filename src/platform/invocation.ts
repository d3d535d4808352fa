import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { PACKAGE } from './assets.ts';

/**
 * Tells what a person types to start the program of a package's folder.
 *
 * @example programIn('/opt/office/node_modules/bulk-invite') // 'npx bulk-invite'
 */
export function programIn(folder: string): string {
  // A clone: the package has no sources.
  if (existsSync(join(folder, 'src'))) return 'npm run -s bulk-invite --';
  // Elsewhere, as in the image, it is on the PATH.
  return /[\\/]node_modules[\\/]/.test(folder) ? 'npx bulk-invite' : 'bulk-invite';
}

/** What a person types to start this program. */
export const PROGRAM = programIn(PACKAGE);

/**
 * Spells a command for a message, so that it can be copied and works where the program lies.
 *
 * @example typed('imports') // 'npx bulk-invite imports'
 */
export const typed = (command: string): string => `${PROGRAM} ${command}`;
