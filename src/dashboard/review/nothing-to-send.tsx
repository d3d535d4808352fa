import { Button } from '@mantine/core';
import { Link } from 'wouter';
import { useIsAdmin } from '../frame/session.tsx';
import { ConfirmButton } from '../import/confirm-button.tsx';
import { useAct } from '../import/use-act.ts';
import { useWords } from '../language/language.tsx';
import layout from '../layout/layout.module.css';
import { Section } from '../layout/section.tsx';
import { Trouble } from '../layout/trouble.tsx';
import { reviewWords } from './words.ts';

/** In the place of the start, where no line of the file is an invitation. */
export function NothingToSend({ id }: { id: number }) {
  const words = useWords(reviewWords);
  const isAdmin = useIsAdmin();
  const acting = useAct(id);
  return (
    <Section title={words.nothingTitle}>
      {acting.error && <Trouble error={acting.error} />}
      <p>{words.nothing}</p>
      {isAdmin && (
        <div className={layout.row}>
          <Button size="md" component={Link} href="/new">
            {words.handInMended}
          </Button>
          <ConfirmButton
            label={words.putAside}
            question={words.discarding}
            yes={words.yesDiscard}
            onConfirm={() => acting.mutate('cancel')}
          />
        </div>
      )}
    </Section>
  );
}
