import type { ReactNode } from 'react';
import { Link, useLocation } from 'wouter';
import { useLive } from '../api/live-api.ts';
import { POLL_MS } from '../api/live-connection.ts';
import { onServer } from '../api/server-address.ts';
import { useNotifier } from '../features/notify/use-notifier.ts';
import { useUploads } from '../features/upload/uploads.ts';
import { useTexts } from '../i18n/language.tsx';
import { frameTexts } from '../i18n/texts.ts';
import styles from './frame.module.css';
import { Navigation } from './navigation.tsx';
import { useSession } from './session-gate.tsx';
import { Settings } from './settings.tsx';

/** An upload goes on while other pages are shown. */
function UploadNotice() {
  const words = useTexts(frameTexts);
  const [place] = useLocation();
  const sending = useUploads().find(({ state }) => state.is === 'sending');
  if (sending === undefined || place === '/new') return null;
  return (
    <p className={styles.notice}>
      <Link href="/new">{words.uploading(sending.file.name)}</Link>
    </p>
  );
}

/** The frame around every page of a logged-in user. */
export function Frame({ children }: { children: ReactNode }) {
  const words = useTexts(frameTexts);
  const live = useLive();
  useNotifier();
  const { role } = useSession();
  return (
    <>
      <a className={styles.skip} href="#main">
        {words.skip}
      </a>
      <header className={styles.bar}>
        <Link className={styles.name} href="/">
          Bulk Invite
        </Link>
        <Navigation />
        <Settings canLogOut />
      </header>
      <div role="status">
        {live === 'lost' && <p className={styles.notice}>{words.lost}</p>}
        {live === 'polling' && (
          <p className={styles.notice}>
            {words.polling(POLL_MS / 1_000)} {role === 'admin' && words.unbuffer}
          </p>
        )}
        {role === 'viewer' && <p className={styles.notice}>{words.viewer}</p>}
        <UploadNotice />
      </div>
      <main className={styles.main} id="main" tabIndex={-1}>
        {children}
      </main>
      <footer className={styles.footer}>
        {/* A file, not a page of this app. */}
        <a href={onServer('/licenses.txt')}>{words.licenses}</a>
      </footer>
    </>
  );
}
