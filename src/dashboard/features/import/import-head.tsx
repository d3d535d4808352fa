import { Link } from 'wouter';
import { countProgress } from '../../../domain/imports/progress-counts.ts';
import type { Import } from '../../../server/schemas/import-schema.ts';
import { useIsAdmin } from '../../app/session-gate.tsx';
import { FileName } from '../../components/file-name.tsx';
import layout from '../../components/layout.module.css';
import { StateMark } from '../../components/outcome/state-mark.tsx';
import { PageTitle } from '../../components/page-title.tsx';
import { useLanguage, useTexts } from '../../i18n/language.tsx';
import { importTexts } from '../../i18n/texts.ts';
import { NotifySwitch } from '../notify/notify-switch.tsx';
import { OrderButton } from '../orders/order-button.tsx';
import { isBeforeStart } from './before-start.ts';
import { Controls } from './controls.tsx';
import styles from './import.module.css';

/** States with further notifications. */
const MOVES: readonly string[] = ['running', 'held', 'pausing', 'paused', 'cancelling'];

/** The file, the state, the controls and the views of an import. */
export function ImportHead({ it, view }: { it: Import; view: string }) {
  const words = useTexts(importTexts);
  const isAdmin = useIsAdmin();
  const isNew = isBeforeStart(it);
  const { format } = useLanguage();
  const share = MOVES.includes(it.state)
    ? format.percent(countProgress(it.outcomes).share)
    : undefined;
  const title = share === undefined ? it.fileName : `${share} · ${it.fileName}`;
  return (
    <>
      <div className={layout.head}>
        <div className={styles.title}>
          {/* At the start, the focused button disappears and another page is shown. */}
          <PageTitle key={String(isNew)} title={title}>
            <FileName name={it.fileName} />
          </PageTitle>
          <div className={layout.row}>
            <span role="status">
              <StateMark it={it} />
            </span>
            <span className={layout.dimmed}>{it.portal}</span>
            {MOVES.includes(it.state) && <NotifySwitch />}
          </div>
        </div>
        {isAdmin && (
          <div className={layout.row}>
            <Controls it={it} />
            <OrderButton it={it} name="remind" />
            <OrderButton it={it} name="undo" />
          </div>
        )}
      </div>
      <nav aria-label={words.viewsOf}>
        <ul className={styles.views}>
          {(['', 'pairs', 'groups', 'history'] as const).map((name) => (
            <li key={name}>
              <Link
                className={styles.view}
                href={name === '' ? `/imports/${it.id}` : `/imports/${it.id}/${name}`}
                aria-current={name === view ? 'page' : undefined}
              >
                {words.views[name === '' && isNew ? 'review' : name]}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
    </>
  );
}
