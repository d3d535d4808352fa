import type { Review } from '../../server/schemas/review.ts';
import { useLanguage, useWords } from '../language/language.tsx';
import { DataTable } from '../layout/data-table.tsx';
import { DownloadLink } from '../layout/download-link.tsx';
import layout from '../layout/layout.module.css';
import { Section } from '../layout/section.tsx';
import { inWords } from '../outcome/reasons.ts';
import { detailInWords } from '../outcome/row-details.ts';
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
      aside={<DownloadLink href={rejects.csv}>{words.rejectsCsv}</DownloadLink>}
    >
      <p className={layout.dimmed}>{areAll ? words.rejectsAll : words.rejectsRest}</p>
      <DataTable
        label={words.rejectsTitle(count)}
        rows={rejects.first.slice(0, MOST)}
        columns={[
          {
            head: words.line,
            label: words.line,
            kind: 'short',
            of: ({ line }) => format.number(line),
          },
          { head: words.group, label: words.group, kind: 'name', of: ({ group }) => group },
          { head: words.person, label: words.person, kind: 'name', of: ({ user }) => user },
          {
            head: words.reason,
            kind: 'text',
            of: (it) => (
              <>
                {inWords(it, language).meaning}
                {it.detail && <div className={layout.dimmed}>{detailInWords(it, language)}</div>}
              </>
            ),
          },
        ]}
      />
    </Section>
  );
}
