import { useLanguage } from '../../i18n/language.tsx';
import type { Bar } from './by-minute.ts';
import styles from './chart.module.css';
import { Plot } from './plot.tsx';

interface Props {
  /** In order, at equal distances. */
  bars: readonly Bar[];
  /** Text alternative of the chart. */
  summary: string;
}

const LEAST_BARS = 15;

/** Bars over time. */
export function BarChart({ bars, summary }: Props) {
  const { format } = useLanguage();
  const most = Math.max(1, ...bars.map(({ value }) => value));
  const [first] = bars;
  const last = bars.at(-1);
  // One bar alone must not fill the whole width.
  const width = Math.max(LEAST_BARS, bars.length);
  return (
    <Plot
      summary={summary}
      most={most}
      width={width}
      from={first?.at}
      to={bars.length >= LEAST_BARS ? last?.at : undefined}
    >
      {bars.map(({ at, value }, i) => (
        <rect
          key={at}
          className={styles.bar}
          x={i + 0.1}
          width={0.8}
          y={100 - (value / most) * 100}
          height={(value / most) * 100}
        >
          <title>{`${format.time(at)}: ${format.number(value)}`}</title>
        </rect>
      ))}
    </Plot>
  );
}
