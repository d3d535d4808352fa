import { Link } from 'wouter';
import type { Import } from '../../../server/schemas/import-schema.ts';
import type { Review } from '../../../server/schemas/review-schema.ts';
import { address, type Query } from '../../api/request.ts';
import layout from '../../components/layout.module.css';
import { useTexts } from '../../i18n/language.tsx';
import { reviewTexts } from '../../i18n/texts.ts';
import styles from './review.module.css';

/** What will not be invited, each with its full list. */
export function LeftOut({ it, review: { counts, portal } }: { it: Import; review: Review }) {
  const words = useTexts(reviewTexts);
  const { leftOut } = words;
  const pairs = (query: Query) => address(`/imports/${it.id}/pairs`, query);
  const all: Item[] = [
    [counts.duplicates, leftOut.duplicates, pairs({ outcome: 'duplicate' })],
    [counts.rejects, leftOut.rejects, pairs({ outcome: 'rejected' })],
    [it.outcomes.cancelled, leftOut.chosen, pairs({ outcome: 'cancelled' })],
    ...(portal === null ? [] : ofPortal(portal)),
  ];
  function ofPortal({ groups, missing }: NonNullable<Review['portal']>): Item[] {
    return [
      [groups.members + groups.pending, leftOut.present, pairs({ found: 'present' })],
      [groups.invisible + groups.notAllowed, leftOut.closed, pairs({ found: 'closed' })],
      [missing.count, leftOut.missing, pairs({ found: 'missing' })],
      [groups.failing, leftOut.failing, pairs({ found: 'failing' })],
    ];
  }
  const shown = all.filter(([count]) => count > 0);
  if (shown.length === 0) return null;
  return (
    <div>
      <p className={layout.dimmed}>{words.leftOutTitle(counts.total)}</p>
      <ul className={styles.leftOut}>
        {shown.map(([count, text, href]) => (
          <li key={text(count)}>
            <Link href={href}>{text(count)}</Link>
          </li>
        ))}
      </ul>
    </div>
  );
}

type Item = readonly [count: number, text: (count: number) => string, href: string];
