import { expect, test } from 'vitest';
import { commandOf } from '../../../src/sandbox/rest/batch-command.ts';
import { expandReferences } from '../../../src/sandbox/rest/batch-reference.ts';
import { phpList, phpRecord } from '../../../src/sandbox/rest/php-array.ts';
import { encodeJson } from '../../../src/sandbox/rest/php-json.ts';

const RESULTS = {
  result: phpRecord({
    me: phpRecord({ ID: '7', NAME: 'Anna', LIST: phpList(['1', '2']) }),
    sent: phpList([3, 4]),
  }),
  error: phpRecord({ bad: phpRecord({ error_description: 'Wrong group ID' }) }),
};

test.each([
  ['nothing to expand, $5', '"nothing to expand, $5"'],
  ['$result', '"$result"'],
  ['$result[me][ID]', '"7"'],
  ['$result[sent][1]', '4'],
  ['$RESULT[sent][1]', '4'],
  ['$result[me][LIST]', '["1","2"]'],
  ['Hello $result[me][NAME] !', '"Hello Anna !"'],
  ['Hello $result[me][NAME], all of you', '"Hello Anna all of you"'],
  ['id $result[sent][0] $result[sent][1]', '"id 3 4"'],
  ['take $result[me][LIST] all', '"take $result[me][LIST] all"'],
  ['$result[sent][9]', '[3,4]'],
  ['say $error[bad][error_description]', '"say Wrong group ID"'],
])('%s becomes %s', (text, expected) => {
  const expanded = expandReferences(phpRecord({ MESSAGE: text }), RESULTS);
  expect(encodeJson(expanded.get('MESSAGE') ?? null)).toBe(expected);
});

test('expands inside of arrays', () => {
  const parameters = phpRecord({ FILTER: phpRecord({ ID: phpList(['$result[me][ID]', '9']) }) });
  expect(encodeJson(expandReferences(parameters, RESULTS))).toBe('{"FILTER":{"ID":["7","9"]}}');
});

test.each([
  ['user.get', 'user.get', '[]'],
  ['User.Get?ID=1', 'user.get', '{"ID":"1"}'],
  ['m?MESSAGE=a#b&GROUP_ID=1', 'm', '{"MESSAGE":"a"}'],
  ['m?MESSAGE=a%23b&GROUP_ID=1', 'm', '{"MESSAGE":"a#b","GROUP_ID":"1"}'],
  ['m?MESSAGE=a?b', 'm', '{"MESSAGE":"a?b"}'],
  ['m?MESSAGE=a\nb', 'm', '{"MESSAGE":"a_b"}'],
  ['m?MESSAGE=a%0Ab', 'm', '{"MESSAGE":"a\\nb"}'],
])('the command %j is read as PHP reads it', (text, method, parameters) => {
  const command = commandOf(text);
  expect(command.method).toBe(method);
  expect(encodeJson(command.parameters)).toBe(parameters);
});
