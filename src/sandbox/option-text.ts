import { ABSENT, BILLING, completeOptions, type SandboxOptions } from './sandbox-options.ts';
import { OPERATING } from './state/operating-baskets.ts';

/** Options that a text can set; those with other values are for tests. */
const { seed: _seed, now: _now, host: _host, port: _port, ...DEFAULTS } = completeOptions({});
const NAMES = Object.keys(DEFAULTS);
const CHOICES: Readonly<Record<string, readonly unknown[]>> = {
  ...{ operating: OPERATING, billing: BILLING, absent: ABSENT },
  authErrorStatus: [400, 401, 403],
};

export type OptionText =
  | { kind: 'option'; option: Partial<SandboxOptions> }
  | { kind: 'unknown'; name: string; names: readonly string[] }
  | { kind: 'bad'; name: string; text: string; wanted: string };

/**
 * Reads an option of the sandbox.
 *
 * @param text such as `isAdmin=true` or `scopes=sonet_group,user`; `Infinity` for no limit
 */
export function readOption(text: string): OptionText {
  const [name = '', ...rest] = text.split('=');
  const given = rest.join('=').trim();
  const usual: unknown = Object.entries(DEFAULTS).find(([known]) => known === name)?.[1];
  if (usual === undefined) return { kind: 'unknown', name, names: NAMES };
  const value = Array.isArray(usual)
    ? given.split(',').filter((part) => part !== '')
    : readValue(given, typeof usual);
  const choices = CHOICES[name];
  const isKnown = [value].flat().every((one) => choices === undefined || choices.includes(one));
  if (value !== undefined && isKnown) return { kind: 'option', option: { [name]: value } };
  return { kind: 'bad', name, text: given, wanted: wantedFor(usual, choices) };
}

function readValue(text: string, type: string): unknown {
  if (type === 'string') return text === '' ? undefined : text;
  if (type === 'boolean') return text === 'true' || (text === 'false' ? false : undefined);
  const number = text === '' ? Number.NaN : Number(text);
  return number >= 0 ? number : undefined;
}

function wantedFor(usual: unknown, choices: readonly unknown[] | undefined): string {
  if (choices !== undefined) return choices.join(', ');
  if (typeof usual === 'boolean') return 'true, false';
  return typeof usual === 'number' ? '0, 0.5, Infinity' : 'ru_basic, com_ent250';
}
