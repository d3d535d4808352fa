import { Button, Textarea } from '@mantine/core';
import { useState } from 'react';
import type { Format } from '../../server/schemas/format.ts';
import { useIsAdmin } from '../frame/session.tsx';
import { useLanguage, useWords } from '../language/language.tsx';
import layout from '../layout/layout.module.css';
import { Section } from '../layout/section.tsx';
import { Trouble } from '../layout/trouble.tsx';
import { asShown } from './reread-options.ts';
import { useReread } from './use-reread.ts';
import { reviewWords } from './words.ts';

const MOST = 10_000;

interface Props {
  id: number;
  text: string;
  format: Format | null;
  /** Told whether there is a text that is not saved yet. */
  onDraft: (isDraft: boolean) => void;
}

/** What people will read, with its length. */
export function InvitationText({ id, text, format: read, onDraft }: Props) {
  const words = useWords(reviewWords);
  const { format } = useLanguage();
  const isAdmin = useIsAdmin();
  const [draft, setDraft] = useState(text);
  const saving = useReread(id);
  return (
    <Section title={words.messageTitle}>
      {saving.error && <Trouble error={saving.error} />}
      <Textarea
        label={words.message}
        description={words.messageHint}
        rows={4}
        maxLength={MOST}
        value={draft}
        readOnly={!isAdmin}
        onChange={({ target }) => {
          setDraft(target.value);
          onDraft(target.value !== text);
        }}
      />
      <div className={layout.row}>
        <span className={layout.dimmed}>{words.length(format.number(draft.length))}</span>
        {isAdmin && draft !== text && (
          <Button
            size="xs"
            loading={saving.isPending}
            onClick={() =>
              saving.mutate({ ...(read && asShown(read)), message: draft === '' ? null : draft })
            }
          >
            {words.saveMessage}
          </Button>
        )}
      </div>
    </Section>
  );
}
