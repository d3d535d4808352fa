import type { Review } from '../../server/schemas/review.ts';
import { useLanguage, useWords } from '../language/language.tsx';
import { DataTable } from '../layout/data-table.tsx';
import layout from '../layout/layout.module.css';
import { Section } from '../layout/section.tsx';
import { inWords } from '../outcome/reasons.ts';
import { detailInWords } from '../outcome/row-details.ts';
import styles from './review.module.css';
import { reviewWords } from './words.ts';

interface Props {
  count: number;
  /** There is nothing but lines that cannot be read. */
  areAll: boolean;
  rejects: Review['rejects'];
}

const MOST = 10;

/** Lines that cannot be pairs, and why. */
export function Rejects({ count, areAll, rejects }: Props) {
  const words = useWords(reviewWords);
  const { format, language } = useLanguage();
  if (count === 0) return null;
  return (
    <Section
      title={words.rejectsTitle(count)}
      aside={
        <a href={rejects.csv} download>
          {words.rejectsCsv}
        </a>
      }
    >
      <p className={layout.dimmed}>{areAll ? words.rejectsAll : words.rejectsRest}</p>
      <DataTable
        label={words.rejectsTitle(count)}
        head={[words.line, words.group, words.person, words.reason]}
      >
        {rejects.first.slice(0, MOST).map((it, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a line can have several
          <tr key={i}>
            <td>{format.number(it.line)}</td>
            <td className={styles.cell}>{it.group}</td>
            <td className={styles.cell}>{it.user}</td>
            <td className={layout.wide}>
              {inWords(it, language).meaning}
              {it.detail && <div className={layout.dimmed}>{detailInWords(it, language)}</div>}
            </td>
          </tr>
        ))}
      </DataTable>
    </Section>
  );
}
