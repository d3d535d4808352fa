import { type GroupId, groupId } from '../../domain/pairs/ids.ts';
import type { Call } from '../http/batch.ts';
import { isRecord, toText } from '../http/json.ts';

/** A group with its name in lists. */
export interface NamedGroup {
  id: GroupId;
  name: string;
}

/** Shows an administrator all groups ("Get a list of groups and projects"); for others it changes nothing. */
export const SHOW_HIDDEN = { IS_ADMIN: 'Y' } as const;

/**
 * Reads the groups with one of the names (`sonet_group.get`), as far as the caller can see them,
 * archived ones too. The portal compares as its database does, without regard to case, accents and
 * trailing blanks: check the answers. Needs the scope `sonet_group`.
 *
 * @param withHidden also groups that the caller cannot see; only administrators get them. @default false
 */
export function namesCall(names: readonly string[], withHidden = false): Call {
  return {
    method: 'sonet_group.get',
    parameters: {
      ...{ FILTER: { NAME: names }, ORDER: { ID: 'ASC' } },
      ...(withHidden && SHOW_HIDDEN),
    },
  };
}

/** Reads a page of all groups that the caller can see. @param start number of groups before it */
export const allGroupsCall = (start: number): Call => ({
  method: 'sonet_group.get',
  parameters: { ORDER: { ID: 'ASC' }, start },
});

/** @returns the groups on a page, or undefined when the answer is something else */
export function readNamedGroups(result: unknown): NamedGroup[] | undefined {
  if (!isRecord(result)) return undefined;
  const groups = Object.values(result).map((value): NamedGroup | undefined => {
    const id = isRecord(value) ? groupId(Number(value.ID)) : undefined;
    return id === undefined || !isRecord(value) ? undefined : { id, name: toText(value.NAME) };
  });
  return groups.every((group) => group !== undefined) ? groups : undefined;
}

/**
 * The forms in which the portal may store a name. The published modules write a character outside
 * of the basic plane as `:f09f8e89:` and decode it when reading, but not in a filter; and a name that
 * came through an old form may have been escaped for HTML.
 */
export function storedForms(name: string): string[] {
  const forms = [name, escapeHtml(name), escapeHtml(name).replaceAll("'", '&#039;')];
  return [...new Set(forms.flatMap((form) => [form, encodeEmoji(form)]))];
}

const encodeEmoji = (text: string): string =>
  text.replace(/[\u{10000}-\u{10ffff}]/gu, (character) => {
    return `:${Buffer.from(character).toString('hex')}:`;
  });

const ENTITIES: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
};

const escapeHtml = (text: string): string =>
  Object.entries(ENTITIES).reduce((done, [entity, sign]) => done.replaceAll(sign, entity), text);

/** @returns the text with the entities of PHP's `htmlspecialchars` decoded */
export const unescapeHtml = (text: string): string =>
  text.replace(/&(amp|lt|gt|quot|#0?39|apos);/g, (entity) => ENTITIES[entity] ?? "'");
