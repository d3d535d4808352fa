import { type KeyboardEvent, type PointerEvent, type ReactNode, useState } from 'react';
import { useLanguage } from '../../i18n/language.tsx';
import styles from './chart.module.css';

interface Props {
  /** Text alternative of the chart. */
  summary: string;
  /** The largest value, shown at the top. */
  most: number;
  /** Beside it, for example a limit. */
  note?: string | undefined;
  /** In drawing units; the height is always 100. */
  width: number;
  /** Start and end, shown below. */
  from: string;
  to: string;
  /** The values in order, as text; the pointer and the arrow keys choose one. */
  values: readonly Value[];
  children: ReactNode;
}

export interface Value {
  text: string;
  /** Its place, as a share of the width. */
  place: number;
}

/** The frame of every chart over time. */
export function Plot({ summary, most, note, width, from, to, values, children }: Props) {
  const { format } = useLanguage();
  const [at, setAt] = useState<number>();
  const chosen = at === undefined ? undefined : values[Math.min(at, values.length - 1)];
  const onPointerMove = (event: PointerEvent<SVGSVGElement>) => {
    const { left, width: size } = event.currentTarget.getBoundingClientRect();
    setAt(nearest(values, (event.clientX - left) / size));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const next = MOVES[event.key]?.(at ?? values.length, values.length);
    if (next === undefined) return;
    event.preventDefault();
    setAt(Math.max(0, Math.min(values.length - 1, next)));
  };
  return (
    <figure className={styles.figure}>
      <div className={styles.scale} aria-hidden>
        <span>{format.number(most)}</span>
        <span>{note}</span>
      </div>
      {/* biome-ignore-start lint/a11y/noNoninteractiveTabindex: the arrow keys read its values */}
      {/* biome-ignore-start lint/a11y/noNoninteractiveElementInteractions: as above */}
      <svg
        className={styles.plot}
        role="img"
        aria-label={summary}
        tabIndex={0}
        viewBox={`0 0 ${width} 100`}
        preserveAspectRatio="none"
        onPointerMove={onPointerMove}
        onPointerLeave={() => setAt(undefined)}
        onKeyDown={onKeyDown}
        onBlur={() => setAt(undefined)}
      >
        {children}
        {chosen && (
          <line
            className={styles.chosen}
            x1={chosen.place * width}
            x2={chosen.place * width}
            y1={0}
            y2={100}
          />
        )}
      </svg>
      {/* biome-ignore-end lint/a11y/noNoninteractiveElementInteractions: see above */}
      {/* biome-ignore-end lint/a11y/noNoninteractiveTabindex: see above */}
      <div className={styles.scale}>
        <span aria-hidden>{format.time(from)}</span>
        <output className={styles.value}>{chosen?.text}</output>
        <span aria-hidden>{format.time(to)}</span>
      </div>
    </figure>
  );
}

/** Where each key goes from one of the values. */
const MOVES: Readonly<Record<string, ((at: number, count: number) => number) | undefined>> = {
  ArrowLeft: (at) => at - 1,
  ArrowRight: (at) => at + 1,
  Home: () => 0,
  End: (_, count) => count - 1,
};

function nearest(values: readonly Value[], share: number): number {
  let best = 0;
  values.forEach(({ place }, i) => {
    if (Math.abs(place - share) < Math.abs((values[best]?.place ?? 0) - share)) best = i;
  });
  return best;
}
