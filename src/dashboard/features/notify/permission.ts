const KEPT = 'bulk-invite-notify';

/** Whether the browser notifies, or why it does not. */
export type NotifySetting = 'on' | 'off' | 'denied' | 'insecure' | 'impossible';

/** @returns whether this browser notifies, without requesting permission */
export function currentSetting(): NotifySetting {
  if (localStorage.getItem(KEPT) === null) return 'off';
  const possible = possibility();
  if (possible !== undefined) return possible;
  return Notification.permission === 'granted' ? 'on' : 'off';
}

/** Requests permission; call it only after a click. */
export async function turnOn(): Promise<NotifySetting> {
  const possible = possibility();
  if (possible !== undefined) return possible;
  const answer = await Notification.requestPermission();
  if (answer !== 'granted') return answer === 'denied' ? 'denied' : 'off';
  localStorage.setItem(KEPT, 'on');
  return 'on';
}

export function turnOff(): NotifySetting {
  localStorage.removeItem(KEPT);
  return 'off';
}

function possibility(): NotifySetting | undefined {
  if (!window.isSecureContext) return 'insecure';
  if (!('Notification' in window)) return 'impossible';
  return Notification.permission === 'denied' ? 'denied' : undefined;
}
