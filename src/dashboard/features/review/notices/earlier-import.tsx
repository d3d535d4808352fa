import { Alert } from '@mantine/core';
import { Link } from 'wouter';
import type { Review } from '../../../../server/schemas/review-schema.ts';
import { useLanguage, useTexts } from '../../../i18n/language.tsx';
import { reviewTexts } from '../../../i18n/texts.ts';

/** When the same file was imported before, and what came of it. */
export function EarlierImport({ earlier }: { earlier: NonNullable<Review['earlier']> }) {
  const words = useTexts(reviewTexts);
  const { format } = useLanguage();
  const { id, startedAt, invited } = earlier;
  return (
    <Alert color="yellow">
      {words.earlier(format.time(startedAt), id, invited)}{' '}
      <Link href={`/imports/${id}`}>{words.earlierLink(id)}</Link>
    </Alert>
  );
}
