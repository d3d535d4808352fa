import { useLanguage, useTexts } from '../../i18n/language.tsx';
import { commonTexts } from '../../i18n/texts.ts';
import type { Bar } from './by-minute.ts';
import styles from './chart.module.css';
import { Plot } from './plot.tsx';

interface Props {
  /** In chronological order. */
  points: readonly Bar[];
  /** The limit of the value, drawn as a line. */
  limit?: number;
  summary: string;
}

export function LineChart({ points, limit, summary }: Props) {
  const words = useTexts(commonTexts);
  const { format } = useLanguage();
  const first = points[0];
  const last = points.at(-1);
  if (!first || !last || first === last) return null;
  const start = Date.parse(first.at);
  const span = Math.max(1, Date.parse(last.at) - start);
  const most = Math.max(limit ?? 0, ...points.map(({ value }) => value));
  const top = most || 1;
  const y = (value: number) => 100 - (value / top) * 100;
  const placeOf = (at: string) => (Date.parse(at) - start) / span;
  const path = points
    .map(({ at, value }, i) => {
      const x = placeOf(at) * 100;
      return `${i === 0 ? 'M' : 'L'}${x.toFixed(2)} ${y(value).toFixed(2)}`;
    })
    .join('');
  const values = points.map(({ at, value }) => ({
    text: `${format.second(at)}: ${format.decimal(value)}`,
    place: placeOf(at),
  }));
  return (
    <Plot
      {...{ summary, most, values }}
      width={100}
      from={first.at}
      to={last.at}
      note={limit === undefined ? undefined : words.limit(format.number(limit))}
    >
      {limit !== undefined && (
        <line className={styles.limit} x1={0} x2={100} y1={y(limit)} y2={y(limit)} />
      )}
      <path className={styles.line} d={path} />
    </Plot>
  );
}
