import { NativeSelect } from '@mantine/core';
import type { Format } from '../../../server/schemas/format-schema.ts';
import type { Reread } from '../../../server/schemas/upload-schema.ts';
import { useIsAdmin } from '../../app/session-gate.tsx';
import { ErrorAlert } from '../../components/error-alert.tsx';
import layout from '../../components/layout.module.css';
import { Section } from '../../components/section.tsx';
import { useTexts } from '../../i18n/language.tsx';
import { reviewTexts } from '../../i18n/texts.ts';
import { sheetOptions } from './file-formats.ts';
import { otherColumn, otherText } from './reread-options.ts';
import styles from './review.module.css';
import { TextChoices } from './text-choices.tsx';
import { useIsRereading, useReread } from './use-reread.ts';

/** The detected format. A change reads the file again. */
export function FormatCard({ id, format }: { id: number; format: Format }) {
  const words = useTexts(reviewTexts);
  const isAdmin = useIsAdmin();
  const rereading = useReread(id);
  const isRereading = useIsRereading();
  const options = Array.from({ length: format.columnCount }, (_, i) => ({
    value: String(i + 1),
    label: format.header?.[i] || words.column(i + 1),
  }));
  const none = { value: '', label: words.noColumn };
  // Not disabled while the file is read again, because they would lose the focus.
  const read = (how: Partial<Reread>) => {
    if (!isRereading) rereading.mutate(how);
  };
  return (
    <Section title={words.readTitle}>
      {rereading.error && <ErrorAlert error={rereading.error} />}
      <div className={styles.choices}>
        {format.workbook === null ? (
          <TextChoices format={format} onChange={(change) => read(otherText(format, change))} />
        ) : (
          <NativeSelect
            label={words.sheet}
            disabled={!isAdmin}
            value={format.workbook.sheet}
            data={sheetOptions(format.workbook, words.hiddenSheet)}
            onChange={({ target }) => read(otherText(format, { sheet: target.value }))}
          />
        )}
        {(['group', 'user', 'message'] as const).map((what) => (
          <NativeSelect
            key={what}
            label={words.columns[what]}
            disabled={!isAdmin}
            value={format.columns[what] ? String(format.columns[what].number) : ''}
            data={what === 'message' ? [none, ...options] : options}
            onChange={({ target }) => read(otherColumn(format, what, target.value))}
          />
        ))}
      </div>
      <p role="status" className={`${layout.dimmed} ${layout.status}`}>
        {rereading.isPending
          ? words.rereading
          : format.json
            ? words.isJson[format.json]
            : format.isResults && words.isResults}
      </p>
    </Section>
  );
}
