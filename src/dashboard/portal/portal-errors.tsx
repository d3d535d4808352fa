import type { Portal } from '../api/portal.ts';
import { useLanguage, useWords } from '../language/language.tsx';
import { DataTable } from '../layout/data-table.tsx';
import layout from '../layout/layout.module.css';
import { Section } from '../layout/section.tsx';
import { portalWords } from './words.ts';

export function PortalErrors({ errors }: { errors: Portal['lastErrors'] }) {
  const words = useWords(portalWords);
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
