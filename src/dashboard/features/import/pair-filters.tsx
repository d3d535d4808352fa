import { Button, NativeSelect, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useSearch } from 'wouter';
import { OUTCOMES } from '../../../domain/pairs/outcome.ts';
import { explain } from '../../../messages/explain.ts';
import type { Import } from '../../../server/schemas/import-schema.ts';
import { useAddress } from '../../components/address.ts';
import layout from '../../components/layout.module.css';
import { reasonInWords } from '../../i18n/in-words.ts';
import { useLanguage, useTexts } from '../../i18n/language.tsx';
import { outcomeTexts, pairTexts } from '../../i18n/texts.ts';
import { type Filter, wrongFilters } from './filters.ts';
import styles from './import.module.css';

/** The filters of the pairs. Choices apply at once, numbers when they are submitted. */
export function PairFilters({ it }: { it: Import }) {
  const words = useTexts(pairTexts);
  const { outcome: terms } = useTexts(outcomeTexts);
  const { get, go } = useAddress();
  // An error applies to what was typed on this address.
  const at = useSearch();
  const [refused, setRefused] = useState<{ at: string; names: readonly Filter[] }>();
  const wrong = [...(refused?.at === at ? refused.names : []), ...wrongFilters(get)];
  const outcome = get('outcome') ?? '';
  const reason = get('reason') ?? '';
  const reasons = useReasons(it, outcome, wrong.includes('reason') ? '' : reason);
  const any = { value: '', label: words.any };
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const given = new FormData(form);
    const number = (name: Filter) => String(given.get(name) ?? '').trim();
    const bad = wrongFilters((name) => number(name));
    setRefused({ at, names: bad });
    const [first] = bad;
    if (first === undefined) {
      return go({ group_id: number('group_id'), user_id: number('user_id'), cursor: null });
    }
    form.querySelector<HTMLInputElement>(`[name=${first}]`)?.focus();
  };
  return (
    // The browser's own messages would be in another language.
    <form className={styles.filters} onSubmit={submit} noValidate>
      <NativeSelect
        label={words.outcome}
        value={outcome}
        error={wrong.includes('outcome') && words.noOutcome(outcome)}
        inputWrapperOrder={['label', 'input', 'error', 'description']}
        description={OUTCOMES.flatMap((one) => (one === outcome ? terms[one].meaning : []))[0]}
        data={[any, ...OUTCOMES.map((value) => ({ value, label: terms[value].label }))]}
        onChange={({ target }) => go({ outcome: target.value, reason: null, cursor: null })}
      />
      <NativeSelect
        label={words.reason}
        value={reason}
        error={wrong.includes('reason') && words.noReason(reason)}
        data={[any, ...reasons]}
        onChange={({ target }) => go({ reason: target.value, cursor: null })}
      />
      {(['group', 'user'] as const).map((what) => {
        const name = `${what}_id` as const;
        return (
          <TextInput
            key={`${what} ${get(name)}`}
            label={words[what]}
            name={name}
            inputMode="numeric"
            defaultValue={get(name) ?? ''}
            error={wrong.includes(name) && words.noNumber}
          />
        );
      })}
      <div className={layout.row}>
        <Button type="submit">{words.find}</Button>
        <Button
          variant="subtle"
          onClick={({ currentTarget }) => {
            currentTarget.form?.reset();
            setRefused(undefined);
            go({ outcome: null, reason: null, group_id: null, user_id: null, cursor: null });
          }}
        >
          {words.clear}
        </Button>
      </div>
    </form>
  );
}

/** @returns the reasons of pairs with the outcome, and the chosen one even if no pair has it */
function useReasons(it: Import, outcome: string, chosen: string) {
  const { language } = useLanguage();
  const found = it.tallies.flatMap((tally) =>
    tally.reason !== null &&
    tally.outcome !== 'duplicate' &&
    (outcome === '' || tally.outcome === outcome)
      ? [{ value: tally.reason, label: reasonInWords(tally, language).meaning }]
      : [],
  );
  if (chosen === '' || found.some(({ value }) => value === chosen)) return found;
  const kind = chosen.startsWith('of_line_') ? 'duplicate' : 'failed';
  const { meaning } = reasonInWords({ reason: chosen, ...explain(kind, chosen) }, language);
  return [...found, { value: chosen, label: meaning }];
}
