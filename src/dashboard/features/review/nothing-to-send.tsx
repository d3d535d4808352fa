import { Button } from '@mantine/core';
import { Link } from 'wouter';
import { useIsAdmin } from '../../app/session-gate.tsx';
import { ErrorAlert } from '../../components/error-alert.tsx';
import layout from '../../components/layout.module.css';
import { Section } from '../../components/section.tsx';
import { useTexts } from '../../i18n/language.tsx';
import { reviewTexts } from '../../i18n/texts.ts';
import { DiscardButton } from '../import/discard-button.tsx';
import { useAct } from '../import/use-act.ts';

/** Shown instead of the start when no row of the file is an invitation. */
export function NothingToSend({ id }: { id: number }) {
  const words = useTexts(reviewTexts);
  const isAdmin = useIsAdmin();
  const acting = useAct(id);
  return (
    <Section title={words.nothingTitle}>
      {acting.error && <ErrorAlert error={acting.error} />}
      <p>{words.nothing}</p>
      {isAdmin && (
        <div className={layout.row}>
          <Button size="md" component={Link} href="/new">
            {words.uploadFixed}
          </Button>
          <DiscardButton onConfirm={() => acting.mutate('cancel')} />
        </div>
      )}
    </Section>
  );
}
