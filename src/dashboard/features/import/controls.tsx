import { Button } from '@mantine/core';
import type { Import } from '../../../server/schemas/import-schema.ts';
import { ErrorAlert } from '../../components/error-alert.tsx';
import layout from '../../components/layout.module.css';
import { useTexts } from '../../i18n/language.tsx';
import { importTexts } from '../../i18n/texts.ts';
import { isReviewed } from './before-start.ts';
import { ConfirmButton } from './confirm-button.tsx';
import { useAct } from './use-act.ts';

/** Pause, resume and cancel, as the state allows. */
export function Controls({ it }: { it: Import }) {
  const words = useTexts(importTexts);
  const acting = useAct(it.id);
  const runs = it.state === 'running' || it.state === 'held';
  const mayGoOn = it.state === 'paused' || it.state === 'pausing';
  const mayCancel = runs || mayGoOn || isReviewed(it);
  if (!mayCancel && !acting.error) return null;
  return (
    <div className={layout.row}>
      {acting.error && <ErrorAlert error={acting.error} />}
      {runs && (
        <Button variant="default" loading={acting.isPending} onClick={() => acting.mutate('pause')}>
          {words.pause}
        </Button>
      )}
      {mayGoOn && (
        <Button loading={acting.isPending} onClick={() => acting.mutate('resume')}>
          {it.trial?.pending === 0 ? words.sendRest(it.outcomes.pending) : words.resume}
        </Button>
      )}
      {mayCancel && (
        <ConfirmButton
          label={words.cancel}
          question={words.cancelQuestion(it.inFlight - it.leftOut)}
          yes={words.yesCancel}
          onConfirm={() => acting.mutate('cancel')}
        />
      )}
    </div>
  );
}
