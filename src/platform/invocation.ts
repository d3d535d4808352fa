import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { PACKAGE } from './assets.ts';

/**
 * @param folder the package's folder
 * @returns what a user types to start the program in that folder
 *
 * @example programIn('/opt/office/node_modules/bulk-invite') // 'npx bulk-invite'
 */
export function programIn(folder: string): string {
  // A clone: the published package has no sources.
  if (existsSync(join(folder, 'src'))) return 'npm run -s bulk-invite --';
  // Elsewhere, for example in the image, it is on the PATH.
  return /[\\/]node_modules[\\/]/.test(folder) ? 'npx bulk-invite' : 'bulk-invite';
}

/** What a user types to start this program. */
export const PROGRAM = programIn(PACKAGE);

/**
 * @returns a command for a message, in a form that can be copied and works for this installation
 *
 * @example typed('imports') // 'npx bulk-invite imports'
 */
export const typed = (command: string): string => `${PROGRAM} ${command}`;
