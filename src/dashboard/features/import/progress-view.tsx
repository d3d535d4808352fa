import { Link } from 'wouter';
import { invitableCounts, leftOutCounts } from '../../../domain/imports/progress-counts.ts';
import type { Outcome } from '../../../domain/pairs/outcome.ts';
import type { Import } from '../../../server/schemas/import-schema.ts';
import layout from '../../components/layout.module.css';
import { OutcomeBar, OutcomeLegend } from '../../components/outcome/outcome-bar.tsx';
import { OutcomeMeanings } from '../../components/outcome/outcome-meanings.tsx';
import { ResultsLinks } from '../../components/results-links.tsx';
import { Section } from '../../components/section.tsx';
import { importProblemInWords } from '../../i18n/in-words.ts';
import { useLanguage, useTexts } from '../../i18n/language.tsx';
import { importTexts } from '../../i18n/texts.ts';
import { HoldNotice } from './hold-notice.tsx';
import styles from './import.module.css';
import { Now } from './now.tsx';
import { progressInWords } from './progress-in-words.ts';
import { RateChart } from './rate-chart.tsx';
import { Reasons } from './reasons.tsx';
import { WaitingGroupsNotice } from './waiting-groups-notice.tsx';

/** What happens now, the progress, the rate, and the results so far. */
export function ProgressView({ it }: { it: Import }) {
  const words = useTexts(importTexts);
  const { format, language } = useLanguage();
  const problem = importProblemInWords(it.problem, language);
  const invitable = invitableCounts(it.outcomes);
  const leftOut = leftOutCounts(it.outcomes);
  const link = (outcome: Outcome, name: string) => (
    <Link href={`/imports/${it.id}/pairs?outcome=${outcome}`}>{name}</Link>
  );
  const isOver = ['finished', 'cancelling', 'cancelled'].includes(it.state);
  return (
    <>
      {it.hold && <HoldNotice id={it.id} hold={it.hold} canTry={it.state === 'held'} />}
      {it.waitingGroups && <WaitingGroupsNotice groups={it.waitingGroups} />}
      <Section
        title={progressInWords(it, words, format)}
        extra={<ResultsLinks id={it.id}>{words.downloadAll}</ResultsLinks>}
      >
        {it.state !== 'finished' && (
          <p className={styles.now}>
            <Now it={it} />
          </p>
        )}
        {it.lastRetry && (
          <p className={styles.now}>
            {words[isOver ? 'retried' : 'retrying'](
              format.number(it.lastRetry.invited),
              format.number(it.lastRetry.pairs),
            )}
          </p>
        )}
        <OutcomeBar counts={invitable} />
        <OutcomeLegend counts={invitable} wrap={link} />
        {leftOut.duplicate + leftOut.rejected > 0 && (
          <div className={styles.leftOut}>
            <span className={layout.dimmed}>{words.besides}</span>
            <OutcomeLegend counts={leftOut} wrap={link} />
          </div>
        )}
        <OutcomeMeanings counts={it.outcomes} />
        {problem && (
          <p className={layout.dimmed}>
            {problem.detail} {problem.remedy}
          </p>
        )}
      </Section>
      {/* While it runs, the rate comes first, afterwards what is left to do. */}
      {isOver ? <Reasons it={it} /> : <RateChart it={it} />}
      {isOver ? <RateChart it={it} /> : <Reasons it={it} />}
      {it.message && (
        <Section title={words.message}>
          <p className={styles.message}>{it.message}</p>
        </Section>
      )}
    </>
  );
}
