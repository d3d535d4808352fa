import { Link } from 'wouter';
import type { Import } from '../../../server/schemas/import-schema.ts';
import { FileName } from '../../components/file-name.tsx';
import { OutcomeBar } from '../../components/outcome/outcome-bar.tsx';
import { StateMark } from '../../components/outcome/state-mark.tsx';
import { useHasOccurred } from '../../components/use-has-occurred.ts';
import { useLanguage, useTexts } from '../../i18n/language.tsx';
import { importsTexts } from '../../i18n/texts.ts';
import { isReviewed } from '../import/before-start.ts';
import styles from './imports.module.css';

export function ImportItem({ it }: { it: Import }) {
  const words = useTexts(importsTexts);
  const { format } = useLanguage();
  const isDue = useHasOccurred(it.waitingUntil);
  const moves = it.state === 'running' || it.state === 'held';
  const rests = it.state === 'paused' || it.state === 'pausing';
  const done = it.pairs - it.outcomes.pending;
  const who = it.who === 'admin' || it.who === 'cli' ? words.who[it.who] : it.who;
  return (
    <li className={styles.item}>
      <div className={styles.top}>
        <Link className={styles.name} href={`/imports/${it.id}`}>
          <FileName name={it.fileName} />
        </Link>
        <StateMark state={it.state} />
      </div>
      {it.pairs > 0 && <OutcomeBar counts={it.outcomes} small />}
      <div className={styles.facts}>
        <span>
          {isReviewed(it) && it.progress
            ? words.soFar(format.number(it.progress.done))
            : moves || rests
              ? words.done(format.number(done), format.number(it.pairs))
              : words.rows(it.rows)}
        </span>
        {moves && it.perMinute > 0 && <span>{words.perMinute(Math.round(it.perMinute))}</span>}
        {moves && it.waitingUntil !== null && !isDue ? (
          <span>{words.waitingUntil(format.second(it.waitingUntil))}</span>
        ) : (
          moves &&
          it.etaSeconds !== null && <span>{words.left(format.duration(it.etaSeconds))}</span>
        )}
        <span>
          {who === null ? format.time(it.createdAt) : words.by(who, format.time(it.createdAt))}
        </span>
      </div>
    </li>
  );
}
