import {
  type PhpArray,
  type PhpValue,
  phpArrayOf,
  phpInt,
  phpList,
  phpRecord,
  phpString,
} from '../rest/php-array.ts';
import { isoSeconds } from '../rest/time-block.ts';
import type { KeptGroup, KeptRelation } from '../state/sandbox-relations.ts';
import { camelCase } from './camel-case.ts';
import type { Fields } from './filter.ts';
import type { Call, Outcome } from './method.ts';
import { pageOf, sorted } from './paging.ts';

/**
 * `socialnetwork.api.usertogroup.list`, which is not documented (published module
 * `socialnetwork`, controller `usertogroup`): relations of groups with their initiators and dates, 50
 * a page. It has no other filters than these, and requires no right to see a group.
 */
export function userToGroupList({ portal, fields, start }: Call): Outcome {
  const filter = phpArrayOf(fields.get('filter'));
  const groupId = phpInt(filter.get('GROUP_ID'));
  const groups = filter.has('GROUP_ID')
    ? [portal.groups.get(groupId)].filter((group) => group !== undefined)
    : [...portal.groups.values()];
  const found = groups.flatMap(relationsOf).filter(passes(filter));
  const inOrder = sorted(found, fields.get('order'), phpRecord({ ID: 'DESC' }));
  const { records, ...page } = pageOf(inOrder, start);
  const names = [...phpArrayOf(fields.get('select')).values()].map(phpString);
  const relations = phpList(records.map((record) => selected(record, names)));
  return { result: phpRecord({ relations }), ...page };
}

const relationsOf = (group: KeptGroup): Fields[] =>
  [...group.relations].map(([userId, relation]) => fieldsOf(group.id, userId, relation));

const fieldsOf = (groupId: number, userId: number, relation: KeptRelation): Fields => ({
  ...{ ID: relation.id, USER_ID: userId, GROUP_ID: groupId, ROLE: relation.role },
  AUTO_MEMBER: 'N',
  DATE_CREATE: isoSeconds(relation.createdAt),
  DATE_UPDATE: isoSeconds(relation.updatedAt),
  INITIATED_BY_TYPE: relation.initiatedBy ?? 'G',
  INITIATED_BY_USER_ID: relation.initiatorId,
  MESSAGE: '',
});

function passes(filter: PhpArray): (fields: Fields) => boolean {
  const tests = ['ID', 'ROLE', 'INITIATED_BY_TYPE', 'INITIATED_BY_USER_ID'].flatMap((name) => {
    const wanted = valuesOf(filter.get(name));
    return wanted.size > 0 ? [{ name, wanted }] : [];
  });
  return (fields) => tests.every(({ name, wanted }) => wanted.has(String(fields[name])));
}

const valuesOf = (wanted: PhpValue | undefined): ReadonlySet<string> =>
  new Set([...phpArrayOf(wanted).values()].map(phpString).filter((text) => text !== ''));

function selected(fields: Fields, names: readonly string[]): PhpArray {
  const row: PhpArray = new Map();
  for (const name of names) {
    const value = fields[name];
    if (value !== undefined) row.set(camelCase(name), value);
  }
  return row;
}
