import { useQuery } from '@tanstack/react-query';
import { rateQuery } from '../api/imports.ts';
import { BarChart } from '../chart/bar-chart.tsx';
import { byMinute } from '../chart/by-minute.ts';
import { useLanguage, useWords } from '../language/language.tsx';
import { Answer } from '../layout/answer.tsx';
import layout from '../layout/layout.module.css';
import { Section } from '../layout/section.tsx';
import { importWords } from './words.ts';

/** How fast invitations went out over time. */
export function RateChart({ id }: { id: number }) {
  const words = useWords(importWords);
  const { format } = useLanguage();
  const rate = useQuery(rateQuery(id));
  return (
    <Section title={words.rateTitle}>
      <Answer of={rate} height={150}>
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
      </Answer>
    </Section>
  );
}
