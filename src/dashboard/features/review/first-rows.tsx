import type { Format } from '../../../server/schemas/format-schema.ts';
import type { Review } from '../../../server/schemas/review-schema.ts';
import { type Column, DataTable } from '../../components/data-table.tsx';
import { Section } from '../../components/section.tsx';
import { useLanguage, useTexts } from '../../i18n/language.tsx';
import { reviewTexts } from '../../i18n/texts.ts';
import styles from './review.module.css';

interface Props {
  rows: Review['firstRows'];
  /** Names of the columns; null without a header. */
  header: Format['header'];
  /** Positions of the columns in use, from 1. */
  columns: Readonly<Record<'group' | 'user' | 'message', number | undefined>>;
}

type Row = Review['firstRows'][number];

const MOST = 5;

/** The first rows of the file, and the meaning of each column. */
export function FirstRows({ rows: known, header, columns: inUse }: Props) {
  const words = useTexts(reviewTexts);
  const { format } = useLanguage();
  const rows = known.slice(0, MOST);
  const width = Math.max(0, ...rows.map(({ cells }) => cells.length));
  const uses = (number: number) =>
    (['group', 'user', 'message'] as const).find((one) => inUse[one] === number);
  const columns = Array.from({ length: width }, (_, i): Column<Row> => {
    const used = uses(i + 1);
    return {
      head: (
        <>
          {header?.[i] || words.column(i + 1)}
          {used && <div className={styles.used}>{words.uses[used]}</div>}
        </>
      ),
      kind: 'cell',
      title: ({ cells }) => cells[i],
      of: ({ cells }) => cells[i],
    };
  });
  if (rows.length === 0) return null;
  return (
    <Section title={words.firstRows}>
      <DataTable
        label={words.firstRows}
        rows={rows}
        columns={[
          { head: words.line, kind: 'short', of: ({ line }) => format.number(line) },
          ...columns,
        ]}
        stacks={false}
      />
    </Section>
  );
}
