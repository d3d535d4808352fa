import { readFileSync } from 'node:fs';
import { MANIFEST } from './assets.ts';

const read: unknown = JSON.parse(readFileSync(MANIFEST, 'utf8'));

/** The program's version, as package.json states it. */
export const VERSION: string =
  typeof read === 'object' && read !== null && 'version' in read ? String(read.version) : '0';
