import { Button, NativeSelect, useMantineColorScheme } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { onServer } from '../api/server-address.ts';
import { logOut } from '../api/session-api.ts';
import { forgetDrafts } from '../features/review/drafts.ts';
import { keepPastedTable } from '../features/upload/pasted-table.ts';
import { removeAllUploads } from '../features/upload/uploads.ts';
import { LANGUAGES } from '../i18n/in-both.ts';
import { useLanguage, useTexts } from '../i18n/language.tsx';
import { frameTexts } from '../i18n/texts.ts';
import styles from './frame.module.css';

const NAMES = { en: 'English', ru: 'Русский' };
const SCHEMES = ['auto', 'light', 'dark'] as const;

/** Language, colour scheme and logout. */
export function Settings({ canLogOut = false }: { canLogOut?: boolean }) {
  const words = useTexts(frameTexts);
  const { language, speak } = useLanguage();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <div className={styles.settings}>
      <NativeSelect
        aria-label={words.language}
        size="xs"
        value={language}
        data={LANGUAGES.map((value) => ({ value, label: NAMES[value] }))}
        onChange={({ target }) => {
          const chosen = LANGUAGES.find((one) => one === target.value);
          if (chosen) speak(chosen);
        }}
      />
      <NativeSelect
        aria-label={words.theme}
        size="xs"
        value={colorScheme}
        data={SCHEMES.map((value) => ({ value, label: words.themes[value] }))}
        onChange={({ target }) => {
          const chosen = SCHEMES.find((one) => one === target.value);
          if (chosen) setColorScheme(chosen);
        }}
      />
      {canLogOut && <LogOut />}
    </div>
  );
}

function LogOut() {
  const words = useTexts(frameTexts);
  const leaving = useMutation({
    mutationFn: logOut,
    onSettled() {
      forgetDrafts();
      keepPastedTable('');
      removeAllUploads();
      // Loads a fresh page, so that nothing that was shown stays in memory.
      location.assign(onServer('/'));
    },
  });
  return (
    <Button size="xs" variant="subtle" onClick={() => leaving.mutate()}>
      {words.logOut}
    </Button>
  );
}
