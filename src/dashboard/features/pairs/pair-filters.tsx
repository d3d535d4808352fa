import { Button, NativeSelect, TextInput } from '@mantine/core';
import type { FormEvent } from 'react';
import { OUTCOMES } from '../../../domain/pairs/outcome.ts';
import { explain } from '../../../messages/explain.ts';
import type { Import } from '../../../server/schemas/import-schema.ts';
import { useAddress } from '../../components/address.ts';
import layout from '../../components/layout.module.css';
import { reasonInWords } from '../../i18n/in-words.ts';
import { useLanguage, useTexts } from '../../i18n/language.tsx';
import { outcomeTexts, pairTexts } from '../../i18n/texts.ts';
import styles from '../import/import.module.css';
import { CRITERIA, wrongFilters } from './filters.ts';

/** The filters of the pairs. Choices apply at once, the text when it is submitted. */
export function PairFilters({ it }: { it: Import }) {
  const words = useTexts(pairTexts);
  const { outcome: terms } = useTexts(outcomeTexts);
  const { get, go } = useAddress();
  const wrong = wrongFilters(get);
  const outcome = get('outcome') ?? '';
  const reason = get('reason') ?? '';
  const reasons = useReasons(it, outcome, wrong.includes('reason') ? '' : reason);
  const any = { value: '', label: words.any };
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const q = String(new FormData(event.currentTarget).get('q') ?? '').trim();
    go({ q, page: null });
  };
  return (
    // The browser's own messages would be in another language.
    <form className={styles.filters} onSubmit={submit} noValidate>
      <TextInput
        key={get('q')}
        label={words.text}
        name="q"
        type="search"
        maxLength={200}
        defaultValue={get('q') ?? ''}
      />
      <NativeSelect
        label={words.outcome}
        value={outcome}
        error={wrong.includes('outcome') && words.noOutcome(outcome)}
        inputWrapperOrder={['label', 'input', 'error', 'description']}
        description={OUTCOMES.flatMap((one) => (one === outcome ? terms[one].meaning : []))[0]}
        data={[any, ...OUTCOMES.map((value) => ({ value, label: terms[value].label }))]}
        onChange={({ target }) => go({ outcome: target.value, reason: null, page: null })}
      />
      <NativeSelect
        label={words.reason}
        value={reason}
        error={wrong.includes('reason') && words.noReason(reason)}
        data={[any, ...reasons]}
        onChange={({ target }) => go({ reason: target.value, page: null })}
      />
      <div className={layout.row}>
        <Button type="submit">{words.find}</Button>
        <Button
          variant="subtle"
          onClick={({ currentTarget }) => {
            currentTarget.form?.reset();
            go({ ...Object.fromEntries(CRITERIA.map((name) => [name, null])), page: null });
          }}
        >
          {words.clear}
        </Button>
        {(['group_id', 'user_id', 'found'] as const).map((name) => {
          const id = get(name);
          const text = words.only[name];
          return (
            id !== null && (
              <Button
                key={name}
                size="xs"
                variant="light"
                onClick={() => go({ [name]: null, page: null })}
              >
                {text(id)} ×
              </Button>
            )
          );
        })}
      </div>
    </form>
  );
}

/** @returns the reasons of pairs with the outcome, and the chosen one even if no pair has it */
function useReasons(it: Import, outcome: string, chosen: string) {
  const { language } = useLanguage();
  const found = it.tallies.flatMap((tally) =>
    tally.reason !== null && (outcome === '' || tally.outcome === outcome)
      ? [{ value: tally.reason, label: reasonInWords(tally, language).meaning }]
      : [],
  );
  if (chosen === '' || found.some(({ value }) => value === chosen)) return found;
  const kind = chosen.startsWith('of_line_') ? 'duplicate' : 'failed';
  const { meaning } = reasonInWords({ reason: chosen, ...explain(kind, chosen) }, language);
  return [...found, { value: chosen, label: meaning }];
}
