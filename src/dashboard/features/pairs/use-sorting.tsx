import { Link } from 'wouter';
import type { SortKey } from '../../../domain/pairs/record-order.ts';
import { useAddress } from '../../components/address.ts';
import type { Column } from '../../components/data-table.tsx';

/** Makes the head of a column a link that sorts by it, and reverses the order the second time. */
export type Sorting = (key: SortKey, head: string) => Pick<Column<unknown>, 'head' | 'sort'>;

/** The order of the results is in the address. */
export function useSorting(canSort: boolean): Sorting {
  const { get, href } = useAddress();
  const now = get('sort') ?? 'line';
  return (key, head) => {
    if (!canSort) return { head };
    const isAscending = now === key;
    const next = isAscending ? `-${key}` : key;
    return {
      head: (
        <Link href={href({ sort: next === 'line' ? null : next, page: null })}>
          {head}
          {isAscending ? ' ↑' : now === `-${key}` ? ' ↓' : ''}
        </Link>
      ),
      sort: isAscending ? 'ascending' : now === `-${key}` ? 'descending' : undefined,
    };
  };
}
