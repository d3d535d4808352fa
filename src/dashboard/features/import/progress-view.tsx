import { Link } from 'wouter';
import type { Import } from '../../../server/schemas/import-schema.ts';
import { resultsAddress } from '../../api/imports-api.ts';
import { DownloadLink } from '../../components/download-link.tsx';
import layout from '../../components/layout.module.css';
import { OutcomeBar, OutcomeLegend } from '../../components/outcome/outcome-bar.tsx';
import { OutcomeMeanings } from '../../components/outcome/outcome-meanings.tsx';
import { Section } from '../../components/section.tsx';
import { importProblemInWords } from '../../i18n/in-words.ts';
import { useLanguage, useTexts } from '../../i18n/language.tsx';
import { importTexts } from '../../i18n/texts.ts';
import { HoldNotice } from './hold-notice.tsx';
import styles from './import.module.css';
import { Now } from './now.tsx';
import { RateChart } from './rate-chart.tsx';
import { Reasons } from './reasons.tsx';
import { WaitingGroupsNotice } from './waiting-groups-notice.tsx';

/** What happens now, the progress, the rate, and the results so far. */
export function ProgressView({ it }: { it: Import }) {
  const words = useTexts(importTexts);
  const { format, language } = useLanguage();
  const problem = importProblemInWords(it.problem, language);
  const done = it.pairs - it.outcomes.pending;
  const isOver = ['finished', 'cancelling', 'cancelled'].includes(it.state);
  const share = it.pairs === 0 ? 1 : done / it.pairs;
  return (
    <>
      {it.hold && <HoldNotice id={it.id} hold={it.hold} canTry={it.state === 'held'} />}
      {it.waitingGroups && <WaitingGroupsNotice groups={it.waitingGroups} />}
      <Section
        title={words.doneOf(
          format.number(done),
          format.number(it.pairs),
          // 99.9 % must not be shown as 100 %.
          format.percent(share < 1 ? Math.min(share, 0.99) : 1),
        )}
        extra={<DownloadLink href={resultsAddress(it.id)}>{words.downloadAll}</DownloadLink>}
      >
        <p className={styles.now}>
          <Now it={it} />
        </p>
        <OutcomeBar counts={it.outcomes} />
        <OutcomeLegend
          counts={it.outcomes}
          wrap={(outcome, name) => (
            <Link href={`/imports/${it.id}/pairs?outcome=${outcome}`}>{name}</Link>
          )}
        />
        <OutcomeMeanings counts={it.outcomes} />
        {problem && (
          <p className={layout.dimmed}>
            {problem.detail} {problem.remedy}
          </p>
        )}
      </Section>
      {/* While it runs, the rate comes first, afterwards what is left to do. */}
      {isOver ? <Reasons it={it} /> : <RateChart id={it.id} />}
      {isOver ? <RateChart id={it.id} /> : <Reasons it={it} />}
      {it.message && (
        <Section title={words.message}>
          <p className={styles.message}>{it.message}</p>
        </Section>
      )}
    </>
  );
}
