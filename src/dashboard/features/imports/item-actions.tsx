import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Import } from '../../../server/schemas/import-schema.ts';
import { archive, deleteImport } from '../../api/imports-api.ts';
import { ErrorAlert } from '../../components/error-alert.tsx';
import { useTexts } from '../../i18n/language.tsx';
import { importsTexts } from '../../i18n/texts.ts';
import { ConfirmButton } from '../import/confirm-button.tsx';
import styles from './imports.module.css';

/** States in which an import can be archived or deleted. */
const RESTS: readonly string[] = ['ready', 'finished', 'cancelled'];

/** Moves an import to the archive or back, and deletes it. */
export function ItemActions({ it }: { it: Import }) {
  const words = useTexts(importsTexts);
  const client = useQueryClient();
  const acting = useMutation({
    mutationFn: async (action: 'archive' | 'unarchive' | 'delete') => {
      if (action === 'delete') await deleteImport(it.id);
      else await archive(it.id, action === 'archive');
    },
    onSettled: () => client.invalidateQueries({ queryKey: ['imports'] }),
  });
  if (!RESTS.includes(it.state) || it.progress !== null) return null;
  const isArchived = it.archivedAt !== null;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would be wrong around two buttons
    <span className={styles.actions} role="group" aria-label={words.actionsOf(it.id)}>
      {acting.error && <ErrorAlert error={acting.error} />}
      <Button
        variant="subtle"
        size="compact-xs"
        loading={acting.isPending}
        onClick={() => acting.mutate(isArchived ? 'unarchive' : 'archive')}
      >
        {isArchived ? words.unarchive : words.archive}
      </Button>
      <ConfirmButton
        isSmall
        label={words.remove}
        question={words.removeQuestion(it.fileName, words.rows(it.rows))}
        yes={words.yesRemove}
        onConfirm={() => acting.mutate('delete')}
      />
    </span>
  );
}
