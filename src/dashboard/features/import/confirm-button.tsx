import { Button, Modal } from '@mantine/core';
import { useState } from 'react';
import layout from '../../components/layout.module.css';
import { useTexts } from '../../i18n/language.tsx';
import { importTexts } from '../../i18n/texts.ts';

interface Props {
  label: string;
  question: string;
  /** Label of the button that confirms. */
  yes: string;
  onConfirm: () => void;
  /** Shows the button as a small one beside others. @default false */
  isSmall?: boolean;
}

/** A button that requires confirmation, for an action that cannot be undone. */
export function ConfirmButton({ label, question, yes, onConfirm, isSmall = false }: Props) {
  const words = useTexts(importTexts);
  const [isConfirming, setConfirming] = useState(false);
  const close = () => setConfirming(false);
  return (
    <>
      <Button
        variant={isSmall ? 'subtle' : 'default'}
        size={isSmall ? 'compact-xs' : 'sm'}
        onClick={() => setConfirming(true)}
      >
        {label}
      </Button>
      {/* In parts, because the complete Modal adds a second banner for screen readers. */}
      <Modal.Root opened={isConfirming} onClose={close}>
        <Modal.Overlay />
        <Modal.Content aria-label={label}>
          <Modal.Body>
            <div className={layout.stack}>
              <p>{question}</p>
              <div className={layout.row}>
                <Button
                  color="red"
                  onClick={() => {
                    close();
                    onConfirm();
                  }}
                >
                  {yes}
                </Button>
                <Button variant="default" data-autofocus onClick={close}>
                  {words.no}
                </Button>
              </div>
            </div>
          </Modal.Body>
        </Modal.Content>
      </Modal.Root>
    </>
  );
}
