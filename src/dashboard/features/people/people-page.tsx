import { Button, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { Link } from 'wouter';
import { personQuery } from '../../api/imports-api.ts';
import { useAddress } from '../../components/address.ts';
import { FileName } from '../../components/file-name.tsx';
import layout from '../../components/layout.module.css';
import { PageTitle } from '../../components/page-title.tsx';
import { Pager } from '../../components/pager.tsx';
import { QueryBoundary } from '../../components/query-boundary.tsx';
import { Section } from '../../components/section.tsx';
import { useTexts } from '../../i18n/language.tsx';
import { peopleTexts } from '../../i18n/texts.ts';
import { isNumber } from '../import/filters.ts';
import { PairTable } from '../import/pair-table.tsx';
import styles from './people.module.css';

/** One person over all imports. */
export function PeoplePage() {
  const words = useTexts(peopleTexts);
  const { get, go } = useAddress();
  const who = get('q') ?? '';
  const [refusedAt, setRefusedAt] = useState<string>();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const q = String(new FormData(event.currentTarget).get('q') ?? '').trim();
    setRefusedAt(canName(q) ? undefined : who);
    if (canName(q)) go({ q, cursor: null });
    else event.currentTarget.querySelector('input')?.focus();
  };
  return (
    <div className={layout.page}>
      <PageTitle title={words.title} />
      <p>{words.intro}</p>
      <form className={styles.search} onSubmit={submit}>
        <TextInput
          key={who}
          name="q"
          type="search"
          label={words.query}
          defaultValue={who}
          error={(refusedAt === who || !canName(who)) && words.noName}
        />
        <Button type="submit">{words.find}</Button>
      </form>
      {who !== '' && canName(who) && <Found who={who} cursor={get('cursor')} />}
    </div>
  );
}

/** Whether a text can identify a person; an empty one starts no search. */
const canName = (who: string): boolean => who === '' || isNumber(who) || who.includes('@');

function Found({ who, cursor }: { who: string; cursor: string | null }) {
  const words = useTexts(peopleTexts);
  const by = isNumber(who) ? { user_id: who } : { email: who };
  const found = useQuery(personQuery({ ...by, cursor }));
  return (
    <QueryBoundary of={found} height={200}>
      {({ items }) =>
        items.length === 0 ? (
          <p role="status">{words.none(who)}</p>
        ) : (
          <Section title={words.found(who)}>
            <PairTable
              label={words.found(who)}
              pairs={items}
              emailOf={({ email }) => email}
              extra={{
                head: words.import,
                label: words.import,
                of: ({ importId, fileName }) => (
                  <Link href={`/imports/${importId}`}>
                    <FileName name={fileName} />
                  </Link>
                ),
              }}
            />
            <Pager of={found} />
          </Section>
        )
      }
    </QueryBoundary>
  );
}
