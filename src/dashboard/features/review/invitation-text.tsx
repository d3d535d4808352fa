import { Textarea } from '@mantine/core';
import { useEffect } from 'react';
import { MAX_MESSAGE_CHARACTERS } from '../../../domain/imports/message.ts';
import type { Import } from '../../../server/schemas/import-schema.ts';
import { useIsAdmin } from '../../app/session-gate.tsx';
import { ErrorAlert } from '../../components/error-alert.tsx';
import layout from '../../components/layout.module.css';
import { Section } from '../../components/section.tsx';
import { useLanguage, useTexts } from '../../i18n/language.tsx';
import { reviewTexts } from '../../i18n/texts.ts';
import { keepDraft } from './drafts.ts';
import styles from './review.module.css';
import { useIsRereading } from './use-reread.ts';
import { savedText, useSaveText, useUnsavedText } from './use-save-text.ts';

/** A text is saved when nothing was typed for this long, in milliseconds. */
const QUIET_MS = 1_000;

interface Props {
  it: Import;
  /** Name of a group of the file, for the preview. */
  group: string | null;
}

/** The invitation text, which saves itself, with a preview. */
export function InvitationText({ it, group }: Props) {
  const words = useTexts(reviewTexts);
  const { format } = useLanguage();
  const isAdmin = useIsAdmin();
  const saving = useSaveText(it.id);
  const isRereading = useIsRereading();
  const unsaved = useUnsavedText(it);
  const text = unsaved ?? savedText(it);
  const canSave = it.state === 'ready' && !isRereading;
  const { mutate } = saving;
  useEffect(() => {
    if (unsaved === null || !canSave) return;
    const timer = setTimeout(() => mutate(unsaved), QUIET_MS);
    return () => clearTimeout(timer);
  }, [unsaved, canSave, mutate]);
  return (
    <Section title={words.messageTitle}>
      {saving.error && <ErrorAlert error={saving.error} />}
      <Textarea
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
        <span className={layout.dimmed}>
          {words.length(format.number(text.length), format.number(MAX_MESSAGE_CHARACTERS))}
        </span>
        <span role="status" className={layout.dimmed}>
          {unsaved !== null ? words.saving : saving.isSuccess && words.saved}
        </span>
      </div>
      <figure className={styles.preview}>
        <figcaption className={layout.dimmed}>{words.preview}</figcaption>
        <blockquote>{text === '' ? words.standardText : preview(text, group)}</blockquote>
      </figure>
    </Section>
  );
}

/** Bitrix24 replaces the placeholder by the group's name ("Invite users to group"). */
const preview = (text: string, group: string | null): string =>
  group === null ? text : text.replaceAll('#GROUP_NAME#', group);
