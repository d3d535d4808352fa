import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { queryString } from '../../../src/portal/http/query-string.ts';
import {
  namesCall,
  readNamedGroups,
  storedForms,
  unescapeHtml,
} from '../../../src/portal/methods/named-groups.ts';

describe('a name may be stored', () => {
  test.each([
    ['Plain', ['Plain']],
    ['R&D', ['R&D', 'R&amp;D']],
    ['<"x">', ['<"x">', '&lt;&quot;x&quot;&gt;']],
    ["It's", ["It's", 'It&#039;s']],
    ["A&B's", ["A&B's", "A&amp;B's", 'A&amp;B&#039;s']],
    ['🎉', ['🎉', ':f09f8e89:']],
    ['🎉&', ['🎉&', ':f09f8e89:&', '🎉&amp;', ':f09f8e89:&amp;']],
    ['☕ ё', ['☕ ё']],
  ])('%s as %j', (name, forms) => {
    expect(storedForms(name)).toEqual(forms);
  });

  test('in few forms, and each except that of an emoji decodes to the name', () => {
    const text = fc.string({ unit: fc.constantFrom('a', '&', '<', '"', "'", ';', '#', 'amp') });
    fc.assert(
      fc.property(text, (name) => {
        const [asIs, ...escaped] = storedForms(name);
        expect(asIs).toBe(name);
        for (const form of escaped) expect(unescapeHtml(form)).toBe(name);
        expect(escaped.length).toBeLessThanOrEqual(2);
      }),
    );
  });
});

test.each([
  ['&amp;&lt;&gt;&quot;&#039;&#39;&apos;', `&<>"'''`],
  ['&amp;amp;', '&amp;'],
  ['&nbsp; & &; &#64;', '&nbsp; & &; &#64;'],
])('%s decodes to %s', (escaped, text) => {
  expect(unescapeHtml(escaped)).toBe(text);
});

test.each<[unknown, unknown]>([
  [[], []],
  [[{ ID: '5', NAME: 'Open' }], [{ id: 5, name: 'Open' }]],
  [{ 3: { ID: 6, NAME: null } }, [{ id: 6, name: '' }]],
  [[{ ID: '0', NAME: 'x' }], undefined],
  [[{ NAME: 'x' }], undefined],
  [[null], undefined],
  ['x', undefined],
  [null, undefined],
])('groups are read from %j', (result, groups) => {
  expect(readNamedGroups(result)).toEqual(groups);
});

test('fifty names stay far below the limit for variables of a command', () => {
  const { parameters } = namesCall(Array.from({ length: 50 }, (_, index) => `Team ${index}`));
  expect(queryString(parameters).split('&')).toHaveLength(51);
});
