import { useQuery } from '@tanstack/react-query';
import { rateQuery } from '../../api/imports-api.ts';
import { BarChart } from '../../components/chart/bar-chart.tsx';
import { byMinute } from '../../components/chart/by-minute.ts';
import layout from '../../components/layout.module.css';
import { QueryBoundary } from '../../components/query-boundary.tsx';
import { Section } from '../../components/section.tsx';
import { useLanguage, useTexts } from '../../i18n/language.tsx';
import { importTexts } from '../../i18n/texts.ts';

/** Invitations per minute over time. */
export function RateChart({ id }: { id: number }) {
  const words = useTexts(importTexts);
  const { format } = useLanguage();
  const rate = useQuery(rateQuery(id));
  return (
    <Section title={words.rateTitle}>
      <QueryBoundary of={rate} height={150}>
        {({ points }) => {
          const bars = byMinute(points.map(({ at, invited }) => ({ at, value: invited })));
          const [first] = bars;
          const last = bars.at(-1);
          const most = Math.max(0, ...bars.map(({ value }) => value));
          if (!first || !last || most === 0) {
            return <p className={layout.dimmed}>{words.rateNone}</p>;
          }
          return (
            <BarChart
              bars={bars}
              summary={words.rateSummary(
                format.number(most),
                format.time(first.at),
                format.time(last.at),
              )}
            />
          );
        }}
      </QueryBoundary>
    </Section>
  );
}
