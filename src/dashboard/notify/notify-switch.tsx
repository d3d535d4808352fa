import { Switch } from '@mantine/core';
import { useState } from 'react';
import { useWords } from '../language/language.tsx';
import { currentWish, wishOff, wishOn } from './permission.ts';
import { notifyWords } from './words.ts';

/** Whether the browser tells what happens while its tab is out of sight. */
export function NotifySwitch({ of }: { of: 'one' | 'all' }) {
  const words = useWords(notifyWords);
  const [wish, setWish] = useState(currentWish);
  return (
    <Switch
      size="xs"
      label={words[of]}
      checked={wish === 'on'}
      error={wish === 'on' || wish === 'off' ? undefined : words.why[wish]}
      onChange={async ({ currentTarget }) =>
        setWish(currentTarget.checked ? await wishOn() : wishOff())
      }
    />
  );
}
