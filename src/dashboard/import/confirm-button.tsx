import { Button, Modal } from '@mantine/core';
import { useState } from 'react';
import { useWords } from '../language/language.tsx';
import layout from '../layout/layout.module.css';
import { importWords } from './words.ts';

interface Props {
  label: string;
  question: string;
  onConfirm: () => void;
}

/** A button that asks before it does what cannot be undone. */
export function ConfirmButton({ label, question, onConfirm }: Props) {
  const words = useWords(importWords);
  const [isAsking, setAsking] = useState(false);
  return (
    <>
      <Button variant="default" onClick={() => setAsking(true)}>
        {label}
      </Button>
      <Modal
        opened={isAsking}
        onClose={() => setAsking(false)}
        title={label}
        closeButtonProps={{ 'aria-label': words.no }}
      >
        <div className={layout.stack}>
          <p>{question}</p>
          <div className={layout.row}>
            <Button
              color="red"
              onClick={() => {
                setAsking(false);
                onConfirm();
              }}
            >
              {words.yes}
            </Button>
            <Button variant="default" data-autofocus onClick={() => setAsking(false)}>
              {words.no}
            </Button>
          </div>
        </div>
      </Modal>
    </>
  );
}
