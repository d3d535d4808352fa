import { Button } from '@mantine/core';
import { type DragEvent, useRef, useState } from 'react';
import { useSession } from '../frame/session.tsx';
import { useLanguage, useWords } from '../language/language.tsx';
import layout from '../layout/layout.module.css';
import { sizeIn } from './file-size.ts';
import styles from './upload.module.css';
import { uploadWords } from './words.ts';

/** A file may be dropped here, or chosen with the button. */
export function DropZone({ onFile }: { onFile: (file: File) => void }) {
  const words = useWords(uploadWords);
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
        accept=".csv,.txt,.tsv,.gz,text/csv"
        onChange={({ target }) => take(target.files)}
      />
      <Button size="md" onClick={() => input.current?.click()}>
        {words.choose}
      </Button>
      <p className={layout.dimmed}>{words.most(sizeIn(language, maxUploadBytes))}</p>
    </div>
  );
}
