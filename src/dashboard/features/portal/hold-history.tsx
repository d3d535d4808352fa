import type { Portal } from '../../api/portal-api.ts';
import { DataTable } from '../../components/data-table.tsx';
import layout from '../../components/layout.module.css';
import { Section } from '../../components/section.tsx';
import { useLanguage, useTexts } from '../../i18n/language.tsx';
import { portalTexts } from '../../i18n/texts.ts';

/** The times in which the portal took no invitations. */
export function HoldHistory({ holds }: { holds: Portal['holds'] }) {
  const words = useTexts(portalTexts);
  const { format } = useLanguage();
  const { from, to, what } = words.holdHead;
  return (
    <Section title={words.holds}>
      {holds.length === 0 ? (
        <p>{words.noHolds}</p>
      ) : (
        <DataTable
          label={words.holds}
          rows={holds}
          columns={[
            { head: from, label: from, kind: 'short', of: (hold) => format.moment(hold.from) },
            {
              head: to,
              label: to,
              kind: 'short',
              of: (hold) => (hold.to === null ? words.holdLasts : format.moment(hold.to)),
            },
            {
              head: what,
              kind: 'text',
              of: ({ code, description }) => (
                <>
                  {code}
                  <div className={layout.dimmed}>{description}</div>
                </>
              ),
            },
          ]}
        />
      )}
    </Section>
  );
}
