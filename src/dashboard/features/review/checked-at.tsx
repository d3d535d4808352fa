import { Button } from '@mantine/core';
import type { Import } from '../../../server/schemas/import-schema.ts';
import { useIsAdmin } from '../../app/session-gate.tsx';
import { ErrorAlert } from '../../components/error-alert.tsx';
import layout from '../../components/layout.module.css';
import { useLanguage, useTexts } from '../../i18n/language.tsx';
import { reviewTexts } from '../../i18n/texts.ts';
import { asShown } from './reread-options.ts';
import { useIsRereading, useReread } from './use-reread.ts';

/** When the portal was checked, and how to check it again: others invite people meanwhile. */
export function CheckedAt({ it, at }: { it: Import; at: string }) {
  const words = useTexts(reviewTexts);
  const { format } = useLanguage();
  const isAdmin = useIsAdmin();
  const isRereading = useIsRereading();
  const reread = useReread(it.id);
  return (
    <div className={layout.row}>
      {reread.error && <ErrorAlert error={reread.error} />}
      <span className={layout.dimmed}>{words.checkedAt(format.time(at))}</span>
      {isAdmin && it.format && (
        <Button
          size="xs"
          variant="default"
          disabled={isRereading}
          onClick={() => it.format && reread.mutate(asShown(it.format))}
        >
          {words.checkAgain}
        </Button>
      )}
    </div>
  );
}
