import { readAuthorities } from '../../config/authorities.ts';
import { Problem } from '../../domain/errors/problem.ts';
import { finding, type SetUpFinding } from '../../messages/findings.ts';

/**
 * Names the file with additional authorities that is in effect.
 *
 * @param ofEnvironment the file that Node.js read when it started; it takes precedence
 * @param own the file that the program reads itself
 */
export function checkAuthorities(
  ofEnvironment: string | undefined,
  own: string | undefined,
): SetUpFinding {
  const file = ofEnvironment ?? own;
  if (file === undefined) return finding('authorities_none', {});
  // Node.js ignores a file without certificates; the program does not start with one.
  if (!hasCertificates(file)) return finding('authorities_ignored', { file });
  if (own === undefined || own === file) return finding('authorities_used', { file });
  return finding('authorities_overridden', { file, other: own });
}

function hasCertificates(file: string): boolean {
  try {
    return readAuthorities(file).length > 0;
  } catch (error) {
    if (error instanceof Problem) return false;
    throw error;
  }
}
