import { useMutation } from '@tanstack/react-query';
import { type MouseEvent, useRef } from 'react';
import { download } from '../api/download.ts';
import { ErrorAlert } from './error-alert.tsx';
import styles from './layout.module.css';

interface Props {
  href: string;
  /** Name of the file. @default the name from the server */
  name?: string;
  children: string;
}

/** A link that saves a file; an error is shown beside it. */
export function DownloadLink({ href, name = '', children }: Props) {
  const saving = useMutation({ mutationFn: () => download(href, name) });
  const link = useRef<HTMLAnchorElement>(null);
  const again = () => {
    // The button disappears with the error.
    link.current?.focus();
    saving.mutate();
  };
  const save = (event: MouseEvent) => {
    // With a modifier key, the browser opens the link elsewhere itself.
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    if (!saving.isPending) saving.mutate();
  };
  return (
    <>
      <a ref={link} href={href} download={name} onClick={save}>
        {children}
      </a>
      {saving.error && (
        <div className={styles.line}>
          <ErrorAlert error={saving.error} again={again} />
        </div>
      )}
    </>
  );
}
