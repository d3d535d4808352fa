import { Link } from 'wouter';
import type { z } from 'zod';
import type { PairRecord as PairRecordSchema } from '../../../server/schemas/pair-schema.ts';
import { type Column, DataTable } from '../../components/data-table.tsx';
import layout from '../../components/layout.module.css';
import { OutcomeMark } from '../../components/outcome/outcome-bar.tsx';
import { detailInWords, reasonInWords } from '../../i18n/in-words.ts';
import { useLanguage, useTexts } from '../../i18n/language.tsx';
import { pairTexts } from '../../i18n/texts.ts';
import { isNumber } from './filters.ts';

type PairRecord = z.infer<typeof PairRecordSchema>;

interface Props<Pair extends PairRecord> {
  label: string;
  pairs: readonly Pair[];
  /** An additional first column. */
  extra?: Pick<Column<Pair>, 'head' | 'label' | 'of'>;
  /** E-mail address of the person in the file, if it is known. */
  emailOf?: (pair: Pair) => string | null;
}

export function PairTable<Pair extends PairRecord>({
  label,
  pairs,
  extra,
  emailOf = () => null,
}: Props<Pair>) {
  const { head } = useTexts(pairTexts);
  const { format } = useLanguage();
  return (
    <DataTable
      label={label}
      rows={pairs}
      columns={[
        ...(extra ? [{ kind: 'name', ...extra } as const] : []),
        {
          head: head.line,
          label: head.line,
          kind: 'short',
          of: ({ line }) => format.number(line),
        },
        { head: head.group, label: head.group, kind: 'name', of: (pair) => <Group of={pair} /> },
        {
          head: head.person,
          label: head.person,
          kind: 'name',
          of: (pair) => <Person id={pair.user} email={emailOf(pair)} />,
        },
        {
          head: head.outcome,
          kind: 'short',
          of: ({ outcome }) => <OutcomeMark outcome={outcome} />,
        },
        { head: head.why, kind: 'text', of: (pair) => <Why pair={pair} /> },
        {
          head: head.when,
          kind: 'short',
          of: ({ settledAt }) => settledAt && format.time(settledAt),
        },
      ]}
    />
  );
}

function Group({ of: { group, groupName } }: { of: PairRecord }) {
  if (groupName === null) return group;
  return (
    <>
      <bdi>{groupName}</bdi>
      <div className={layout.dimmed}>{group}</div>
    </>
  );
}

function Person({ id, email }: { id: string; email: string | null }) {
  return (
    <>
      {isNumber(id) ? <Link href={`/people?q=${id}`}>{id}</Link> : id}
      <Address email={email} />
    </>
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
  const words = useTexts(pairTexts);
  const { language } = useLanguage();
  if (pair.reason === null) return null;
  const { meaning, remedy } = reasonInWords(pair, language);
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
