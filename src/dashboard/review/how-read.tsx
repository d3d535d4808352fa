import { NativeSelect } from '@mantine/core';
import type { Format } from '../../server/schemas/format.ts';
import { useIsAdmin } from '../frame/session.tsx';
import { useWords } from '../language/language.tsx';
import layout from '../layout/layout.module.css';
import { Section } from '../layout/section.tsx';
import { Trouble } from '../layout/trouble.tsx';
import styles from './review.module.css';
import { useReread } from './use-reread.ts';
import { reviewWords } from './words.ts';

const FILE_ENCODINGS = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1251', 'windows-1252'] as const;
const DELIMITERS = [',', ';', '\t', '|'] as const;
const ENCODING_NAMES: Readonly<Record<Format['encoding'], string>> = {
  'utf-8': 'UTF-8',
  'utf-16le': 'UTF-16 LE',
  'utf-16be': 'UTF-16 BE',
  'windows-1251': 'Windows-1251 (кириллица)',
  'windows-1252': 'Windows-1252 (Western)',
};

const COLUMNS = { group: 'groupColumn', user: 'userColumn', message: 'messageColumn' } as const;

/** What was detected; each of it can be said otherwise, and the file is read again. */
export function HowRead({ id, format }: { id: number; format: Format }) {
  const words = useWords(reviewWords);
  const isAdmin = useIsAdmin();
  const rereading = useReread(id);
  const options = Array.from({ length: format.columnCount }, (_, i) => ({
    value: String(i + 1),
    label: format.header?.[i] || words.column(i + 1),
  }));
  const disabled = !isAdmin || rereading.isPending;
  return (
    <Section title={words.readTitle}>
      {rereading.error && <Trouble error={rereading.error} />}
      <div className={styles.choices}>
        <NativeSelect
          label={words.encoding}
          inputWrapperOrder={['label', 'input', 'description']}
          description={format.encodingBy === 'guess' ? words.guess : undefined}
          disabled={disabled}
          value={format.encoding}
          data={FILE_ENCODINGS.map((value) => ({ value, label: ENCODING_NAMES[value] }))}
          onChange={({ target }) => rereading.mutate({ encoding: encodingOf(target.value) })}
        />
        <NativeSelect
          label={words.delimiter}
          disabled={disabled}
          value={format.delimiter}
          data={DELIMITERS.map((value) => ({ value, label: words.delimiters[value] }))}
          onChange={({ target }) => rereading.mutate({ delimiter: delimiterOf(target.value) })}
        />
        {(['group', 'user', 'message'] as const).map((what) => (
          <NativeSelect
            key={what}
            label={words.columns[what]}
            disabled={disabled}
            value={format.columns[what] ? String(format.columns[what].number) : ''}
            data={what === 'message' ? [{ value: '', label: words.noColumn }, ...options] : options}
            onChange={({ target }) => rereading.mutate({ [COLUMNS[what]]: target.value || null })}
          />
        ))}
      </div>
      <p role="status" className={`${layout.dimmed} ${layout.status}`}>
        {rereading.isPending ? words.rereading : format.isResults && words.isResults}
      </p>
    </Section>
  );
}

const encodingOf = (value: string) => FILE_ENCODINGS.find((one) => one === value);
const delimiterOf = (value: string) => DELIMITERS.find((one) => one === value);
