import { useQuery } from '@tanstack/react-query';
import { say } from '../../../messages/say.ts';
import type { AuditTrail } from '../../../server/schemas/audit-schema.ts';
import type { Import } from '../../../server/schemas/import-schema.ts';
import { auditQuery } from '../../api/imports-api.ts';
import { DataTable } from '../../components/data-table.tsx';
import layout from '../../components/layout.module.css';
import { QueryBoundary } from '../../components/query-boundary.tsx';
import { Section } from '../../components/section.tsx';
import { reasonInWords } from '../../i18n/in-words.ts';
import { useLanguage, useTexts } from '../../i18n/language.tsx';
import { pairTexts } from '../../i18n/texts.ts';

type Entry = AuditTrail['items'][number];

/** The audit trail: who did what, and when. */
export function HistoryView({ it }: { it: Import }) {
  const words = useTexts(pairTexts);
  const { format, language } = useLanguage();
  const trail = useQuery(auditQuery(it.id));
  const { when, who, what } = words.historyHead;
  const actors: Readonly<Record<string, string>> = words.actor;
  const nameOf = ({ action, retried }: Entry) =>
    retried === null
      ? (words.action[action] ?? action)
      : words.retried(reasonInWords({ ...retried, remedy: null }, language).meaning);
  const more = ({ said }: Entry) => {
    if (said?.code !== 'until') return say(words.audit, said);
    return words.audit.until({ time: format.moment(String(said.params.time)) });
  };
  return (
    <Section title={words.history}>
      <QueryBoundary of={trail} height={200}>
        {({ items }) => (
          <DataTable
            label={words.history}
            rows={items}
            columns={[
              { head: when, kind: 'short', of: ({ at }) => format.moment(at) },
              { head: who, kind: 'short', of: ({ actor }) => actors[actor] ?? actor },
              {
                head: what,
                kind: 'text',
                of: (entry) => (
                  <>
                    {nameOf(entry)}
                    {entry.detail && (
                      <div className={layout.dimmed}>{more(entry) ?? entry.detail}</div>
                    )}
                  </>
                ),
              },
            ]}
          />
        )}
      </QueryBoundary>
    </Section>
  );
}
