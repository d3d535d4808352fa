/** A command in a document or a message that a user is to type. */
export interface TypedCommand {
  readonly text: string;
  /** `any`: bash, zsh, PowerShell and cmd. `posix`: a block that is marked for bash or zsh. */
  readonly shell: 'any' | 'posix';
}

const BLOCK = /^ *```(\w*)\n([\s\S]*?)^ *```$/gm;
const SHELLS: Readonly<Record<string, TypedCommand['shell']>> = {
  ...{ sh: 'any', shell: 'any', console: 'any', powershell: 'any', cmd: 'any' },
  ...{ bash: 'posix', zsh: 'posix' },
};
/** Start of a command, optionally after variable assignments; `bulk-invite` only with one of its commands. */
const BEGINS =
  /^(?:[A-Z_]+=\S* )*(?:(?:npm|npx|node|git|docker|curl|openssl|sh|cp|cat|mkdir|chmod|sudo) \S|bulk-invite [a-z-])/;

/** @returns the commands in a Markdown page: the lines of its shell blocks and the inline commands */
export function commandsInMarkdown(page: string): TypedCommand[] {
  const blocks = [...page.matchAll(BLOCK)].flatMap(([, language = '', lines = '']) => {
    const shell = SHELLS[language];
    if (shell === undefined) return [];
    return lines.split('\n').flatMap((line) => {
      const text = line.trim();
      return text === '' ? [] : [{ text, shell }];
    });
  });
  const inText = [...page.replace(BLOCK, '').matchAll(/`([^`]+)`/g)]
    .map(([, text = '']) => text.replace(/\s+/g, ' '))
    .filter((text) => BEGINS.test(text));
  return [...blocks, ...inText.map((text): TypedCommand => ({ text, shell: 'any' }))];
}

/**
 * Syntax that differs between shells: `#` starts no comment in an interactive zsh; `!` expands the history
 * in bash and zsh, also within double quotes; single quotes are literal characters in cmd; `%` and `^` are
 * special in cmd; `$` and backticks are special in PowerShell as well; older versions of PowerShell have no
 * `&&` and redirect into UTF-16 files; each shell continues a line in a different way.
 */
const NOT_EVERYWHERE = /[#!'%^$~`\\&|;<>*]|^[A-Z_]+=|^(?:cp|cat|mkdir|chmod|sudo|sh) /;
const NOT_IN_BASH_AND_ZSH = /(?:^|\s)#|"[^"]*![^"]*"|\\$/;

/** @returns the reason why a command cannot be pasted; undefined when it can */
export function faultOf({ text, shell }: TypedCommand): string | undefined {
  const found = (shell === 'any' ? NOT_EVERYWHERE : NOT_IN_BASH_AND_ZSH).exec(text);
  return found === null ? undefined : `${found[0]} in ${text}`;
}
