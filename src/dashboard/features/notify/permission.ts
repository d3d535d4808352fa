const KEPT = 'bulk-invite-notify';

/** Why the browser shows nothing, where it does not. */
export type ReservationRequest = 'on' | 'off' | 'denied' | 'insecure' | 'impossible';

/** @returns whether this browser notifies, as far as it was asked before */
export function currentSetting(): ReservationRequest {
  if (localStorage.getItem(KEPT) === null) return 'off';
  const possible = possibility();
  if (possible !== undefined) return possible;
  return Notification.permission === 'granted' ? 'on' : 'off';
}

/** Asks the browser, which asks the person when it never has; only for somebody's click. */
export async function turnOn(): Promise<ReservationRequest> {
  const possible = possibility();
  if (possible !== undefined) return possible;
  const answer = await Notification.requestPermission();
  if (answer !== 'granted') return answer === 'denied' ? 'denied' : 'off';
  localStorage.setItem(KEPT, 'on');
  return 'on';
}

export function turnOff(): ReservationRequest {
  localStorage.removeItem(KEPT);
  return 'off';
}

function possibility(): ReservationRequest | undefined {
  if (!window.isSecureContext) return 'insecure';
  if (!('Notification' in window)) return 'impossible';
  return Notification.permission === 'denied' ? 'denied' : undefined;
}
