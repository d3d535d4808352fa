import type { PersonRecord } from '../../../server/schemas/pair-schema.ts';
import { DataTable } from '../../components/data-table.tsx';
import layout from '../../components/layout.module.css';
import { OutcomeMark } from '../../components/outcome/outcome-bar.tsx';
import { Section } from '../../components/section.tsx';
import { reasonInWords } from '../../i18n/in-words.ts';
import { useLanguage, useTexts } from '../../i18n/language.tsx';
import { peopleTexts } from '../../i18n/texts.ts';
import { summarizeByGroup } from './summarize-by-group.ts';

/** One line for each group: the latest result of the person there. */
export function PersonGroups({ records }: { records: readonly PersonRecord[] }) {
  const words = useTexts(peopleTexts);
  const { format, language } = useLanguage();
  return (
    <Section title={words.groups}>
      <DataTable
        label={words.groups}
        rows={summarizeByGroup(records)}
        columns={[
          {
            head: words.group,
            label: words.group,
            kind: 'name',
            of: ({ latest: { group, groupName } }) => (
              <>
                <bdi>{groupName ?? group}</bdi>
                {groupName !== null && <div className={layout.dimmed}>{group}</div>}
              </>
            ),
          },
          {
            head: words.latest,
            kind: 'text',
            of: ({ latest }) => (
              <>
                <OutcomeMark outcome={latest.outcome} />
                <div className={layout.dimmed}>{reasonInWords(latest, language).meaning}</div>
              </>
            ),
          },
          {
            head: words.entries,
            label: words.entries,
            kind: 'number',
            of: ({ count }) => format.number(count),
          },
        ]}
      />
    </Section>
  );
}
