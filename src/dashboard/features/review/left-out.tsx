import { Link } from 'wouter';
import type { Review } from '../../../server/schemas/review-schema.ts';
import { address } from '../../api/request.ts';
import layout from '../../components/layout.module.css';
import { useTexts } from '../../i18n/language.tsx';
import { reviewTexts } from '../../i18n/texts.ts';
import styles from './review.module.css';

/** What will not be invited, each with its full list. */
export function LeftOut({ id, review: { counts, portal } }: { id: number; review: Review }) {
  const words = useTexts(reviewTexts);
  const pairs = (outcome: string) => address(`/imports/${id}/pairs`, { outcome });
  const groups = `/imports/${id}/groups`;
  const all: readonly (readonly [count: number, text: string, href: string])[] = [
    [counts.duplicates, words.leftOut.duplicates(counts.duplicates), pairs('duplicate')],
    [counts.rejects, words.leftOut.rejects(counts.rejects), pairs('rejected')],
    ...(portal === null ? [] : ofPortal(portal)),
  ];
  function ofPortal({ groups: found }: NonNullable<Review['portal']>) {
    const present = found.members + found.pending;
    const closed = found.invisible + found.notAllowed;
    return [
      [present, words.leftOut.present(present), groups],
      [closed, words.leftOut.closed(closed), groups],
      [found.failing, words.leftOut.failing(found.failing), groups],
    ] as const;
  }
  const shown = all.filter(([count]) => count > 0);
  if (shown.length === 0) return null;
  return (
    <div>
      <p className={layout.dimmed}>{words.leftOutTitle(counts.total)}</p>
      <ul className={styles.leftOut}>
        {shown.map(([, text, href]) => (
          <li key={text}>
            <Link href={href}>{text}</Link>
          </li>
        ))}
      </ul>
    </div>
  );
}
