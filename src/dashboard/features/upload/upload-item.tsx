import { Alert, Button } from '@mantine/core';
import { Link } from 'wouter';
import { isApiError } from '../../api/api-error.ts';
import { ErrorAlert } from '../../components/error-alert.tsx';
import layout from '../../components/layout.module.css';
import { useLanguage, useTexts } from '../../i18n/language.tsx';
import { uploadTexts } from '../../i18n/texts.ts';
import { sizeIn } from './file-size.ts';
import { MappingForm } from './mapping-form.tsx';
import styles from './upload.module.css';
import { removeUpload, type Upload, uploadAgain } from './uploads.ts';

/** One upload: its progress, its import, or why it was refused and how it can be read all the same. */
export function UploadItem({ upload }: { upload: Upload }) {
  const words = useTexts(uploadTexts);
  const { language } = useLanguage();
  const { id, file, how, state } = upload;
  switch (state.is) {
    case 'waiting':
      return (
        <div className={styles.item}>
          <p>{words.waiting(file.name)}</p>
          <Remove id={id} label={words.stop} />
        </div>
      );
    case 'sending':
      return <Sending id={id} file={file} sent={state.sent} />;
    case 'done':
      return (
        <div className={styles.item}>
          <p>{words.uploaded(file.name)}</p>
          <Button component={Link} href={`/imports/${state.importId}`} size="xs">
            {words.review}
          </Button>
        </div>
      );
    case 'faulty':
      return (
        <Alert color="red" role="alert" title={words.faulty(file.name)}>
          <div className={layout.stack}>
            <p>{words.faults[state.fault](sizeIn(language, file.size))}</p>
            <Remove id={id} label={words.remove} />
          </div>
        </Alert>
      );
    case 'refused': {
      const table = isApiError(state.error, 'unreadable_file') && state.error.problem?.table;
      return (
        <div className={layout.stack}>
          <ErrorAlert
            error={state.error}
            {...(isApiError(state.error, 'unreadable_file')
              ? {}
              : { again: () => uploadAgain(id, how) })}
          />
          {mayBeReadOtherwise(state.error) ? (
            <MappingForm
              // Another reading has other columns.
              key={JSON.stringify(table)}
              fileName={file.name}
              table={table || undefined}
              how={how}
              onRead={(chosen) => uploadAgain(id, chosen)}
              onRemove={() => removeUpload(id)}
            />
          ) : (
            <Remove id={id} label={words.removeOf(file.name)} />
          )}
        </div>
      );
    }
  }
}

const Remove = ({ id, label }: { id: number; label: string }) => (
  <div>
    <Button variant="default" size="xs" onClick={() => removeUpload(id)}>
      {label}
    </Button>
  </div>
);

/** Problems of a text's encoding, which another choice can solve even if no table could be read. */
const OF_ENCODING = ['zero_byte', 'text_damaged', 'text_garbled', 'encoding_unclear'];

function mayBeReadOtherwise(error: Error): boolean {
  if (!isApiError(error, 'unreadable_file')) return false;
  const { table, code = '' } = error.problem ?? {};
  return table !== undefined || OF_ENCODING.includes(code) || code === 'delimiter_unclear';
}

function Sending({ id, file, sent }: { id: number; file: File; sent: number }) {
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
      <Remove id={id} label={words.stop} />
    </div>
  );
}
