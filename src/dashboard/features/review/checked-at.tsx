import { Button } from '@mantine/core';
import type { Import } from '../../../server/schemas/import-schema.ts';
import { useIsAdmin } from '../../app/session-gate.tsx';
import { ErrorAlert } from '../../components/error-alert.tsx';
import layout from '../../components/layout.module.css';
import { useLanguage, useTexts } from '../../i18n/language.tsx';
import { reviewTexts } from '../../i18n/texts.ts';
import { useAct } from '../import/use-act.ts';

/** When the portal was checked, and how to check it again: others invite people meanwhile. */
export function CheckedAt({ it, at }: { it: Import; at: string }) {
  const words = useTexts(reviewTexts);
  const { format } = useLanguage();
  const isAdmin = useIsAdmin();
  const acting = useAct(it.id);
  return (
    <div className={layout.row}>
      {acting.error && <ErrorAlert error={acting.error} />}
      <span className={layout.dimmed}>{words.checkedAt(format.time(at))}</span>
      {isAdmin && it.state === 'ready' && (
        <Button
          size="xs"
          variant="default"
          disabled={it.progress !== null}
          loading={acting.isPending}
          onClick={() => acting.mutate('check')}
        >
          {words.checkAgain}
        </Button>
      )}
    </div>
  );
}
