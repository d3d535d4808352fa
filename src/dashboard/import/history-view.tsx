import { useQuery } from '@tanstack/react-query';
import type { Import } from '../../server/schemas/import.ts';
import { auditQuery } from '../api/imports.ts';
import { useLanguage, useWords } from '../language/language.tsx';
import { Answer } from '../layout/answer.tsx';
import { DataTable } from '../layout/data-table.tsx';
import layout from '../layout/layout.module.css';
import { Section } from '../layout/section.tsx';
import { pairWords } from './pair-words.ts';

/** The audit trail: who did what, and when. */
export function HistoryView({ it }: { it: Import }) {
  const words = useWords(pairWords);
  const { format } = useLanguage();
  const trail = useQuery(auditQuery(it.id));
  const { when, who, what } = words.historyHead;
  const actors: Readonly<Record<string, string>> = words.actor;
  return (
    <Section title={words.history}>
      <Answer of={trail} height={200}>
        {({ items }) => (
          <DataTable label={words.history} head={[when, who, what]}>
            {items.map(({ at, actor, action, detail }, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a trail only grows at its end
              <tr key={i}>
                <td className={layout.narrow}>{format.moment(at)}</td>
                <td>{actors[actor] ?? actor}</td>
                <td className={layout.wide}>
                  {words.action[action] ?? action}
                  {detail && <div className={layout.dimmed}>{detail}</div>}
                </td>
              </tr>
            ))}
          </DataTable>
        )}
      </Answer>
    </Section>
  );
}
