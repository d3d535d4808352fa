import { Button, NativeSelect, TextInput } from '@mantine/core';
import type { FormEvent } from 'react';
import type { FormatOptions } from '../../../server/schemas/format-schema.ts';
import { Section } from '../../components/section.tsx';
import { useTexts } from '../../i18n/language.tsx';
import { reviewTexts, uploadTexts } from '../../i18n/texts.ts';
import {
  DELIMITERS,
  delimiterOf,
  ENCODING_NAMES,
  ENCODINGS,
  encodingOf,
} from '../review/file-formats.ts';
import styles from '../review/review.module.css';

interface Props {
  fileName: string;
  /** Sheets to choose from; empty if the file is no workbook, or its sheet is clear. */
  sheets: readonly string[];
  /** The line that seems to be the header. */
  headerLine: number | undefined;
  onFormat: (how: FormatOptions) => void;
}

/** Format options for a file that could not be read without them. */
export function FormatForm({ fileName, sheets, headerLine, onFormat }: Props) {
  const words = useTexts(uploadTexts);
  const { encoding, delimiter, delimiters, columns, sheet } = useTexts(reviewTexts);
  const any = { value: '', label: words.detect };
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const text = (name: string) => String(form.get(name) ?? '');
    const said = Object.entries({
      encoding: encodingOf(text('encoding')),
      delimiter: delimiterOf(text('delimiter')),
      groupColumn: text('groupColumn').trim() || undefined,
      userColumn: text('userColumn').trim() || undefined,
      sheet: text('sheet') || undefined,
      headerLine: Number(text('headerLine')) || undefined,
    }).filter(([, value]) => value !== undefined);
    onFormat(Object.fromEntries(said));
  };
  return (
    <Section title={words.formatForm(fileName)}>
      <form onSubmit={submit}>
        <div className={styles.choices}>
          {sheets.length > 0 ? (
            <NativeSelect name="sheet" label={sheet} data={sheets} />
          ) : (
            <>
              <NativeSelect
                name="encoding"
                label={encoding}
                data={[any, ...ENCODINGS.map((value) => ({ value, label: ENCODING_NAMES[value] }))]}
              />
              <NativeSelect
                name="delimiter"
                label={delimiter}
                data={[any, ...DELIMITERS.map((value) => ({ value, label: delimiters[value] }))]}
              />
            </>
          )}
          <TextInput
            name="headerLine"
            label={words.headerLine}
            type="number"
            min={1}
            defaultValue={headerLine ?? ''}
          />
          <TextInput name="groupColumn" label={columns.group} placeholder={words.column} />
          <TextInput name="userColumn" label={columns.user} placeholder={words.column} />
          <div className={styles.button}>
            <Button type="submit">{words.readAgain}</Button>
          </div>
        </div>
      </form>
    </Section>
  );
}
