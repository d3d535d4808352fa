import {
  countToDo,
  type OrderKind,
  type OrderMeans,
  type OrderTally,
} from '../../domain/imports/order.ts';
import { ORDER_WORDS_EN } from '../../messages/en/order-words-en.ts';

/** @returns the preview of an order in three parts, and what a person has to know before confirming it */
export function previewLines(
  kind: OrderKind,
  tallies: readonly OrderTally[],
  means: OrderMeans | null,
): string[] {
  const words = ORDER_WORDS_EN[kind];
  const toDo = countToDo(tallies);
  return [
    `${words.willBe}: ${number(toDo)}`,
    ...part(kind, words.kept, 'kept', tallies),
    ...part(kind, words.refused, 'refused', tallies),
    ...(toDo === 0 || means === null ? [] : risksOf(kind, means).map((risk) => `Note: ${risk}`)),
  ];
}

/** @returns the result of an order */
export function resultLines(kind: OrderKind, tallies: readonly OrderTally[]): string[] {
  const words = ORDER_WORDS_EN[kind];
  const toDo = countToDo(tallies);
  return [
    ...part(kind, words.done, 'done', tallies),
    ...part(kind, words.kept, 'kept', tallies),
    ...part(kind, words.refused, 'refused', tallies),
    ...part(kind, words.unknown, 'unknown', tallies),
    ...(toDo === 0 ? [] : [`${words.left}: ${number(toDo)}`]),
  ];
}

function risksOf(kind: OrderKind, means: OrderMeans): string[] {
  const { risks } = ORDER_WORDS_EN[kind];
  return [
    ...(means.method === 'delete' ? [risks.delete] : []),
    ...(means.showsOrigin ? [] : [risks.origin]),
  ].filter((risk) => risk !== '');
}

function part(
  kind: OrderKind,
  title: string,
  result: OrderTally['result'],
  tallies: readonly OrderTally[],
): string[] {
  const reasons: Readonly<Record<string, string>> = ORDER_WORDS_EN[kind].reasons;
  const some = tallies.filter((tally) => tally.result === result);
  if (some.length === 0) return [];
  const count = some.reduce((sum, tally) => sum + tally.count, 0);
  return [
    `${title}: ${number(count)}`,
    ...(result === 'done'
      ? []
      : some.map(
          (tally) => `  ${number(tally.count)} · ${reasons[tally.reason ?? ''] ?? tally.reason}`,
        )),
  ];
}

const number = (count: number): string => count.toLocaleString('en');
