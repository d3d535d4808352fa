import { Button } from '@mantine/core';
import { useRef, useState } from 'react';
import { useSession } from '../../app/session-gate.tsx';
import layout from '../../components/layout.module.css';
import { useLanguage, useTexts } from '../../i18n/language.tsx';
import { uploadTexts } from '../../i18n/texts.ts';
import { sizeIn } from './file-size.ts';
import styles from './upload.module.css';
import { addUploads } from './uploads.ts';

/** Files are chosen with the button; the whole page takes those that are dropped. */
export function DropZone() {
  const words = useTexts(uploadTexts);
  const { language } = useLanguage();
  const { maxUploadBytes } = useSession();
  const [isOver, setOver] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the button in it does the same by keyboard
    <div
      className={`${styles.zone} ${isOver ? styles.over : ''}`}
      onDragOver={() => setOver(true)}
      onDragLeave={() => setOver(false)}
      onDrop={() => setOver(false)}
    >
      <p className={styles.drop}>{words.drop}</p>
      <input
        ref={input}
        type="file"
        hidden
        multiple
        accept=".xlsx,.xlsm,.ods,.csv,.txt,.tsv,.json,.ndjson,.jsonl,.gz,text/csv"
        onChange={({ target }) => {
          addUploads(target.files ?? [], maxUploadBytes);
          // Otherwise the same file could not be chosen again.
          target.value = '';
        }}
      />
      <Button size="md" onClick={() => input.current?.click()}>
        {words.choose}
      </Button>
      <p className={layout.dimmed}>{words.limit(sizeIn(language, maxUploadBytes))}</p>
    </div>
  );
}
