import { useLanguage } from '../../i18n/language.tsx';
import type { Bar } from './by-minute.ts';
import styles from './chart.module.css';
import { Plot } from './plot.tsx';

interface Props {
  /** In order, at equal distances. */
  bars: readonly Bar[];
  /** End of the last bar. */
  to: string;
  /** Text alternative of the chart. */
  summary: string;
}

export function BarChart({ bars, to, summary }: Props) {
  const { format } = useLanguage();
  const most = Math.max(1, ...bars.map(({ value }) => value));
  const [first] = bars;
  if (first === undefined) return null;
  const values = bars.map(({ at, value }, i) => ({
    text: `${format.time(at)}: ${format.number(value)}`,
    place: (i + 0.5) / bars.length,
  }));
  return (
    <Plot {...{ summary, most, to, values }} width={bars.length} from={first.at}>
      {bars.map(({ at, value }, i) => (
        <rect
          key={at}
          className={styles.bar}
          x={i + 0.1}
          width={0.8}
          y={100 - (value / most) * 100}
          height={(value / most) * 100}
        />
      ))}
    </Plot>
  );
}
