import { useQuery } from '@tanstack/react-query';
import type { Import } from '../../../server/schemas/import-schema.ts';
import { rateQuery } from '../../api/imports-api.ts';
import { BarChart } from '../../components/chart/bar-chart.tsx';
import { byMinute } from '../../components/chart/by-minute.ts';
import layout from '../../components/layout.module.css';
import { QueryBoundary } from '../../components/query-boundary.tsx';
import { Section } from '../../components/section.tsx';
import { useLanguage, useTexts } from '../../i18n/language.tsx';
import { importTexts } from '../../i18n/texts.ts';

/** The invitations per minute, from the start of the import to its end, or to now. */
export function RateChart({ it }: { it: Import }) {
  const words = useTexts(importTexts);
  const { format } = useLanguage();
  const rate = useQuery(rateQuery(it.id));
  return (
    <Section title={words.rateTitle}>
      <QueryBoundary of={rate} height={150}>
        {({ points }) => {
          const to = it.finishedAt ?? new Date().toISOString();
          const span = { from: it.startedAt, to };
          const bars = byMinute(
            points.map(({ at, invited }) => ({ at, value: invited })),
            span,
          );
          const [first] = bars;
          const most = Math.max(0, ...bars.map(({ value }) => value));
          if (!first || most === 0) {
            return <p className={layout.dimmed}>{words.rateNone}</p>;
          }
          return (
            <BarChart
              {...{ bars, to }}
              summary={words.rateSummary(
                format.number(most),
                format.time(first.at),
                format.time(to),
              )}
            />
          );
        }}
      </QueryBoundary>
    </Section>
  );
}
