import { useTexts } from '../../i18n/language.tsx';
import { reviewTexts } from '../../i18n/texts.ts';
import { ConfirmButton } from './confirm-button.tsx';

/** Discards an import that has not started. */
export function DiscardButton({ onConfirm }: { onConfirm: () => void }) {
  const words = useTexts(reviewTexts);
  return (
    <ConfirmButton
      label={words.discard}
      question={words.discardQuestion}
      yes={words.yesDiscard}
      onConfirm={onConfirm}
    />
  );
}
