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
  return (
    <nav className={styles.row} aria-label={words.pages}>
      {!isFirst && (
        <Button
          component={Link}
          href={href({ cursor: null })}
          onClick={toTop}
          size="xs"
          variant="default"
        >
          {words.firstPage}
        </Button>
      )}
      {next !== null && (
        <Button
          component={Link}
          href={href({ cursor: next })}
          onClick={toTop}
          size="xs"
          variant="default"
        >
          {words.nextPage}
        </Button>
      )}
    </nav>
  );
}

/** Moves to the top of the new page. */
function toTop() {
  document.querySelector('h1')?.focus({ preventScroll: true });
  scrollTo(0, 0);
}
