import { type PhpArray, phpArrayOf, phpList, phpRecord, phpString } from '../rest/php-array.ts';
import { camelCase } from './camel-case.ts';
import type { Fields } from './filter.ts';
import type { Call, Outcome } from './method.ts';
import { pageOf, sorted } from './paging.ts';
import { filteredGroups, givenName } from './sonet-group-methods.ts';

/** `socialnetwork.api.workgroup.list` ("Get a List of Workgroups"). */
export function workgroupList(call: Call): Outcome {
  const found = filteredGroups(call, phpArrayOf(call.fields.get('filter')));
  const inOrder = sorted(found, call.fields.get('order'), phpRecord({ ID: 'ASC' }));
  const { records, ...page } = pageOf(inOrder, call.start);
  const names = [...phpArrayOf(call.fields.get('select')).values()].map(phpString);
  const rows = records.map((fields) => selected(fields, ['ID', ...names]));
  return { result: phpRecord({ workgroups: phpList(rows) }), ...page };
}

function selected(fields: Fields, names: readonly string[]): PhpArray {
  const row: PhpArray = new Map();
  for (const name of names) {
    const value = fields[name];
    if (value !== undefined) row.set(camelCase(name), givenName(String(value)));
  }
  return row;
}
