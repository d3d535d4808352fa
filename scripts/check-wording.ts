import { globSync, readFileSync } from 'node:fs';
import { parseSync } from 'rolldown/utils';
import { AVOIDED, MAX_WORDS } from './wording.ts';

/** Documents in English, and the texts of the program and its page. */
const DOCUMENTS = ['*.md', 'docs/*.md'];
const NOT_ENGLISH = ['*.ru.md'];
const CATALOGUES = [...['src/messages/*.ts', 'src/messages/en/*.ts', 'src/dashboard/i18n/en/*.ts']];

/** A piece of prose, and the line of its file at which it begins, from 1. */
interface Prose {
  readonly line: number;
  readonly text: string;
}

const CODE_BLOCK = /^ *```[\s\S]*?^ *```$/gm;
/** What keeps its length in lines, but is no prose: code, addresses of links, comments of HTML. */
const NO_PROSE = /(`+)(?!`)[\s\S]*?(?<!`)\1(?!`)|\]\([^)\s]*\)|https?:\S+|<!--[\s\S]*?-->/g;
/** Paragraphs, items of a list, rows of a table and headings end where the next begins. */
const BREAK = /\n\s*\n|\n(?= *(?:[-*] |\d+\. |\||#))|(?<= )\|/;

const blankLines = (text: string): string => text.replace(/[^\n]+/g, '');
const lineBreaksIn = (text: string): number => text.split('\n').length - 1;

/** @returns the prose of a page of Markdown, paragraph by paragraph, cell by cell */
export function proseOfMarkdown(page: string): Prose[] {
  const prose = page
    .replace(CODE_BLOCK, blankLines)
    .replace(NO_PROSE, (code) => `…${blankLines(code)}`);
  const found: Prose[] = [];
  let line = 1;
  let rest = prose;
  while (rest !== '') {
    const end = BREAK.exec(rest);
    const text = end === null ? rest : rest.slice(0, end.index);
    const length = end === null ? rest.length : end.index + end[0].length;
    const before = lineBreaksIn(/^\s*/.exec(text)?.[0] ?? '');
    const inner = text.trim().replace(/^\|/, '').trim();
    if (inner !== '') found.push({ line: line + before, text: inner });
    line += lineBreaksIn(rest.slice(0, length));
    rest = rest.slice(length);
  }
  return found;
}

type Node = Readonly<Record<string, unknown>>;

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null;

/** @returns the texts of a node: string literals and the fixed parts of templates, not what it imports */
function literalsIn(node: Node): { at: number; text: string }[] {
  const { type, value, start } = node;
  if (String(type).startsWith('Import') || String(type).startsWith('TS')) {
    return type === 'TSAsExpression' || type === 'TSSatisfiesExpression'
      ? Object.values(node).filter(isNode).flatMap(literalsIn)
      : [];
  }
  const at = Number(start);
  if (type === 'Literal') return typeof value === 'string' ? [{ at, text: value }] : [];
  if (type === 'TemplateElement' && isNode(value)) return [{ at, text: String(value.cooked) }];
  return Object.values(node).filter(isNode).flatMap(literalsIn);
}

/** @returns the texts of a module of texts */
export function proseOfModule(path: string, code: string): Prose[] {
  const { program } = parseSync(path, code);
  return literalsIn(program as unknown as Node).map(({ at, text }) => ({
    line: lineBreaksIn(code.slice(0, at)) + 1,
    text,
  }));
}

/** @returns what is wrong with the wording of a text */
export function faultsOf(text: string): string[] {
  const plain = text.replace(/\s+/g, ' ');
  const avoided = AVOIDED.flatMap(({ words, instead }) => {
    const [found] = new RegExp(words, 'i').exec(plain) ?? [];
    return found === undefined ? [] : [`“${found}”: write ${instead}`];
  });
  const long = plain
    .split(/(?<=[.!?:]) /)
    .map((sentence) => sentence.split(' ').length)
    .filter((words) => words > MAX_WORDS);
  return [...avoided, ...long.map((words) => `a sentence of ${words} words: make it two`)];
}

if (import.meta.main) {
  const read = (path: string) => readFileSync(path, 'utf8');
  const pages = globSync(DOCUMENTS, { exclude: NOT_ENGLISH }).map((path) => ({
    ...{ path, prose: proseOfMarkdown(read(path)) },
  }));
  const modules = globSync(CATALOGUES).map((path) => ({
    ...{ path, prose: proseOfModule(path, read(path)) },
  }));
  const found = [...pages, ...modules].flatMap(({ path, prose }) =>
    prose.flatMap(({ line, text }) => faultsOf(text).map((fault) => `${path}:${line} ${fault}`)),
  );
  for (const line of found) process.stderr.write(`${line}\n`);
  process.exitCode = found.length === 0 ? 0 : 1;
}
