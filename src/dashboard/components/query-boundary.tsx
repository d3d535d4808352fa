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
  /** Height of what will stand there, so that nothing jumps. @default 120 */
  height?: number;
  children: (data: Data) => ReactNode;
}

/** Shows what a query answers, and what stands there until it does, or when it does not. */
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
    // Asked again, what is not right is answered in the same way.
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
