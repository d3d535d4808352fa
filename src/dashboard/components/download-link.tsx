import { useMutation } from '@tanstack/react-query';
import { type MouseEvent, useRef } from 'react';
import { download } from '../api/download.ts';
import { ErrorAlert } from './error-alert.tsx';
import styles from './layout.module.css';

interface Props {
  href: string;
  /** Name of the file. @default the server gives it one */
  name?: string;
  children: string;
}

/** A file to save; when it cannot be had, it is said beside the link why. */
export function DownloadLink({ href, name = '', children }: Props) {
  const saving = useMutation({ mutationFn: () => download(href, name) });
  const link = useRef<HTMLAnchorElement>(null);
  const again = () => {
    // The button goes away with the trouble.
    link.current?.focus();
    saving.mutate();
  };
  const save = (event: MouseEvent) => {
    // Elsewhere than here, the browser knows better.
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
