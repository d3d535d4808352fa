import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import type { Review } from '../../../../server/schemas/review-schema.ts';
import { forgetRemembered } from '../../../api/imports-api.ts';
import { useIsAdmin } from '../../../app/session-gate.tsx';
import { ErrorAlert } from '../../../components/error-alert.tsx';
import { useTexts } from '../../../i18n/language.tsx';
import { reviewTexts } from '../../../i18n/texts.ts';
import styles from '../review.module.css';
import { useReread } from '../use-reread.ts';

interface Props {
  id: number;
  names: NonNullable<Review['remembered']>;
}

/** What an earlier import with the same header decided. Forgetting it reads the file again. */
export function RememberedNotice({ id, names }: Props) {
  const words = useTexts(reviewTexts);
  const isAdmin = useIsAdmin();
  const rereading = useReread(id);
  const forgetting = useMutation({
    mutationFn: () => forgetRemembered(id),
    onSuccess: () => rereading.mutate({}),
  });
  const error = forgetting.error ?? rereading.error;
  return (
    <div className={styles.remembered}>
      {error && <ErrorAlert error={error} />}
      <p>{words.remembered(names.map((name) => words.choices[name]).join(', '))}</p>
      {isAdmin && (
        <Button
          variant="default"
          size="xs"
          loading={forgetting.isPending || rereading.isPending}
          onClick={() => forgetting.mutate()}
        >
          {words.forget}
        </Button>
      )}
    </div>
  );
}
