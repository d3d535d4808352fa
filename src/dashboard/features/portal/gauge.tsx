import type { Bar } from '../../components/chart/by-minute.ts';
import { LineChart } from '../../components/chart/line-chart.tsx';
import layout from '../../components/layout.module.css';
import { Section } from '../../components/section.tsx';
import { useLanguage, useTexts } from '../../i18n/language.tsx';
import { portalTexts } from '../../i18n/texts.ts';
import styles from './portal.module.css';

interface Props {
  title: string;
  hint: string;
  value: number;
  /** Null: there is none. */
  limit: number | null;
  /** Adds the unit to a number. @default none: the title has it */
  withUnit?: (n: string) => string;
  history: readonly Bar[];
}

/** How much of a limit is used: now, and over time. */
export function Gauge({ title, hint, value, limit, withUnit = (n) => n, history }: Props) {
  const words = useTexts(portalTexts);
  const { format } = useLanguage();
  return (
    <Section title={title}>
      <div className={styles.value}>
        {limit === null
          ? withUnit(format.number(value))
          : words.of(format.number(value), withUnit(format.number(limit)))}
      </div>
      {limit !== null && (
        <meter
          className={styles.meter}
          aria-label={title}
          min={0}
          max={limit}
          high={limit * 0.9}
          value={value}
        />
      )}
      <p className={layout.dimmed}>{hint}</p>
      <LineChart
        points={history}
        {...(limit !== null && { limit })}
        summary={words.overTime(title)}
      />
    </Section>
  );
}
