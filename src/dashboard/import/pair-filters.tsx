import { Button, NativeSelect, TextInput } from '@mantine/core';
import type { FormEvent } from 'react';
import { OUTCOMES } from '../../domain/outcome.ts';
import type { Import } from '../../server/schemas/import.ts';
import { useLanguage, useWords } from '../language/language.tsx';
import { useAddress } from '../layout/address.ts';
import layout from '../layout/layout.module.css';
import { inWords } from '../outcome/reasons.ts';
import { outcomeWords } from '../outcome/words.ts';
import styles from './import.module.css';
import { pairWords } from './pair-words.ts';

/** Which pairs are shown; choices act at once, numbers when they are sent off. */
export function PairFilters({ it }: { it: Import }) {
  const words = useWords(pairWords);
  const { outcome: names } = useWords(outcomeWords);
  const { language } = useLanguage();
  const { get, go } = useAddress();
  const outcome = get('outcome') ?? '';
  const reasons = it.tallies.filter(
    (tally) =>
      tally.reason !== null &&
      tally.outcome !== 'duplicate' &&
      (outcome === '' || tally.outcome === outcome),
  );
  const any = { value: '', label: words.any };
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const number = (name: string) => String(form.get(name) ?? '').trim();
    go({ group_id: number('group_id'), user_id: number('user_id'), cursor: null });
  };
  const numbers = { inputMode: 'numeric', pattern: '\\s*[0-9]{1,15}\\s*' } as const;
  return (
    <form className={styles.filters} onSubmit={submit}>
      <NativeSelect
        label={words.outcome}
        value={outcome}
        data={[any, ...OUTCOMES.map((value) => ({ value, label: names[value] }))]}
        onChange={({ target }) => go({ outcome: target.value, reason: null, cursor: null })}
      />
      <NativeSelect
        label={words.reason}
        value={get('reason') ?? ''}
        data={[
          any,
          ...reasons.map((tally) => ({
            value: tally.reason ?? '',
            label: inWords(tally, language).meaning,
          })),
        ]}
        onChange={({ target }) => go({ reason: target.value, cursor: null })}
      />
      <TextInput
        key={`group ${get('group_id')}`}
        label={words.group}
        name="group_id"
        defaultValue={get('group_id') ?? ''}
        {...numbers}
      />
      <TextInput
        key={`user ${get('user_id')}`}
        label={words.user}
        name="user_id"
        defaultValue={get('user_id') ?? ''}
        {...numbers}
      />
      <div className={layout.row}>
        <Button type="submit">{words.find}</Button>
        <Button
          variant="subtle"
          onClick={() =>
            go({ outcome: null, reason: null, group_id: null, user_id: null, cursor: null })
          }
        >
          {words.clear}
        </Button>
      </div>
    </form>
  );
}
