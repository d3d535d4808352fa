import { Button, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { Link } from 'wouter';
import { personQuery } from '../api/imports.ts';
import { isNumber } from '../import/filters.ts';
import { PairTable } from '../import/pair-table.tsx';
import { useWords } from '../language/language.tsx';
import { useAddress } from '../layout/address.ts';
import { Answer } from '../layout/answer.tsx';
import { FileName } from '../layout/file-name.tsx';
import layout from '../layout/layout.module.css';
import { PageTitle } from '../layout/page-title.tsx';
import { Pager } from '../layout/pager.tsx';
import { Section } from '../layout/section.tsx';
import styles from './people.module.css';
import { peopleWords } from './words.ts';

/** One person over all imports. */
export function PeoplePage() {
  const words = useWords(peopleWords);
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

/** Whether a person can be found by it; nobody is looked for while it is empty. */
const canName = (who: string): boolean => who === '' || isNumber(who) || who.includes('@');

function Found({ who, cursor }: { who: string; cursor: string | null }) {
  const words = useWords(peopleWords);
  const by = isNumber(who) ? { user_id: who } : { email: who };
  const found = useQuery(personQuery({ ...by, cursor }));
  return (
    <Answer of={found} height={200}>
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
    </Answer>
  );
}
