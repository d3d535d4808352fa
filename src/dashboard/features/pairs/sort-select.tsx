import { NativeSelect } from '@mantine/core';
import { SORT_KEYS } from '../../../domain/pairs/record-order.ts';
import { useAddress } from '../../components/address.ts';
import layout from '../../components/layout.module.css';
import { useTexts } from '../../i18n/language.tsx';
import { pairTexts } from '../../i18n/texts.ts';

/** The order of the results, for a phone, where the table has no heads to sort by. */
export function SortSelect() {
  const words = useTexts(pairTexts);
  const { get, go } = useAddress();
  const names = { ...words.head, user: words.head.person, time: words.head.when };
  return (
    <NativeSelect
      className={layout.onPhone}
      label={words.sort}
      value={get('sort') ?? 'line'}
      data={SORT_KEYS.flatMap((key) => [
        { value: key, label: `${names[key]} ↑` },
        { value: `-${key}`, label: `${names[key]} ↓` },
      ])}
      onChange={({ target: { value } }) =>
        go({ sort: value === 'line' ? null : value, page: null })
      }
    />
  );
}
