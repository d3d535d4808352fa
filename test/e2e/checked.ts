import type { FormatChoices } from '../../src/files/choices/format-choices.ts';
import type { Ended } from '../support/program.ts';

interface Group {
  id: number;
  name: string | null;
  visible: boolean;
  mayInvite: boolean | null;
  size: number | null;
  pairs: number;
  members: number | null;
  pending: number | null;
  toInvite: number;
  banned: number;
  unseen: number;
  collab: boolean;
  archived: boolean;
}

/** Output of `check --json`. */
export interface Checked {
  remembered: FormatChoices;
  rows: number;
  pairs: number;
  duplicates: number;
  rejects: { count: number; first: { line: number; reason: string }[]; csv: string | null };
  groups: Group[];
  people: {
    count: number;
    missing: { id: number; name: string | null }[];
    dismissed: { id: number; name: string | null }[];
    unnotified: { id: number; name: string | null }[];
  };
  invitations: { pairs: number; people: number };
  forecast: { seconds: number; limit: string; requests: number; assumed: boolean };
  notShown: string[];
  filteredTexts: number;
}

/** @throws Error when stdout is not exactly one JSON line */
export function readJson({ stdout, stderr }: Ended): Checked {
  if (!/^\{.*\}\n$/.test(stdout)) throw new Error(`no JSON: ${stdout}\n${stderr}`);
  return JSON.parse(stdout);
}
