import { PAIR_FINDINGS } from '../../../domain/imports/import-check.ts';
import { MAX_ID } from '../../../domain/pairs/ids.ts';
import { OUTCOMES } from '../../../domain/pairs/outcome.ts';
import { isReason } from '../../i18n/in-words.ts';

/** The filters of the pairs, named as in the address and the API. */
export const FILTERS = ['outcome', 'reason', 'found', 'group_id', 'user_id'] as const;
/** The parameters of the address that select pairs. */
export const CRITERIA = ['q', ...FILTERS] as const;
export type Filter = (typeof FILTERS)[number];

/** Whether it can be the id of a group or a person. */
export const isNumber = (text: string): boolean =>
  /^\d{1,10}$/.test(text) && Number(text) >= 1 && Number(text) <= MAX_ID;

const CAN_BE: Readonly<Record<Filter, (text: string) => boolean>> = {
  outcome: (text) => OUTCOMES.some((one) => one === text),
  reason: isReason,
  found: (text) => PAIR_FINDINGS.some((one) => one === text),
  group_id: isNumber,
  user_id: isNumber,
};

/**
 * @param get returns the typed text or the value in the address; null or empty when there is none
 * @returns the filters with a value that no pair can have
 */
export const wrongFilters = (get: (name: Filter) => string | null): Filter[] =>
  FILTERS.filter((name) => {
    const text = get(name) ?? '';
    return text !== '' && !CAN_BE[name](text);
  });
