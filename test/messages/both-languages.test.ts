import { describe, expect, test } from 'vitest';
import type { ProblemWords } from '../../src/domain/errors/problem.ts';
import { apiProblemsEn } from '../../src/messages/en/api-problems-en.ts';
import { auditDetailsEn } from '../../src/messages/en/audit-details-en.ts';
import { FIELD_FAULTS } from '../../src/messages/en/field-faults-en.ts';
import { problemsEn } from '../../src/messages/en/problems-en.ts';
import { ROW_DETAILS } from '../../src/messages/en/row-details-en.ts';
import { FINDINGS } from '../../src/messages/findings.ts';
import { auditDetailsRu } from '../../src/messages/ru/audit-details-ru.ts';
import { fieldFaultsRu } from '../../src/messages/ru/field-faults-ru.ts';
import { machineFindingsRu } from '../../src/messages/ru/machine-findings-ru.ts';
import { problemWordsRu } from '../../src/messages/ru/problems-ru.ts';
import { rowDetailsRu } from '../../src/messages/ru/row-details-ru.ts';
import { serviceFindingsRu } from '../../src/messages/ru/service-findings-ru.ts';
import { say } from '../../src/messages/say.ts';
import { fill } from '../../src/messages/templates.ts';

type Params = Record<string, string | number>;
type Say = (params: Params) => string;
type Functions = Readonly<Record<string, (params: never) => string | ProblemWords>>;

/** Two values of each param; other params are texts. */
const VALUES: Readonly<Record<string, [string | number, string | number]>> = {
  ...{ bytes: [2, 7], by: [2, 7], closing: [2, 7], count: [2, 7], id: [2, 7], line: [2, 7] },
  ...{ most: [2, 7], number: [2, 7], pairs: [2, 7], rows: [2, 7], seconds: [2, 7] },
  ...{ group: [1, 0], user: [1, 0], unpacked: [0, 1], role: ['group', 'user'], is: ['pdf', 'tar'] },
  ...{
    does: ['refuses', 'busy'],
    remedy: ['give_scope', 'use_https'],
    why: ['refused', 'no_scope'],
  },
  ...{ fault: ['quote_closed_late', 'text_after_quote'], needs: ['redis', 'ledger'] },
  ...{ encoding: ['utf-8', 'utf-16le'], marked: ['utf-8', 'utf-16le'], state: ['paused', 'ready'] },
};
const valuesOf = (name: string) => VALUES[name] ?? [`${name}-1`, `${name}-2`];

/** What one language leaves out on purpose: the page shows it elsewhere, or has no commands. */
const LEFT_OUT: Readonly<Record<string, readonly string[]>> = {
  ...{ fields_wrong: ['faults', 'fields'], type_not_taken: ['wanted'] },
  ...{ order_senseless: ['order'], reading_taken_over: ['command'] },
};

const functions = (templates: Functions) =>
  Object.keys(templates).map((code): [string, Say] => [
    code,
    (params) => [say(templates, { code, params })].flat().join(' '),
  ]);
const texts = (templates: Readonly<Record<string, readonly string[]>>) =>
  Object.entries(templates).map(([code, parts]): [string, Say] => [
    code,
    (params) => fill(parts.join(' '), params),
  ]);
const single = (templates: Readonly<Record<string, string>>) =>
  texts(Object.fromEntries(Object.entries(templates).map(([code, text]) => [code, [text]])));

const TABLES: [string, [string, Say][], Functions][] = [
  ['problems', functions({ ...problemsEn, ...apiProblemsEn }), problemWordsRu],
  ['details of rows', single(ROW_DETAILS), rowDetailsRu],
  ['details of the audit trail', functions(auditDetailsEn), auditDetailsRu],
  ['faults of fields', single(FIELD_FAULTS), fieldFaultsRu],
  [
    'findings',
    texts(Object.fromEntries(Object.entries(FINDINGS).map(([code, [, ...said]]) => [code, said]))),
    { ...machineFindingsRu, ...serviceFindingsRu },
  ],
];

/** @returns the params that a text reads, with either value of all of them */
function readBy(saying: Say): string[] {
  const names = new Set<string>();
  for (const which of [0, 1] as const) {
    const params = new Proxy<Params>(
      {},
      {
        get: (_, name) => {
          names.add(String(name));
          return valuesOf(String(name))[which];
        },
        has: () => true,
        getOwnPropertyDescriptor: (_, name) => ({
          ...{ configurable: true, enumerable: true, value: valuesOf(String(name))[which] },
        }),
      },
    );
    saying(params);
  }
  return [...names];
}

/** @returns the params that change the text */
function usedBy(saying: Say, names: readonly string[]): string[] {
  const usual = Object.fromEntries(names.map((name) => [name, valuesOf(name)[0]]));
  return names.filter((name) => saying({ ...usual, [name]: valuesOf(name)[1] }) !== saying(usual));
}

describe.each(TABLES)('the %s', (_, english, russian) => {
  const inRussian = new Map(functions(russian));
  test.each(english)('use the same params in both languages: %s', (code, saying) => {
    const other = inRussian.get(code) ?? (() => '');
    const read = [...new Set([...readBy(saying), ...readBy(other)])].toSorted();
    const shown = read.filter((name) => !LEFT_OUT[code]?.includes(name));
    expect(usedBy(other, shown)).toEqual(usedBy(saying, shown));
  });
});
