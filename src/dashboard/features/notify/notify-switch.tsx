import { Switch } from '@mantine/core';
import { useState } from 'react';
import { useTexts } from '../../i18n/language.tsx';
import { notifyTexts } from '../../i18n/texts.ts';
import { currentSetting, turnOff, turnOn } from './permission.ts';

/** Switches browser notifications while the tab is hidden. */
export function NotifySwitch() {
  const words = useTexts(notifyTexts);
  const [setting, setSetting] = useState(currentSetting);
  return (
    <Switch
      size="xs"
      label={words.notify}
      checked={setting === 'on'}
      error={setting === 'on' || setting === 'off' ? undefined : words.why[setting]}
      onChange={async ({ currentTarget }) =>
        setSetting(currentTarget.checked ? await turnOn() : turnOff())
      }
    />
  );
}
