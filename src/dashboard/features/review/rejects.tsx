import type { Review } from '../../../server/schemas/review-schema.ts';
import { DataTable } from '../../components/data-table.tsx';
import layout from '../../components/layout.module.css';
import { ResultsLinks } from '../../components/results-links.tsx';
import { Section } from '../../components/section.tsx';
import { detailInWords, reasonInWords } from '../../i18n/in-words.ts';
import { useLanguage, useTexts } from '../../i18n/language.tsx';
import { reviewTexts } from '../../i18n/texts.ts';
import { CorrectRow } from '../pairs/correct-row.tsx';

interface Props {
  count: number;
  /** Whether the file contains no pair at all. */
  areAll: boolean;
  rejects: Review['rejects'];
  /** The import. */
  id: number;
}

const MOST = 10;

export function Rejects({ count, areAll, rejects, id }: Props) {
  const words = useTexts(reviewTexts);
  const { format, language } = useLanguage();
  if (count === 0) return null;
  return (
    <Section
      title={words.rejectsTitle(count)}
      extra={
        <ResultsLinks id={id} query={{ outcome: 'rejected' }}>
          {words.rejectsCsv}
        </ResultsLinks>
      }
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
                {reasonInWords(it, language).meaning}
                {it.detail && <div className={layout.dimmed}>{detailInWords(it, language)}</div>}
                <CorrectRow key={it.place} id={id} row={it} />
              </>
            ),
          },
        ]}
      />
    </Section>
  );
}
