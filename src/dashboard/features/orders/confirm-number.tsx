import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useLanguage, useTexts } from '../../i18n/language.tsx';
import { orderTexts } from '../../i18n/texts.ts';
import styles from './orders.module.css';

interface Props {
  number: number;
  /** Label of the button. */
  label: string;
  isPending: boolean;
  onConfirm: () => void;
}

/** A button that works when the number of what will change is typed: a mere click needs no reading. */
export function ConfirmNumber({ number, label, isPending, onConfirm }: Props) {
  const words = useTexts(orderTexts);
  const { format } = useLanguage();
  const [text, setText] = useState('');
  const isRight = text.replaceAll(/[\s,.\u00a0\u202f]/g, '') === String(number);
  return (
    <form
      className={styles.confirm}
      onSubmit={(event) => {
        event.preventDefault();
        if (isRight) onConfirm();
      }}
    >
      <TextInput
        label={words.typeNumber(format.number(number))}
        value={text}
        inputMode="numeric"
        autoComplete="off"
        onChange={({ target }) => setText(target.value)}
      />
      <Button type="submit" color="red" disabled={!isRight} loading={isPending}>
        {label}
      </Button>
    </form>
  );
}
