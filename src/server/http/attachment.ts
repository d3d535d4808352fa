/**
 * @param ending without the dot
 * @returns the header `content-disposition` for a file: its name in any alphabet, and an ASCII name for
 * clients that support no other
 */
export function attachment(words: readonly (string | number)[], ending: string): string {
  const name = `${words.join('-')}.${ending}`.replace(/\p{Cc}/gu, '').toWellFormed();
  const plain = name.replace(/[^\w.-]/g, '_');
  const encoded = encodeURIComponent(name).replace(/['()*]/g, (sign) => `%${hex(sign)}`);
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`;
}

const hex = (sign: string): string => sign.charCodeAt(0).toString(16).toUpperCase();
