import { MAX_ID } from '../../../domain/pairs/ids.ts';
import { OUTCOMES } from '../../../domain/pairs/outcome.ts';
import { isReason } from '../../i18n/in-words.ts';

/** What the pairs can be filtered by, as the address and the API call it. */
export const FILTERS = ['outcome', 'reason', 'group_id', 'user_id'] as const;
export type Filter = (typeof FILTERS)[number];

/** Whether a group or a person can have it for a number. */
export const isNumber = (text: string): boolean =>
  /^\d{1,10}$/.test(text) && Number(text) >= 1 && Number(text) <= MAX_ID;

const CAN_BE: Readonly<Record<Filter, (text: string) => boolean>> = {
  outcome: (text) => OUTCOMES.some((one) => one === text),
  reason: isReason,
  group_id: isNumber,
  user_id: isNumber,
};

/**
 * @param get what somebody has typed or the address holds; null or empty where it holds nothing
 * @returns the filters that no pair can ever have
 */
export const wrongFilters = (get: (name: Filter) => string | null): Filter[] =>
  FILTERS.filter((name) => {
    const text = get(name) ?? '';
    return text !== '' && !CAN_BE[name](text);
  });
