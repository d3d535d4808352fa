import { Link } from 'wouter';
import type { z } from 'zod';
import type { PairRecord as PairRecordSchema } from '../../../server/schemas/pair-schema.ts';
import { type Column, DataTable } from '../../components/data-table.tsx';
import layout from '../../components/layout.module.css';
import { OutcomeMark } from '../../components/outcome/outcome-bar.tsx';
import { detailInWords, reasonInWords } from '../../i18n/in-words.ts';
import { useLanguage, useTexts } from '../../i18n/language.tsx';
import { pairTexts } from '../../i18n/texts.ts';
import { CorrectRow } from './correct-row.tsx';
import { isNumber } from './filters.ts';
import type { Sorting } from './use-sorting.tsx';

type PairRecord = z.infer<typeof PairRecordSchema>;

interface Props<Pair extends PairRecord> {
  label: string;
  pairs: readonly Pair[];
  /** An additional first column. */
  extra?: Pick<Column<Pair>, 'head' | 'label' | 'of'>;
  /** E-mail address of the person in the file, if it is known. */
  emailOf?: (pair: Pair) => string | null;
  /** @default the rows cannot be sorted */
  sorting?: Sorting;
  /** The import whose rejected rows can be corrected. @default none */
  importId?: number;
  /** The selected places. @default the rows cannot be selected */
  selection?: Selection;
}

interface Selection {
  selected: ReadonlySet<number>;
  onChange: (selected: ReadonlySet<number>) => void;
}

export function PairTable<Pair extends PairRecord>({
  label,
  pairs,
  extra,
  emailOf = () => null,
  sorting = (_, head) => ({ head }),
  selection,
  importId,
}: Props<Pair>) {
  const { head } = useTexts(pairTexts);
  const words = useTexts(pairTexts);
  const { format } = useLanguage();
  /** A box for each row, and one for all rows of the page. */
  const selectColumn = ({ selected, onChange }: Selection): Column<Pair> => ({
    kind: 'short',
    head: (
      <input
        type="checkbox"
        aria-label={words.selectAll}
        checked={pairs.every(({ place }) => selected.has(place))}
        onChange={({ target }) =>
          onChange(new Set(target.checked ? pairs.map(({ place }) => place) : []))
        }
      />
    ),
    of: ({ place, line }) => (
      <input
        type="checkbox"
        aria-label={words.select(format.number(line))}
        checked={selected.has(place)}
        onChange={({ target }) =>
          onChange(
            target.checked
              ? new Set([...selected, place])
              : new Set([...selected].filter((one) => one !== place)),
          )
        }
      />
    ),
  });
  return (
    <DataTable
      label={label}
      rows={pairs}
      columns={[
        ...(selection ? [selectColumn(selection)] : []),
        ...(extra ? [{ kind: 'name', ...extra } as const] : []),
        {
          ...sorting('line', head.line),
          label: head.line,
          kind: 'short',
          of: ({ line }) => format.number(line),
        },
        {
          ...sorting('group', head.group),
          label: head.group,
          kind: 'name',
          of: (pair) => <Group of={pair} />,
        },
        {
          ...sorting('user', head.person),
          label: head.person,
          kind: 'name',
          of: (pair) => <Person id={pair.user} name={pair.userName} email={emailOf(pair)} />,
        },
        {
          ...sorting('outcome', head.outcome),
          kind: 'short',
          of: ({ outcome }) => <OutcomeMark outcome={outcome} />,
        },
        {
          head: head.why,
          kind: 'text',
          of: (pair) => (
            <>
              <Why pair={pair} />
              {importId !== undefined && <CorrectRow key={pair.place} id={importId} row={pair} />}
            </>
          ),
        },
        {
          ...sorting('time', head.when),
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

interface PersonProps {
  id: string;
  name: string | null;
  email: string | null;
}

function Person({ id, name, email }: PersonProps) {
  return (
    <>
      {name !== null && (
        <div>
          <bdi>{name}</bdi>
        </div>
      )}
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
  if (pair.reason === null && pair.corrected === null) return null;
  const { meaning, remedy } = reasonInWords(pair, language);
  const { corrected } = pair;
  const more = [
    remedy,
    corrected && words.correctedFrom(corrected.group, corrected.user),
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
