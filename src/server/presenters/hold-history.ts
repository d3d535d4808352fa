import type { CodedText } from '../../domain/text/coded-text.ts';
import type { PortalHold } from '../schemas/portal-schema.ts';

/** An entry of the portal's audit trail. */
export interface PortalEntry {
  at: number;
  action: string;
  detail: CodedText | null;
}

/** @param entries newest first @returns the holds among them, newest first, each with its end */
export function holdHistory(entries: readonly PortalEntry[]): PortalHold[] {
  const holds: PortalHold[] = [];
  let to: string | null = null;
  for (const { at, action, detail } of entries) {
    const time = new Date(at).toISOString();
    if (action === 'release') to = time;
    if (action !== 'hold') continue;
    const { error = '', description = '', text = description } = detail?.params ?? {};
    holds.push({ from: time, to, code: String(error), description: String(text) });
    to = null;
  }
  return holds;
}
