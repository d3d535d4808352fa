import { Button, NativeSelect, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { FormatOptions, RefusedTable } from '../../../server/schemas/format-schema.ts';
import layout from '../../components/layout.module.css';
import { Section } from '../../components/section.tsx';
import { useTexts } from '../../i18n/language.tsx';
import { reviewTexts, uploadTexts } from '../../i18n/texts.ts';
import { DELIMITERS, ENCODING_NAMES, ENCODINGS, sheetOptions } from '../review/file-formats.ts';
import { FirstRows } from '../review/first-rows.tsx';
import styles from '../review/review.module.css';
import {
  type Choices,
  choicesFor,
  isOtherReading,
  optionsFor,
  ROLES,
  type Role,
  rolesIn,
} from './mapping.ts';

interface Props {
  fileName: string;
  /** What the file looks like; undefined if it could not be read at all. */
  table: RefusedTable | undefined;
  /** What was chosen before. */
  how: FormatOptions;
  onRead: (how: FormatOptions) => void;
  onRemove: () => void;
}

/** The columns of a refused file as choices, with its first rows below. */
export function MappingForm({ fileName, table, how, onRead, onRemove }: Props) {
  const words = useTexts(uploadTexts);
  const shared = useTexts(reviewTexts);
  const [choices, setChoices] = useState(() => choicesFor(table, how));
  const set = (part: Partial<Choices>) => setChoices({ ...choices, ...part });
  const isOther = isOtherReading(table, choices);
  const isChosen = choices.group !== '' && choices.user !== '';
  const any = { value: '', label: words.detect };
  const columns = Array.from({ length: table?.columnCount ?? 0 }, (_, at) => ({
    value: String(at + 1),
    label: table?.header?.[at] || shared.column(at + 1),
  }));
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (isOther || isChosen) onRead(optionsFor(table, choices));
  };
  const isText = table === undefined || (table.workbook === null && table.json === null);
  return (
    <Section title={words.formatForm(fileName)}>
      <form onSubmit={submit} className={layout.stack}>
        {table !== undefined && (
          <div className={styles.choices}>
            {ROLES.map((role) => (
              <NativeSelect
                key={role}
                label={shared.columns[role]}
                value={choices[role]}
                disabled={isOther}
                data={
                  // A column that its name makes the message cannot be left out before the review.
                  role === 'message' && table.known.message !== null
                    ? columns
                    : [
                        {
                          value: '',
                          label: role === 'message' ? shared.noColumn : words.chooseColumn,
                        },
                        ...columns,
                      ]
                }
                onChange={({ target }) => set(withColumn(choices, role, target.value))}
              />
            ))}
          </div>
        )}
        <div className={styles.choices}>
          {table?.workbook && (
            <NativeSelect
              label={shared.sheet}
              value={choices.sheet}
              data={sheetOptions(table.workbook, shared.hiddenSheet)}
              onChange={({ target }) => set({ sheet: target.value })}
            />
          )}
          {isText && (
            <>
              <NativeSelect
                label={shared.encoding}
                value={choices.encoding}
                data={[
                  ...(table === undefined ? [any] : []),
                  ...ENCODINGS.map((value) => ({ value, label: ENCODING_NAMES[value] })),
                ]}
                onChange={({ target }) => set({ encoding: target.value })}
              />
              <NativeSelect
                label={shared.delimiter}
                value={choices.delimiter}
                data={[
                  ...(table === undefined ? [any] : []),
                  ...DELIMITERS.map((value) => ({ value, label: shared.delimiters[value] })),
                ]}
                onChange={({ target }) => set({ delimiter: target.value })}
              />
            </>
          )}
          {table?.json == null && (
            <TextInput
              label={words.headerLine}
              type="number"
              min={1}
              value={choices.headerLine}
              onChange={({ target }) => set({ headerLine: target.value })}
            />
          )}
        </div>
        <div className={layout.row}>
          <Button type="submit" disabled={!isOther && !isChosen}>
            {isOther ? words.readAgain : words.readFile}
          </Button>
          <Button variant="default" onClick={onRemove}>
            {words.remove}
          </Button>
          {isOther && table !== undefined && (
            <span className={layout.dimmed}>{words.columnsLater}</span>
          )}
        </div>
      </form>
      {table !== undefined && !isOther && (
        <FirstRows rows={table.firstRows} header={table.header} columns={rolesIn(choices)} />
      )}
    </Section>
  );
}

/** A column has one role only. */
function withColumn(choices: Choices, role: Role, value: string): Partial<Choices> {
  const other = ROLES.find((one) => one !== role && value !== '' && choices[one] === value);
  return { [role]: value, ...(other && { [other]: '' }) };
}
