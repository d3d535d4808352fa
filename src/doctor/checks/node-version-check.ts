import { finding, type SetUpFinding } from '../../messages/findings.ts';

/** The oldest Node.js that has all that the program uses, as package.json says. */
const NEEDED = [24, 5] as const;

/** @param version as `process.versions.node` */
export function checkNodeVersion(version: string): SetUpFinding {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const fits = major > NEEDED[0] || (major === NEEDED[0] && minor >= NEEDED[1]);
  if (fits) return finding('node_fits', { version });
  return finding('node_too_old', { version, needed: NEEDED.join('.') });
}
