import { Alert, Button } from '@mantine/core';
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
  const acting = useAct(id);
  const onTry = canTry ? () => acting.mutate('resume') : undefined;
  return <HoldAlert hold={hold} trying={acting} onTry={onTry} />;
}

interface AlertProps {
  hold: HoldView;
  trying: { error: Error | null; isPending: boolean };
  /** Called by the button of administrators; undefined: there is none. */
  onTry: (() => void) | undefined;
}

export function HoldAlert({ hold, trying, onTry }: AlertProps) {
  const isAdmin = useIsAdmin();
  const words = useTexts(importTexts);
  const { format, language } = useLanguage();
  const isDue = useHasOccurred(hold.nextTryAt);
  return (
    <Alert color="red" role="alert" title={words.holdTitle}>
      <div className={layout.stack}>
        <p>
          <strong>{words.holdMeaning}</strong>
        </p>
        <p>
          {words.holdAsk} {holdRemedy(hold, language)}
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
        <details>
          <summary>{words.holdDetails}</summary>
          {hold.code}: {hold.description}
        </details>
        {trying.error && <ErrorAlert error={trying.error} />}
        {isAdmin && onTry && (
          <div>
            <Button size="xs" loading={trying.isPending} onClick={onTry}>
              {words.tryNow}
            </Button>
          </div>
        )}
      </div>
    </Alert>
  );
}
