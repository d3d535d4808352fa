import { Button, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import { Link } from 'wouter';
import { peopleQuery } from '../../api/imports-api.ts';
import { address } from '../../api/request.ts';
import { useAddress } from '../../components/address.ts';
import layout from '../../components/layout.module.css';
import { PageTitle } from '../../components/page-title.tsx';
import { QueryBoundary } from '../../components/query-boundary.tsx';
import { Section } from '../../components/section.tsx';
import { useTexts } from '../../i18n/language.tsx';
import { peopleTexts } from '../../i18n/texts.ts';
import { isNumber } from '../pairs/filters.ts';
import styles from './people.module.css';
import { PersonView } from './person-view.tsx';

export function PeoplePage() {
  const words = useTexts(peopleTexts);
  const { get, go } = useAddress();
  const who = get('q') ?? '';
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    go({ q: String(new FormData(event.currentTarget).get('q') ?? '').trim(), cursor: null });
  };
  const isOne = isNumber(who) || who.includes('@');
  return (
    <div className={layout.page}>
      <PageTitle title={words.title} />
      <p>{words.intro}</p>
      <form className={styles.search} onSubmit={submit}>
        <TextInput key={who} name="q" type="search" label={words.query} defaultValue={who} />
        <Button type="submit">{words.find}</Button>
      </form>
      {who !== '' &&
        (isOne ? <PersonView who={who} cursor={get('cursor')} /> : <Named who={who} />)}
    </div>
  );
}

/** The people whose names hold the words. */
function Named({ who }: { who: string }) {
  const words = useTexts(peopleTexts);
  const people = useQuery(peopleQuery(who));
  return (
    <QueryBoundary of={people} height={200}>
      {({ items }) =>
        items.length === 0 ? (
          <p role="status">{words.noOne(who)}</p>
        ) : (
          <Section title={words.chosen}>
            <ul>
              {items.map(({ id, name }) => (
                <li key={id}>
                  <Link href={address('/people', { q: id })}>
                    <bdi>{name}</bdi>
                  </Link>{' '}
                  <span className={layout.dimmed}>{id}</span>
                </li>
              ))}
            </ul>
          </Section>
        )
      }
    </QueryBoundary>
  );
}
