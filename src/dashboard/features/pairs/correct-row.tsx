import { Button, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { type CorrectedCell, correctedCells } from '../../../domain/pairs/corrected-cells.ts';
import type { Correction, PairRecord } from '../../../server/schemas/pair-schema.ts';
import { correct, importKey } from '../../api/imports-api.ts';
import { useIsAdmin } from '../../app/session-gate.tsx';
import { ErrorAlert } from '../../components/error-alert.tsx';
import layout from '../../components/layout.module.css';
import { OutcomeMark } from '../../components/outcome/outcome-bar.tsx';
import { detailInWords, reasonInWords } from '../../i18n/in-words.ts';
import { useLanguage, useTexts } from '../../i18n/language.tsx';
import { pairTexts } from '../../i18n/texts.ts';
import { suggestionsIn } from './suggestions.ts';

/** The wrong cells of a rejected row as inputs, with the suggested values as buttons. */
export function CorrectRow({ id, row }: { id: number; row: PairRecord }) {
  const isAdmin = useIsAdmin();
  const cells = correctedCells(row.reason);
  if (!isAdmin || row.outcome !== 'rejected' || cells === undefined) return null;
  return <Form id={id} row={row} cells={cells} />;
}

interface FormProps {
  id: number;
  row: PairRecord;
  cells: readonly CorrectedCell[];
}

function Form({ id, row, cells }: FormProps) {
  const words = useTexts(pairTexts);
  const { language } = useLanguage();
  const client = useQueryClient();
  const [isOpen, setOpen] = useState(false);
  const saving = useMutation({
    mutationFn: (correction: Omit<Correction, 'place'>) =>
      correct(id, { place: row.place, ...correction }),
    onSuccess: async ({ corrected }) => {
      if (corrected > 0) await client.invalidateQueries({ queryKey: importKey(id) });
    },
    // Somebody else may have corrected the row.
    onError: () => client.invalidateQueries({ queryKey: importKey(id) }),
  });
  const now = saving.data?.record;
  if (saving.data && saving.data.corrected > 0 && now) {
    return (
      <p role="status">
        {words.correctedNow(saving.data.corrected)} <OutcomeMark outcome={now.outcome} />
      </p>
    );
  }
  const better = now === undefined ? [] : suggestionsIn(now);
  const suggestions = better.length > 0 ? better : suggestionsIn(row);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const given = Object.fromEntries(cells.map((cell) => [cell, String(form.get(cell) ?? '')]));
    saving.mutate(given);
  };
  return (
    <div className={layout.stack}>
      {suggestions.map(({ value, name }) => (
        <div key={value} className={layout.row}>
          <Button
            size="compact-xs"
            variant="light"
            loading={saving.isPending}
            onClick={() => saving.mutate({ [cells[0] ?? 'group']: value })}
          >
            {words.take(name)}
          </Button>
          {cells[0] === 'group' && row.group !== '' && (
            <Button
              size="compact-xs"
              variant="subtle"
              loading={saving.isPending}
              onClick={() => saving.mutate({ group: value, everywhere: true })}
            >
              {words.takeEverywhere(row.group)}
            </Button>
          )}
        </div>
      ))}
      {isOpen ? (
        <form onSubmit={submit} className={layout.row} noValidate>
          {cells.map((cell) => (
            <TextInput
              key={cell}
              name={cell}
              size="xs"
              label={words.head[cell === 'group' ? 'group' : 'person']}
              defaultValue={row[cell]}
              maxLength={1_000}
              data-autofocus
            />
          ))}
          <Button type="submit" size="xs" loading={saving.isPending}>
            {words.correctNow}
          </Button>
        </form>
      ) : (
        <div>
          <Button size="compact-xs" variant="default" onClick={() => setOpen(true)}>
            {words.correct}
          </Button>
        </div>
      )}
      {now && (
        <p role="alert" className={layout.warn}>
          {[reasonInWords(now, language).meaning, detailInWords(now, language)]
            .filter(Boolean)
            .join(' ')}
        </p>
      )}
      {saving.error && <ErrorAlert error={saving.error} />}
    </div>
  );
}
