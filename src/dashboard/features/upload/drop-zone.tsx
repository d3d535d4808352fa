import { Button } from '@mantine/core';
import { type DragEvent, useRef, useState } from 'react';
import { useSession } from '../../app/session-gate.tsx';
import layout from '../../components/layout.module.css';
import { useLanguage, useTexts } from '../../i18n/language.tsx';
import { uploadTexts } from '../../i18n/texts.ts';
import { sizeIn } from './file-size.ts';
import styles from './upload.module.css';

/** A file can be dropped here, or chosen with the button. */
export function DropZone({ onFile }: { onFile: (file: File) => void }) {
  const words = useTexts(uploadTexts);
  const { language } = useLanguage();
  const { maxUploadBytes } = useSession();
  const [isOver, setOver] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const take = (files: FileList | null) => {
    const file = files?.[0];
    if (file) onFile(file);
  };
  const hover = (event: DragEvent, over: boolean) => {
    event.preventDefault();
    setOver(over);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the button in it does the same by keyboard
    <div
      className={`${styles.zone} ${isOver ? styles.over : ''}`}
      onDragOver={(event) => hover(event, true)}
      onDragLeave={(event) => hover(event, false)}
      onDrop={(event) => {
        hover(event, false);
        take(event.dataTransfer.files);
      }}
    >
      <p className={styles.drop}>{words.drop}</p>
      <input
        ref={input}
        type="file"
        hidden
        accept=".xlsx,.xlsm,.ods,.csv,.txt,.tsv,.json,.ndjson,.jsonl,.gz,text/csv"
        onChange={({ target }) => take(target.files)}
      />
      <Button size="md" onClick={() => input.current?.click()}>
        {words.choose}
      </Button>
      <p className={layout.dimmed}>{words.limit(sizeIn(language, maxUploadBytes))}</p>
    </div>
  );
}
