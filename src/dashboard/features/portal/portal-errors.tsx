import type { Portal } from '../../api/portal-api.ts';
import { DataTable } from '../../components/data-table.tsx';
import layout from '../../components/layout.module.css';
import { Section } from '../../components/section.tsx';
import { useLanguage, useTexts } from '../../i18n/language.tsx';
import { portalTexts } from '../../i18n/texts.ts';

export function PortalErrors({ errors }: { errors: Portal['lastErrors'] }) {
  const words = useTexts(portalTexts);
  const { format } = useLanguage();
  const { when, what } = words.errorHead;
  return (
    <Section title={words.errors}>
      {errors.length === 0 ? (
        <p>{words.noErrors}</p>
      ) : (
        <DataTable
          label={words.errors}
          rows={errors}
          columns={[
            { head: when, kind: 'short', of: ({ at }) => format.moment(at) },
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
