import { Alert, Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useLocation } from 'wouter';
import type { FormatOptions } from '../../../server/schemas/format-schema.ts';
import { isApiError } from '../../api/api-error.ts';
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
import styles from './upload.module.css';

export function NewImportPage() {
  const words = useTexts(uploadTexts);
  const { role, maxUploadBytes } = useSession();
  const { language } = useLanguage();
  const [, navigate] = useLocation();
  const [sent, setSent] = useState(0);
  const [refused, setRefused] = useState<string>();
  const stop = useRef(new AbortController());
  const sending = useMutation({
    mutationFn: ({ file, how }: { file: File; how: FormatOptions }) => {
      stop.current = new AbortController();
      return upload(file, how, setSent, stop.current.signal);
    },
    onSuccess: ({ id }) => navigate(`/imports/${id}`),
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
              onFormat={(how) => sending.variables && take(sending.variables.file, how)}
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
          <SampleLinks />
        </>
      )}
    </div>
  );
}

/** A file that is not a CSV stays unreadable with any options. */
const mayBeReadOtherwise = (error: Error | null) =>
  isApiError(error, 'unreadable_file') &&
  error.problem?.code !== 'file_not_csv' &&
  error.problem?.code !== 'file_empty';

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
