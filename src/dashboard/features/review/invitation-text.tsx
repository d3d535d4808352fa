import { Button, Textarea } from '@mantine/core';
import { useRef } from 'react';
import { MAX_MESSAGE_CHARACTERS } from '../../../domain/imports/message.ts';
import type { Import } from '../../../server/schemas/import-schema.ts';
import { useIsAdmin } from '../../app/session-gate.tsx';
import { ErrorAlert } from '../../components/error-alert.tsx';
import layout from '../../components/layout.module.css';
import { Section } from '../../components/section.tsx';
import { useLanguage, useTexts } from '../../i18n/language.tsx';
import { reviewTexts } from '../../i18n/texts.ts';
import { keepDraft, useDraft } from './drafts.ts';
import { asShown } from './reread-options.ts';
import { useIsRereading, useReread } from './use-reread.ts';

/** The invitation text, with its length. */
export function InvitationText({ it }: { it: Import }) {
  const words = useTexts(reviewTexts);
  const { format } = useLanguage();
  const isAdmin = useIsAdmin();
  const field = useRef<HTMLTextAreaElement>(null);
  const saving = useReread(it.id);
  const isRereading = useIsRereading();
  const unsaved = useUnsavedText(it);
  const text = unsaved ?? savedText(it);
  const leaveButton = (act: () => void) => () => {
    // The button disappears after its action.
    field.current?.focus();
    act();
  };
  return (
    <Section title={words.messageTitle}>
      {saving.error && <ErrorAlert error={saving.error} />}
      <Textarea
        ref={field}
        label={words.message}
        description={words.messageHint}
        rows={4}
        maxLength={MAX_MESSAGE_CHARACTERS}
        value={text}
        readOnly={!isAdmin}
        onChange={({ target }) =>
          keepDraft(it.id, target.value === savedText(it) ? null : target.value)
        }
      />
      <div className={layout.row}>
        <span className={layout.dimmed}>{words.length(format.number(text.length))}</span>
        {unsaved !== null && (
          <>
            <Button
              size="xs"
              loading={saving.isPending}
              disabled={isRereading}
              onClick={leaveButton(() =>
                saving.mutate({ ...(it.format && asShown(it.format)), message: text || null }),
              )}
            >
              {words.saveMessage}
            </Button>
            <Button
              size="xs"
              variant="default"
              disabled={saving.isPending}
              onClick={leaveButton(() => keepDraft(it.id, null))}
            >
              {words.undoChanges}
            </Button>
          </>
        )}
        <span role="status" className={layout.dimmed}>
          {saving.isPending ? words.saving : saving.isSuccess && unsaved === null && words.saved}
        </span>
      </div>
    </Section>
  );
}

/** @returns the unsaved invitation text, which would not be sent; null when there is none */
export function useUnsavedText(it: Import): string | null {
  const isAdmin = useIsAdmin();
  const draft = useDraft(it.id);
  return isAdmin && draft !== savedText(it) ? draft : null;
}

const savedText = ({ message }: Import): string => message ?? '';
