import { readFileSync } from 'node:fs';

const read: unknown = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));

/** The program's version, as package.json states it. */
export const VERSION: string =
  typeof read === 'object' && read !== null && 'version' in read ? String(read.version) : '0';
