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
  limit: number;
  history: readonly Bar[];
}

/** How much of a limit is used: now, and over time. */
export function Gauge({ title, hint, value, limit, history }: Props) {
  const words = useTexts(portalTexts);
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
