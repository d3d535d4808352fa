import { useState } from 'react';
import { MOST_RECORDS } from '../../../domain/pairs/record-order.ts';
import type { Import } from '../../../server/schemas/import-schema.ts';
import type { PairRecord } from '../../../server/schemas/pair-schema.ts';
import type { Query } from '../../api/request.ts';
import layout from '../../components/layout.module.css';
import { useTexts } from '../../i18n/language.tsx';
import { pairTexts } from '../../i18n/texts.ts';
import { PairActions } from './pair-actions.tsx';
import { PairTable } from './pair-table.tsx';
import { SortSelect } from './sort-select.tsx';
import { useSorting } from './use-sorting.tsx';

interface Props {
  it: Import;
  items: readonly PairRecord[];
  criteria: Query;
  total: number;
  isTotalExact: boolean;
}

/** One page of results: their number, what can be done with them, and the table. */
export function FoundPairs({ it, items, criteria, total, isTotalExact }: Props) {
  const words = useTexts(pairTexts);
  const [selected, setSelected] = useState<ReadonlySet<number>>(new Set());
  const canSort = total <= MOST_RECORDS && isTotalExact;
  const sorting = useSorting(canSort);
  const chosen = items.filter(({ place }) => selected.has(place));
  return (
    <>
      <div className={layout.head}>
        <p role="status">
          {words.results(total, isTotalExact)}
          {!canSort && <span className={layout.dimmed}> · {words.notSorted}</span>}
        </p>
        <PairActions {...{ it, items, chosen, criteria, total }} />
      </div>
      {canSort && <SortSelect />}
      <PairTable
        label={words.pairs}
        pairs={items}
        importId={it.id}
        sorting={sorting}
        selection={{ selected, onChange: setSelected }}
      />
    </>
  );
}
