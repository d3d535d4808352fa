import type { Bar } from '../chart/by-minute.ts';
import { LineChart } from '../chart/line-chart.tsx';
import { useLanguage, useWords } from '../language/language.tsx';
import layout from '../layout/layout.module.css';
import { Section } from '../layout/section.tsx';
import styles from './portal.module.css';
import { portalWords } from './words.ts';

interface Props {
  title: string;
  hint: string;
  value: number;
  limit: number;
  history: readonly Bar[];
}

/** How much of a limit is used: now, and over time. */
export function Gauge({ title, hint, value, limit, history }: Props) {
  const words = useWords(portalWords);
  const { format } = useLanguage();
  return (
    <Section title={title}>
      <div className={styles.value}>{words.of(format.number(value), format.number(limit))}</div>
      <meter
        className={styles.meter}
        aria-label={title}
        min={0}
        max={limit}
        high={limit * 0.9}
        value={value}
      />
      <p className={layout.dimmed}>{hint}</p>
      <LineChart points={history} limit={limit} summary={words.overTime(title)} />
    </Section>
  );
}
