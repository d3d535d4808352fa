/** A command that a document or a message has people type. */
export interface TypedCommand {
  readonly text: string;
  /** `any`: in bash, zsh, PowerShell and cmd. `posix`: a block that is said to be for bash and zsh. */
  readonly shell: 'any' | 'posix';
}

const BLOCK = /^ *```(\w*)\n([\s\S]*?)^ *```$/gm;
const SHELLS: Readonly<Record<string, TypedCommand['shell']>> = {
  ...{ sh: 'any', shell: 'any', console: 'any', powershell: 'any', cmd: 'any' },
  ...{ bash: 'posix', zsh: 'posix' },
};
/** What begins a command, also after settings of the shell; of the program itself only with a command of it. */
const BEGINS =
  /^(?:[A-Z_]+=\S* )*(?:(?:npm|npx|node|git|docker|curl|openssl|sh|cp|cat|mkdir|chmod|sudo) \S|bulk-invite [a-z-])/;

/** @returns the commands in a page of Markdown: the lines of its blocks for shells, and those in its text */
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
 * What some shell reads as something else: `#` begins no comment in an interactive zsh; `!` is history in bash
 * and zsh, within double quotes as well; single quotes are letters in cmd; `%` and `^` are its own; `$` and
 * backticks are PowerShell's too; an older PowerShell has no `&&`; a file that it redirects into is in UTF-16;
 * each continues a line in another way.
 */
const NOT_EVERYWHERE = /[#!'%^$~`\\&|;<>*]|^[A-Z_]+=|^(?:cp|cat|mkdir|chmod|sudo|sh) /;
const NOT_IN_BASH_AND_ZSH = /(?:^|\s)#|"[^"]*![^"]*"|\\$/;

/** @returns what keeps a command from being pasted; undefined when it can be */
export function faultOf({ text, shell }: TypedCommand): string | undefined {
  const found = (shell === 'any' ? NOT_EVERYWHERE : NOT_IN_BASH_AND_ZSH).exec(text);
  return found === null ? undefined : `${found[0]} in ${text}`;
}
