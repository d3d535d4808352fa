export const ENCODINGS = [
  'utf-8',
  'utf-16le',
  'utf-16be',
  'windows-1251',
  'windows-1252',
  'windows-1250',
  'koi8-r',
  'ibm866',
  'x-mac-cyrillic',
] as const;
export type Encoding = (typeof ENCODINGS)[number];

/** @returns the encoding by the byte order mark, if there is one */
export function markedEncoding(start: Uint8Array): Encoding | undefined {
  const [first, second, third] = start;
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8';
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  return undefined;
}

/** @returns the encoding for a user's input, in the usual spellings (`CP1251`, `latin1`, …) */
export const parseEncoding = (text: string): Encoding | undefined =>
  SPELLINGS.get(text.toLowerCase().replace(/[\s_-]/g, ''));

/** Without blanks, hyphens and underscores. */
const SPELLINGS: ReadonlyMap<string, Encoding> = new Map([
  ...spelt('utf-8', 'utf8', 'utf8bom', 'utf8sig'),
  ...spelt('utf-16le', 'utf16', 'utf16le', 'ucs2', 'ucs2le'),
  ...spelt('utf-16be', 'utf16be', 'ucs2be'),
  ...spelt('windows-1251', 'windows1251', 'win1251', 'cp1251', 'xcp1251', '1251'),
  ...spelt('windows-1252', 'windows1252', 'win1252', 'cp1252', 'xcp1252', '1252'),
  ...spelt('windows-1252', 'latin1', 'iso88591'),
  ...spelt('windows-1250', 'windows1250', 'win1250', 'cp1250', 'xcp1250', '1250'),
  ...spelt('koi8-r', 'koi8r', 'koi8', 'koi', 'cskoi8r'),
  ...spelt('ibm866', 'ibm866', 'cp866', 'dos866', '866', 'csibm866'),
  ...spelt('x-mac-cyrillic', 'xmaccyrillic', 'maccyrillic', 'maccyr', 'macintoshcyrillic'),
]);

function spelt(encoding: Encoding, ...spellings: string[]): [string, Encoding][] {
  return spellings.map((spelling) => [spelling, encoding]);
}
