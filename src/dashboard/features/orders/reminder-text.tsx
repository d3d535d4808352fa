import { Button, Textarea } from '@mantine/core';
import { useState } from 'react';
import { MAX_MESSAGE_CHARACTERS } from '../../../domain/imports/message.ts';
import layout from '../../components/layout.module.css';
import { useTexts } from '../../i18n/language.tsx';
import { orderTexts } from '../../i18n/texts.ts';

/** The text of a reminder, before its preview. */
export function ReminderText({ onPreview }: { onPreview: (message: string) => void }) {
  const words = useTexts(orderTexts);
  const [text, setText] = useState('');
  const message = text.trim();
  return (
    <form
      className={layout.stack}
      onSubmit={(event) => {
        event.preventDefault();
        if (message !== '') onPreview(message);
      }}
    >
      <p>{words.remind.explain}</p>
      <Textarea
        label={words.message}
        rows={4}
        maxLength={MAX_MESSAGE_CHARACTERS}
        value={text}
        onChange={({ target }) => setText(target.value)}
      />
      <div className={layout.row}>
        <Button type="submit" disabled={message === ''}>
          {words.preview}
        </Button>
      </div>
    </form>
  );
}
