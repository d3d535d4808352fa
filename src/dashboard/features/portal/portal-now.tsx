import type { Portal } from '../../api/portal-api.ts';
import { BarChart } from '../../components/chart/bar-chart.tsx';
import { byMinute } from '../../components/chart/by-minute.ts';
import { LineChart } from '../../components/chart/line-chart.tsx';
import { Section } from '../../components/section.tsx';
import { useLanguage, useTexts } from '../../i18n/language.tsx';
import { portalTexts } from '../../i18n/texts.ts';
import styles from './portal.module.css';

const HOUR_MS = 3_600_000;

/** Requests in flight, the cost of an invitation, and the number of invitations. */
export function PortalNow({ portal: { now, limits, history, lastHour } }: { portal: Portal }) {
  const words = useTexts(portalTexts);
  const { format } = useLanguage();
  const to = new Date().toISOString();
  const from = new Date(Date.now() - HOUR_MS).toISOString();
  const bars = byMinute(
    lastHour.map(({ at, invited }) => ({ at, value: invited })),
    { from, to },
  );
  const costs = history.flatMap(({ at, secondsPerInvite }) =>
    secondsPerInvite === null ? [] : [{ at, value: secondsPerInvite * 1_000 }],
  );
  return (
    <Section title={words.nowTitle}>
      <dl className={styles.facts}>
        <dt>{words.inFlight}</dt>
        <dd>{words.of(format.number(now.inFlight), format.number(limits.concurrency))}</dd>
        <dt>{words.cost}</dt>
        <dd>
          {now.secondsPerInvite === null
            ? words.unknownCost
            : words.milliseconds(format.decimal(now.secondsPerInvite * 1_000))}
        </dd>
      </dl>
      {costs.length > 1 && (
        <>
          <h3>{words.costOverTime}</h3>
          <LineChart points={costs} summary={words.costOverTime} />
        </>
      )}
      {lastHour.length > 0 && (
        <>
          <h3>{words.invited}</h3>
          <BarChart {...{ bars, to }} summary={words.invited} />
        </>
      )}
    </Section>
  );
}
