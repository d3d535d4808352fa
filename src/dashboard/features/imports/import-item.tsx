import { Link } from 'wouter';
import { countProgress, invitableCounts } from '../../../domain/imports/progress-counts.ts';
import type { Import } from '../../../server/schemas/import-schema.ts';
import { useIsAdmin } from '../../app/session-gate.tsx';
import { FileName } from '../../components/file-name.tsx';
import { OutcomeBar } from '../../components/outcome/outcome-bar.tsx';
import { StateMark } from '../../components/outcome/state-mark.tsx';
import { useHasOccurred } from '../../components/use-has-occurred.ts';
import { useLanguage, useTexts } from '../../i18n/language.tsx';
import { importsTexts } from '../../i18n/texts.ts';
import { isReviewed } from '../import/before-start.ts';
import styles from './imports.module.css';
import { ItemActions } from './item-actions.tsx';

export function ImportItem({ it }: { it: Import }) {
  const words = useTexts(importsTexts);
  const { format } = useLanguage();
  const isAdmin = useIsAdmin();
  const isDue = useHasOccurred(it.waitingUntil);
  const moves = it.state === 'running' || it.state === 'held';
  const rests = it.state === 'paused' || it.state === 'pausing';
  const progress = countProgress(it.outcomes);
  const isStarted = it.startedAt !== null;
  const nameOf = (who: string | null) => (who === 'admin' || who === 'cli' ? words.who[who] : who);
  const who = nameOf(it.who);
  const startedBy = nameOf(it.startedBy);
  return (
    <li className={styles.item}>
      <div className={styles.top}>
        <Link className={styles.name} href={`/imports/${it.id}`}>
          <FileName name={it.fileName} />
        </Link>
        <span className={styles.state}>
          <span className={styles.number}>{words.number(it.id)}</span>
          <StateMark it={it} />
        </span>
      </div>
      {progress.all > 0 && <OutcomeBar counts={invitableCounts(it.outcomes)} small />}
      <div className={styles.facts}>
        <span>
          {isReviewed(it) && it.progress
            ? words.soFar(format.number(it.progress.done))
            : isStarted
              ? words.invited(format.number(progress.invited), format.number(progress.all))
              : words.rows(it.rows)}
        </span>
        {(moves || rests) && <span>{format.percent(progress.share)}</span>}
        {isStarted && progress.attention > 0 && (
          <span className={styles.attention}>
            {words.attention(format.number(progress.attention), progress.attention)}
          </span>
        )}
        {moves && it.perMinute > 0 && <span>{words.perMinute(Math.round(it.perMinute))}</span>}
        {moves && it.waitingUntil !== null && !isDue ? (
          <span>{words.waitingUntil(format.second(it.waitingUntil))}</span>
        ) : (
          moves &&
          it.etaSeconds !== null && <span>{words.left(format.timeLeft(it.etaSeconds))}</span>
        )}
        <span>
          {startedBy !== null && it.startedAt !== null
            ? words.started(startedBy, format.time(it.startedAt))
            : who === null
              ? format.time(it.createdAt)
              : words.by(who, format.time(it.createdAt))}
        </span>
        {isAdmin && <ItemActions it={it} />}
      </div>
    </li>
  );
}
