import { Button, Textarea } from '@mantine/core';
import { type FormEvent, useDeferredValue } from 'react';
import layout from '../../components/layout.module.css';
import { Section } from '../../components/section.tsx';
import { useTexts } from '../../i18n/language.tsx';
import { uploadTexts } from '../../i18n/texts.ts';
import { keepPastedTable, sizeOfTable, usePastedTable } from './pasted-table.ts';
import styles from './upload.module.css';

/** A table can be pasted here as a spreadsheet copies it. @param isBusy a file is being uploaded */
export function PasteTable({ isBusy, onFile }: { isBusy: boolean; onFile: (file: File) => void }) {
  const words = useTexts(uploadTexts);
  const text = usePastedTable();
  // Counting a large table must not delay the keys that are typed.
  const { rows, columns } = sizeOfTable(useDeferredValue(text));
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (isBusy) return;
    onFile(new File([text], `${words.pastedName}.tsv`, { type: 'text/tab-separated-values' }));
  };
  return (
    <Section title={words.paste}>
      <form onSubmit={submit} className={styles.paste}>
        <Textarea
          label={words.pasteLabel}
          description={words.pasteHint}
          classNames={{ input: styles.cells ?? '' }}
          rows={6}
          wrap="off"
          spellCheck={false}
          readOnly={isBusy}
          value={text}
          onChange={({ target }) => keepPastedTable(target.value)}
        />
        <div className={layout.row}>
          <Button type="submit" disabled={rows === 0}>
            {words.pasteRead}
          </Button>
          <span role="status" className={layout.dimmed}>
            {rows > 0 && (columns > 1 ? words.pasted(rows, columns) : words.pastedOneColumn(rows))}
          </span>
        </div>
      </form>
    </Section>
  );
}
