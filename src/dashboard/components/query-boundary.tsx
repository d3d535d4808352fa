import { Skeleton } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { isApiError } from '../api/api-error.ts';
import { useTexts } from '../i18n/language.tsx';
import { commonTexts } from '../i18n/texts.ts';
import { ErrorAlert } from './error-alert.tsx';
import styles from './layout.module.css';

interface Props<Data> {
  of: UseQueryResult<Data, Error>;
  /** Height of the placeholder, so that the layout does not jump. @default 120 */
  height?: number;
  children: (data: Data) => ReactNode;
}

/** Shows the data of a query, or a placeholder while it loads, or its error. */
export function QueryBoundary<Data>({ of: query, height = 120, children }: Props<Data>) {
  const words = useTexts(commonTexts);
  if (query.data !== undefined) {
    return (
      <div
        className={styles.answer}
        data-stale={query.isPlaceholderData || undefined}
        aria-busy={query.isPlaceholderData}
      >
        {children(query.data)}
      </div>
    );
  }
  if (query.isError) {
    // An invalid request gets the same error again.
    const isWrong = isApiError(query.error, 'invalid_request');
    const again = !isWrong && { again: () => void query.refetch(), goesOn: true };
    return <ErrorAlert error={query.error} {...again} />;
  }
  return (
    <div role="status" aria-label={words.loading}>
      <Skeleton height={height} radius="md" />
    </div>
  );
}
