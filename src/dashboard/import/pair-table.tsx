import type { ReactNode } from 'react';
import { Link } from 'wouter';
import type { z } from 'zod';
import type { PairRecord as PairRecordSchema } from '../../server/schemas/pair.ts';
import { useLanguage, useWords } from '../language/language.tsx';
import { DataTable } from '../layout/data-table.tsx';
import layout from '../layout/layout.module.css';
import { OutcomeMark } from '../outcome/outcome-bar.tsx';
import { inWords } from '../outcome/reasons.ts';
import { detailInWords } from '../outcome/row-details.ts';
import { pairWords } from './pair-words.ts';

type PairRecord = z.infer<typeof PairRecordSchema>;

interface Props<Pair extends PairRecord> {
  label: string;
  pairs: readonly Pair[];
  /** A first column of its own. */
  extra?: { head: string; of: (pair: Pair) => ReactNode };
  /** The address by which the file names the person, where it is known. */
  emailOf?: (pair: Pair) => string | null;
}

export function PairTable<Pair extends PairRecord>({
  label,
  pairs,
  extra,
  emailOf = () => null,
}: Props<Pair>) {
  const { head } = useWords(pairWords);
  const { format } = useLanguage();
  return (
    <DataTable
      label={label}
      head={[
        ...(extra ? [extra.head] : []),
        ...[head.line, head.group, head.person, head.outcome, head.why, head.when],
      ]}
    >
      {pairs.map((pair, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: one line can make several, alike as well
        <tr key={i}>
          {extra && <td className={layout.name}>{extra.of(pair)}</td>}
          <td>{format.number(pair.line)}</td>
          <td className={layout.name}>
            {pair.groupName ?? pair.group}
            {pair.groupName && <div className={layout.dimmed}>{pair.group}</div>}
          </td>
          <td className={layout.name}>
            {/^\d+$/.test(pair.user) ? (
              <Link href={`/people?q=${pair.user}`}>{pair.user}</Link>
            ) : (
              pair.user
            )}
            <Address email={emailOf(pair)} />
          </td>
          <td className={layout.narrow}>
            <OutcomeMark outcome={pair.outcome} />
          </td>
          <td className={layout.wide}>
            <Why pair={pair} />
          </td>
          <td className={layout.narrow}>{pair.settledAt && format.time(pair.settledAt)}</td>
        </tr>
      ))}
    </DataTable>
  );
}

function Address({ email }: { email: string | null }) {
  if (email === null) return null;
  const at = email.indexOf('@');
  return (
    <div className={layout.dimmed}>
      {email.slice(0, at)}
      <wbr />
      {email.slice(at)}
    </div>
  );
}

function Why({ pair }: { pair: PairRecord }) {
  const words = useWords(pairWords);
  const { language } = useLanguage();
  if (pair.reason === null) return null;
  const { meaning, remedy } = inWords(pair, language);
  const more = [
    remedy,
    detailInWords(pair, language),
    pair.attempts !== null && pair.attempts > 1 && words.attempts(pair.attempts),
  ];
  return (
    <>
      {meaning}
      {more.filter(Boolean).map((text) => (
        <div key={String(text)} className={layout.dimmed}>
          {text}
        </div>
      ))}
    </>
  );
}
