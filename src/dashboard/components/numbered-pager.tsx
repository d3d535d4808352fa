import { Button } from '@mantine/core';
import { Link } from 'wouter';
import { useLanguage, useTexts } from '../i18n/language.tsx';
import { commonTexts } from '../i18n/texts.ts';
import { useAddress } from './address.ts';
import styles from './layout.module.css';
import { toTop } from './pager.tsx';
import { shownPages } from './shown-pages.ts';

interface Props {
  /** From 1. */
  page: number;
  /** Number of pages. */
  last: number;
}

/** Links to the pages of a list by their numbers; the page is in the address. */
export function NumberedPager({ page, last }: Props) {
  const words = useTexts(commonTexts);
  const { format } = useLanguage();
  const { href } = useAddress();
  if (last <= 1) return null;
  return (
    <nav className={styles.row} aria-label={words.pages}>
      {shownPages(page, last).map((one, at, all) => (
        <span key={one} className={styles.row}>
          {at > 0 && one - (all[at - 1] ?? 0) > 1 && <span aria-hidden>…</span>}
          <Button
            component={Link}
            href={href({ page: one === 1 ? null : one })}
            onClick={toTop}
            size="xs"
            variant={one === page ? 'filled' : 'default'}
            aria-current={one === page ? 'page' : undefined}
            aria-label={words.page(format.number(one))}
          >
            {format.number(one)}
          </Button>
        </span>
      ))}
    </nav>
  );
}
