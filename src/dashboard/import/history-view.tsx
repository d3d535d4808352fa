import { useQuery } from '@tanstack/react-query';
import type { AuditTrail } from '../../server/schemas/audit.ts';
import type { Import } from '../../server/schemas/import.ts';
import { auditQuery } from '../api/imports.ts';
import { useLanguage, useWords } from '../language/language.tsx';
import { say } from '../language/say.ts';
import { Answer } from '../layout/answer.tsx';
import { DataTable } from '../layout/data-table.tsx';
import layout from '../layout/layout.module.css';
import { Section } from '../layout/section.tsx';
import { inWords } from '../outcome/reasons.ts';
import { pairWords } from './pair-words.ts';

type Entry = AuditTrail['items'][number];

/** The audit trail: who did what, and when. */
export function HistoryView({ it }: { it: Import }) {
  const words = useWords(pairWords);
  const { format, language } = useLanguage();
  const trail = useQuery(auditQuery(it.id));
  const { when, who, what } = words.historyHead;
  const actors: Readonly<Record<string, string>> = words.actor;
  const nameOf = ({ action, retried }: Entry) =>
    retried === null
      ? (words.action[action] ?? action)
      : words.retried(inWords({ ...retried, remedy: null }, language).meaning);
  const more = ({ said }: Entry) => {
    if (said?.code !== 'until') return say(words.audit, said);
    return words.audit.until({ time: format.moment(String(said.params.time)) });
  };
  return (
    <Section title={words.history}>
      <Answer of={trail} height={200}>
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
      </Answer>
    </Section>
  );
}
