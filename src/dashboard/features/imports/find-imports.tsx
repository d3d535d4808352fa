import { Button, TextInput } from '@mantine/core';
import type { FormEvent } from 'react';
import { useAddress } from '../../components/address.ts';
import { useTexts } from '../../i18n/language.tsx';
import { importsTexts } from '../../i18n/texts.ts';
import styles from './imports.module.css';

/** Searches the list by file name or number; the text is in the address. */
export function FindImports() {
  const words = useTexts(importsTexts);
  const { get, go } = useAddress();
  const q = get('q') ?? '';
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    go({ q: String(new FormData(event.currentTarget).get('q') ?? '').trim(), cursor: null });
  };
  return (
    <form className={styles.find} onSubmit={submit}>
      <TextInput
        key={q}
        name="q"
        type="search"
        maxLength={200}
        aria-label={words.find}
        placeholder={words.find}
        defaultValue={q}
      />
      <Button type="submit" variant="default">
        {words.search}
      </Button>
    </form>
  );
}
