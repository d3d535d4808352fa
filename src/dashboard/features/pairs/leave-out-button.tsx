import type { Import } from '../../../server/schemas/import-schema.ts';
import type { Selection } from '../../../server/schemas/pair-schema.ts';
import { useIsAdmin } from '../../app/session-gate.tsx';
import { ErrorAlert } from '../../components/error-alert.tsx';
import { useTexts } from '../../i18n/language.tsx';
import { reviewTexts } from '../../i18n/texts.ts';
import { ConfirmButton } from '../import/confirm-button.tsx';
import { useAct } from '../import/use-act.ts';

interface Props {
  it: Import;
  /** The pairs to leave out. */
  what: Selection;
  question: string;
}

/** Leaves out pairs before the start; the portal is checked again afterwards. */
export function LeaveOutButton({ it, what, question }: Props) {
  const words = useTexts(reviewTexts);
  const isAdmin = useIsAdmin();
  const acting = useAct(it.id);
  if (!isAdmin || it.state !== 'ready' || it.outcomes.pending === 0) return null;
  return (
    <>
      {acting.error && <ErrorAlert error={acting.error} />}
      <ConfirmButton
        isSmall
        label={words.leaveOut}
        question={question}
        yes={words.leaveOut}
        onConfirm={() => acting.mutate({ leaveOut: what })}
      />
    </>
  );
}
