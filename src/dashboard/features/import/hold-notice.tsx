import { Alert, Button } from '@mantine/core';
import type { ReactNode } from 'react';
import type { z } from 'zod';
import type { HoldView as HoldSchema } from '../../../server/schemas/import-schema.ts';
import { useIsAdmin } from '../../app/session-gate.tsx';
import { ErrorAlert } from '../../components/error-alert.tsx';
import layout from '../../components/layout.module.css';
import { useHasOccurred } from '../../components/use-has-occurred.ts';
import { holdRemedy } from '../../i18n/in-words.ts';
import { useLanguage, useTexts } from '../../i18n/language.tsx';
import { importTexts } from '../../i18n/texts.ts';
import { useAct } from './use-act.ts';

export type HoldView = z.infer<typeof HoldSchema>;

interface Props {
  id: number;
  hold: HoldView;
  canTry: boolean;
}

/** Notice of an import: why nothing is sent, what to do about it, and a button to try at once. */
export function HoldNotice({ id, hold, canTry }: Props) {
  const isAdmin = useIsAdmin();
  const words = useTexts(importTexts);
  const acting = useAct(id);
  return (
    <HoldAlert hold={hold}>
      {acting.error && <ErrorAlert error={acting.error} />}
      {isAdmin && canTry && (
        <div>
          <Button size="xs" loading={acting.isPending} onClick={() => acting.mutate('resume')}>
            {words.tryNow}
          </Button>
        </div>
      )}
    </HoldAlert>
  );
}

export function HoldAlert({ hold, children }: { hold: HoldView; children?: ReactNode }) {
  const words = useTexts(importTexts);
  const { format, language } = useLanguage();
  const isDue = useHasOccurred(hold.nextTryAt);
  return (
    <Alert color="red" role="alert" title={words.holdTitle}>
      <div className={layout.stack}>
        <p>{holdRemedy(hold, language)}</p>
        <p>
          {hold.code}: {hold.description}
        </p>
        {/* Changes with each try, and the whole alert should not be read out again. */}
        <p aria-live="off">
          {words.holdTries(hold.tries)}
          {hold.isTried
            ? words.holdTried
            : isDue
              ? words.holdDue
              : words.holdNext(format.second(hold.nextTryAt))}
        </p>
        {children}
      </div>
    </Alert>
  );
}
