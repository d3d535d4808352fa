import type { FastifyReply, FastifyRequest } from 'fastify';

/** The texts of a page in one language; text between backquotes is shown as code. */
export interface PageWords {
  readonly title: string;
  readonly text: string;
}

/** Styles like those of the login page; too small for a separate file. */
const STYLE = `:root { color-scheme: light dark; --body: #fbfbfa; --text: #1d2125; --surface: #fff; --line: #e4e6e8;
  --shade: #f1f3f4; --button: #1864ab; --pressed: #134f88; --accent: #1864ab;
  font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Helvetica Neue", Arial, sans-serif }
@media (prefers-color-scheme: dark) { :root { --body: #16181b; --text: #e3e6e9; --surface: #1e2125; --line: #31363c;
  --shade: #272b30; --button: #1c6cb8; --pressed: #1864ab; --accent: #74b5f0 } }
body { margin: 0; padding: 12vh 16px 48px; background: var(--body); color: var(--text) }
main { box-sizing: border-box; display: grid; gap: 16px; max-width: 420px; margin: 0 auto; padding: 28px;
  background: var(--surface); border: 1px solid var(--line); border-radius: 10px }
h1, p { margin: 0 }
h1 { font-size: 24px; line-height: 1.3 }
button { width: 100%; padding: 8px 18px; border: 0; border-radius: 6px; background: var(--button); color: #fff;
  font: inherit; font-weight: 600; cursor: pointer }
button:hover { background: var(--pressed) }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px }
code { display: inline-block; max-width: 100%; box-sizing: border-box; overflow-x: auto; vertical-align: bottom;
  padding: 0 5px; border-radius: 4px; background: var(--shade); font-size: 13px; white-space: nowrap }`;

/**
 * @param words without characters that need escaping
 * @param form HTML below the text. @default none
 * @returns a page without scripts, in the language of the browser
 */
export function messagePage(
  words: Readonly<Record<'en' | 'ru', PageWords>>,
  { headers }: Pick<FastifyRequest, 'headers'>,
  { cspNonce }: Pick<FastifyReply, 'cspNonce'>,
  form = '',
): string {
  const language = languageOf(headers['accept-language']);
  const { title, text } = words[language];
  return `<!doctype html>
<html lang="${language}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="robots" content="noindex"><title>${title}</title><style nonce="${cspNonce.style}">${STYLE}</style></head>
<body><main><h1>${title}</h1><p>${text.replace(/`([^`]+)`/g, '<code>$1</code>')}</p>${form}</main></body>
</html>
`;
}

/**
 * @param header the browser's `Accept-Language`
 * @returns Russian when the header prefers it to English, else English
 * @example languageOf('de, ru;q=0.8, en;q=0.5') // 'ru'
 */
export function languageOf(header: string | undefined): 'en' | 'ru' {
  const weights = { en: 0, ru: 0 };
  for (const item of (header ?? '').split(',')) {
    const [range = '', weight = 'q=1'] = item.split(';').map((part) => part.trim().toLowerCase());
    const [language] = range.split('-');
    if (language !== 'en' && language !== 'ru') continue;
    weights[language] = Math.max(weights[language], Number(weight.slice(2)) || 0);
  }
  return weights.ru > weights.en ? 'ru' : 'en';
}
