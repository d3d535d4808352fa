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

/** The audit trail: who did what, and when. */
export function HistoryView({ it }: { it: Import }) {
  const words = useWords(pairWords);
  const { format, language } = useLanguage();
  const trail = useQuery(auditQuery(it.id));
  const { when, who, what } = words.historyHead;
  const actors: Readonly<Record<string, string>> = words.actor;
  const nameOf = (action: string) => {
    const [, reason] = /^retry (.+)$/.exec(action) ?? [];
    if (reason === undefined) return words.action[action] ?? action;
    const { meaning } = inWords({ reason, meaning: reason, remedy: null }, language);
    return words.retried(meaning);
  };
  const more = (said: AuditTrail['items'][number]['said']) => {
    if (said?.code !== 'until') return say(words.audit, said);
    return words.audit.until({ time: format.moment(String(said.params.time)) });
  };
  return (
    <Section title={words.history}>
      <Answer of={trail} height={200}>
        {({ items }) => (
          <DataTable label={words.history} head={[when, who, what]}>
            {items.map(({ at, actor, action, detail, said }, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a trail only grows at its end
              <tr key={i}>
                <td className={layout.narrow}>{format.moment(at)}</td>
                <td>{actors[actor] ?? actor}</td>
                <td className={layout.wide}>
                  {nameOf(action)}
                  {detail && <div className={layout.dimmed}>{more(said) ?? detail}</div>}
                </td>
              </tr>
            ))}
          </DataTable>
        )}
      </Answer>
    </Section>
  );
}
