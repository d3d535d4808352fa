import { Button } from '@mantine/core';
import type { Import } from '../../../server/schemas/import-schema.ts';
import { useIsAdmin } from '../../app/session-gate.tsx';
import { ErrorAlert } from '../../components/error-alert.tsx';
import layout from '../../components/layout.module.css';
import { Section } from '../../components/section.tsx';
import { useLanguage, useTexts } from '../../i18n/language.tsx';
import { reviewTexts } from '../../i18n/texts.ts';
import { ConfirmButton } from '../import/confirm-button.tsx';
import { useAct } from '../import/use-act.ts';
import type { PortalCheck } from './group-checks.tsx';
import { useUnsavedText } from './invitation-text.tsx';

interface Props {
  it: Import;
  check: PortalCheck | null;
}

/** The last step before people are notified. */
export function Start({ it, check }: Props) {
  const words = useTexts(reviewTexts);
  const isAdmin = useIsAdmin();
  const acting = useAct(it.id);
  const isUnsaved = useUnsavedText(it) !== null;
  const nobody = check !== null && check.invitations.pairs === 0;
  const label = nobody
    ? words.startAnyway
    : check
      ? words.start(check.invitations.people)
      : words.startUnchecked(it.outcomes.pending);
  return (
    <Section title={words.startTitle}>
      {acting.error && <ErrorAlert error={acting.error} />}
      {nobody ? <p>{words.nobody}</p> : check && <Outlook check={check} />}
      {isUnsaved && <p>{words.draft}</p>}
      {isAdmin ? (
        <div className={layout.row}>
          <Button
            size="md"
            variant={nobody ? 'default' : 'filled'}
            loading={acting.isPending}
            disabled={isUnsaved}
            onClick={() => acting.mutate('start')}
          >
            {label}
          </Button>
          <ConfirmButton
            label={words.discard}
            question={words.discardQuestion}
            yes={words.yesDiscard}
            onConfirm={() => acting.mutate('cancel')}
          />
        </div>
      ) : (
        <p>{words.viewer}</p>
      )}
    </Section>
  );
}

function Outlook({ check: { invitations, forecast } }: { check: PortalCheck }) {
  const words = useTexts(reviewTexts);
  const { format } = useLanguage();
  return (
    <p>
      {words.willSend(invitations.pairs, invitations.people)}{' '}
      {words.takes(format.duration(forecast.seconds))} {words.limits[forecast.limit]}{' '}
      {forecast.assumed && words.assumed}
    </p>
  );
}
