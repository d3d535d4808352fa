import { Button } from '@mantine/core';
import type { Import } from '../../../server/schemas/import-schema.ts';
import type { Review } from '../../../server/schemas/review-schema.ts';
import { useIsAdmin } from '../../app/session-gate.tsx';
import { ErrorAlert } from '../../components/error-alert.tsx';
import layout from '../../components/layout.module.css';
import { Section } from '../../components/section.tsx';
import type { reviewEn } from '../../i18n/en/review-en.ts';
import { useLanguage, useTexts } from '../../i18n/language.tsx';
import { reviewTexts } from '../../i18n/texts.ts';
import { DiscardButton } from '../import/discard-button.tsx';
import { useAct } from '../import/use-act.ts';
import { CheckedAt } from './checked-at.tsx';
import type { PortalCheck } from './group-checks.tsx';
import { LeftOut } from './left-out.tsx';
import { useSaveText, useUnsavedText } from './use-save-text.ts';

interface Props {
  it: Import;
  review: Review;
  /** The file is read and checked. */
  canStart: boolean;
}

/** What the start will do, and the start itself. */
export function Decision({ it, review, canStart }: Props) {
  const words = useTexts(reviewTexts);
  const { format } = useLanguage();
  const { portal: check } = review;
  const nobody = check !== null && check.invitations.pairs + check.groups.unseen === 0;
  return (
    <Section title={titleOf(it, check, words, format.duration)}>
      {canStart && <Start it={it} check={check} nobody={nobody} />}
      {check && !nobody && <Outlook check={check} />}
      <LeftOut it={it} review={review} />
      {review.counts.emptyTexts > 0 && <p>{words.emptyTexts(review.counts.emptyTexts)}</p>}
      {check && <CheckedAt it={it} at={check.checkedAt} />}
    </Section>
  );
}

function titleOf(
  { outcomes }: Import,
  check: PortalCheck | null,
  words: typeof reviewEn,
  duration: (seconds: number) => string,
): string {
  if (check === null) return words.decisionUnchecked(outcomes.pending);
  const { invitations, groups, forecast } = check;
  if (invitations.pairs > 0) {
    return words.decision(invitations.pairs, invitations.people, duration(forecast.seconds));
  }
  return groups.unseen > 0 ? words.decisionUnchecked(groups.unseen) : words.nobody;
}

function Start({ it, check, nobody }: Pick<Props, 'it'> & StartProps) {
  const words = useTexts(reviewTexts);
  const isAdmin = useIsAdmin();
  const acting = useAct(it.id);
  const saving = useSaveText(it.id);
  const unsaved = useUnsavedText(it);
  const error = saving.error ?? acting.error;
  if (!isAdmin) return <p>{words.viewer}</p>;
  const start = async (action: 'start' | { first: number }) => {
    if (unsaved !== null) await saving.mutateAsync(unsaved);
    acting.mutate(action);
  };
  const canTry = !nobody && invitable(it, check) > TRIED;
  return (
    <>
      {error && <ErrorAlert error={error} />}
      <div className={layout.row}>
        <Button
          size="md"
          variant={nobody ? 'default' : 'filled'}
          loading={acting.isPending || saving.isPending}
          // An error of saving is shown.
          onClick={() => void start('start').catch(() => {})}
        >
          {nobody ? words.startAnyway : labelOf(it, check, words)}
        </Button>
        {canTry && (
          <Button
            size="md"
            variant="default"
            disabled={acting.isPending || saving.isPending}
            onClick={() => void start({ first: TRIED }).catch(() => {})}
          >
            {words.tryFirst(TRIED)}
          </Button>
        )}
        <DiscardButton onConfirm={() => acting.mutate('cancel')} />
      </div>
    </>
  );
}

interface StartProps {
  check: PortalCheck | null;
  nobody: boolean;
}

/** Number of invitations that a trial sends. */
const TRIED = 2;

/** How many invitations can be sent, as far as the check knows. */
const invitable = ({ outcomes }: Import, check: PortalCheck | null): number =>
  check === null ? outcomes.pending : check.invitations.pairs + check.groups.unseen;

/** How many people get a notification, as far as the check knows. */
function labelOf(it: Import, check: PortalCheck | null, words: typeof reviewEn): string {
  if (check === null) return words.startUnchecked(it.outcomes.pending);
  const { invitations, groups } = check;
  if (invitations.people === 0) return words.startUnchecked(groups.unseen);
  return words.start(invitations.people);
}

function Outlook({ check: { forecast, groups } }: { check: PortalCheck }) {
  const words = useTexts(reviewTexts);
  const said = [
    groups.unseen > 0 && words.willSendPerhaps(groups.unseen),
    words.limits[forecast.limit],
    forecast.assumed && words.assumed,
  ].filter((text) => text !== false && text !== '');
  return said.length > 0 && <p>{said.join(' ')}</p>;
}
