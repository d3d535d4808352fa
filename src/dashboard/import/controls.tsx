import { Button } from '@mantine/core';
import type { Import } from '../../server/schemas/import.ts';
import { useWords } from '../language/language.tsx';
import layout from '../layout/layout.module.css';
import { Trouble } from '../layout/trouble.tsx';
import { isLookedOver } from './before-start.ts';
import { ConfirmButton } from './confirm-button.tsx';
import { useAct } from './use-act.ts';
import { importWords } from './words.ts';

/** Pause, go on, cancel: whatever the state allows. */
export function Controls({ it }: { it: Import }) {
  const words = useWords(importWords);
  const acting = useAct(it.id);
  const runs = it.state === 'running' || it.state === 'held';
  const mayGoOn = it.state === 'paused' || it.state === 'pausing';
  const mayCancel = runs || mayGoOn || isLookedOver(it);
  if (!mayCancel && !acting.error) return null;
  return (
    <div className={layout.row}>
      {acting.error && <Trouble error={acting.error} />}
      {runs && (
        <Button variant="default" loading={acting.isPending} onClick={() => acting.mutate('pause')}>
          {words.pause}
        </Button>
      )}
      {mayGoOn && (
        <Button loading={acting.isPending} onClick={() => acting.mutate('resume')}>
          {words.resume}
        </Button>
      )}
      {mayCancel && (
        <ConfirmButton
          label={words.cancel}
          question={words.cancelQuestion(it.inFlight)}
          yes={words.yesCancel}
          onConfirm={() => acting.mutate('cancel')}
        />
      )}
    </div>
  );
}
