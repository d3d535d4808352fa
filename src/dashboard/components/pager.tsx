import { Button } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import { Link } from 'wouter';
import { useTexts } from '../i18n/language.tsx';
import { commonTexts } from '../i18n/texts.ts';
import { useAddress } from './address.ts';
import styles from './layout.module.css';

interface Props {
  of: UseQueryResult<{ next: string | null }, Error>;
}

/** Links to the next page of a list and to its beginning; the position is in the address. */
export function Pager({ of: page }: Props) {
  // Data that is still shown from another list has no next page in this one.
  const next = page.isPlaceholderData ? null : (page.data?.next ?? null);
  const words = useTexts(commonTexts);
  const { get, href } = useAddress();
  const isFirst = get('cursor') === null;
  if (isFirst && next === null) return null;
  const links: [name: string, cursor: string | null, isShown: boolean][] = [
    [words.firstPage, null, !isFirst],
    [words.nextPage, next, next !== null],
  ];
  return (
    <nav className={styles.row} aria-label={words.pages}>
      {links.map(
        ([name, cursor, isShown]) =>
          isShown && (
            <Button
              key={name}
              component={Link}
              href={href({ cursor })}
              onClick={toTop}
              size="xs"
              variant="default"
            >
              {name}
            </Button>
          ),
      )}
    </nav>
  );
}

/** Moves to the top of the new page. */
export function toTop() {
  document.querySelector('h1')?.focus({ preventScroll: true });
  scrollTo(0, 0);
}
