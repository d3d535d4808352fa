import { Alert, Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useLocation } from 'wouter';
import type { FormatOptions } from '../../../server/schemas/format-schema.ts';
import { ApiError, isApiError } from '../../api/api-error.ts';
import { upload } from '../../api/upload-api.ts';
import { useSession } from '../../app/session-gate.tsx';
import { ErrorAlert } from '../../components/error-alert.tsx';
import layout from '../../components/layout.module.css';
import { PageTitle } from '../../components/page-title.tsx';
import { useLanguage, useTexts } from '../../i18n/language.tsx';
import { uploadTexts } from '../../i18n/texts.ts';
import { SampleLinks } from '../imports/sample-links.tsx';
import { DropZone } from './drop-zone.tsx';
import { sizeIn } from './file-size.ts';
import { FormatForm } from './format-form.tsx';
import { PasteTable } from './paste-table.tsx';
import { keepPastedTable } from './pasted-table.ts';
import styles from './upload.module.css';

interface Sent {
  file: File;
  how: FormatOptions;
}

export function NewImportPage() {
  const words = useTexts(uploadTexts);
  const { role, maxUploadBytes } = useSession();
  const { language } = useLanguage();
  const [, navigate] = useLocation();
  const [sent, setSent] = useState(0);
  const [refused, setRefused] = useState<string>();
  const stop = useRef(new AbortController());
  const pasted = useRef<File>(undefined);
  const sending = useMutation({
    mutationFn: ({ file, how }: Sent) => {
      stop.current = new AbortController();
      return upload(file, how, setSent, stop.current.signal);
    },
    onSuccess: ({ id }, { file }) => {
      if (file === pasted.current) keepPastedTable('');
      navigate(`/imports/${id}`);
    },
  });
  useEffect(() => () => stop.current.abort(), []);
  const take = (file: File, how: FormatOptions = {}) => {
    // Clears the error of another file.
    sending.reset();
    setRefused(undefined);
    if (file.size === 0) return setRefused(words.empty);
    if (file.size > maxUploadBytes) return setRefused(words.tooLarge(sizeIn(language, file.size)));
    setSent(0);
    sending.mutate({ file, how });
  };
  /** Keeps the sheet that was chosen before. */
  const takeAgain = ({ file, how: { sheet } }: Sent, how: FormatOptions) =>
    take(file, { ...(sheet !== undefined && { sheet }), ...how });
  const wasStopped = sending.error?.name === 'AbortError';
  return (
    <div className={layout.page}>
      <PageTitle title={words.title} />
      {role === 'viewer' ? (
        <p>{words.admins}</p>
      ) : (
        <>
          <p>{words.intro}</p>
          {refused && <Alert color="red" role="alert" title={refused} />}
          {sending.error && !wasStopped && <ErrorAlert error={sending.error} />}
          {mayBeReadOtherwise(sending.error) && sending.variables && (
            <FormatForm
              fileName={sending.variables.file.name}
              sheets={sheetsIn(sending.error)}
              headerLine={headerBelow(sending.error)}
              onFormat={(how) => sending.variables && takeAgain(sending.variables, how)}
            />
          )}
          {sending.isPending ? (
            <Sending
              file={sending.variables.file}
              sent={sent}
              onStop={() => stop.current.abort()}
            />
          ) : (
            <DropZone onFile={take} />
          )}
          <PasteTable
            isBusy={sending.isPending}
            onFile={(file) => {
              pasted.current = file;
              take(file);
            }}
          />
          <SampleLinks />
        </>
      )}
    </div>
  );
}

/** A file that is not a table, is damaged, or broken JSON, stay unreadable with any options. */
function mayBeReadOtherwise(error: Error | null): boolean {
  if (!isApiError(error, 'unreadable_file')) return false;
  const { code = '' } = error.problem ?? {};
  return (
    code === 'json_keys_missing' || !/^(?:file_not_csv|file_empty|json_.*|workbook_.*)$/.test(code)
  );
}

/** The sheets to choose from, if the file was refused because it is not clear which one to read. */
function sheetsIn(error: Error | null): readonly string[] {
  const { code, params } = (error instanceof ApiError && error.problem) || {};
  const isOfSheets = code === 'sheets_unknown' || code === 'sheet_missing';
  return isOfSheets && params?.sheets !== undefined ? String(params.sheets).split('\n') : [];
}

/** @returns the line that seems to be the header of a refused file */
function headerBelow(error: Error | null): number | undefined {
  if (!isApiError(error, 'unreadable_file') || error.problem?.code !== 'header_below')
    return undefined;
  return Number(error.problem.params?.header) || undefined;
}

function Sending({ file, sent, onStop }: { file: File; sent: number; onStop: () => void }) {
  const words = useTexts(uploadTexts);
  const { language } = useLanguage();
  // The bytes sent include the form around the file.
  const arrived = sent >= file.size;
  const bytes = (n: number) => sizeIn(language, Math.min(n, file.size));
  return (
    <div className={styles.zone}>
      <p className={styles.drop}>{words.sending(file.name)}</p>
      <progress
        className={styles.progress}
        aria-label={words.sending(file.name)}
        max={file.size}
        value={Math.min(sent, file.size)}
      />
      <p role="status">{arrived ? words.reading : words.sent(bytes(sent), bytes(file.size))}</p>
      <Button variant="default" size="xs" onClick={onStop}>
        {words.stop}
      </Button>
    </div>
  );
}
