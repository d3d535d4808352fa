import { Switch } from '@mantine/core';
import { useState } from 'react';
import { useTexts } from '../../i18n/language.tsx';
import { notifyTexts } from '../../i18n/texts.ts';
import { currentSetting, turnOff, turnOn } from './permission.ts';

/** Whether the browser tells what happens while its tab is out of sight. */
export function NotifySwitch() {
  const words = useTexts(notifyTexts);
  const [wish, setSetting] = useState(currentSetting);
  return (
    <Switch
      size="xs"
      label={words.notify}
      checked={wish === 'on'}
      error={wish === 'on' || wish === 'off' ? undefined : words.why[wish]}
      onChange={async ({ currentTarget }) =>
        setSetting(currentTarget.checked ? await turnOn() : turnOff())
      }
    />
  );
}
