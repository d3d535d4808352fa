import { expect, test } from 'vitest';
import { readOption } from '../../src/sandbox/option-text.ts';

test.each<[string, object]>([
  ['isAdmin=true', { isAdmin: true }],
  ['workgroupsOff=false', { workgroupsOff: false }],
  ['license=com_ent250', { license: 'com_ent250' }],
  ['requestsPerSecond=Infinity', { requestsPerSecond: Number.POSITIVE_INFINITY }],
  ['inviteSeconds=0.3', { inviteSeconds: 0.3 }],
  ['operating=ban', { operating: 'ban' }],
  ['authErrorStatus=403', { authErrorStatus: 403 }],
  ['scopes=sonet_group,user', { scopes: ['sonet_group', 'user'] }],
  ['absent=time,scope', { absent: ['time', 'scope'] }],
  ['absent=', { absent: [] }],
  ['code=a=b', { code: 'a=b' }],
])('the option %s is read', (text, option) => {
  expect(readOption(text)).toEqual({ kind: 'option', option });
});

test.each([
  'isAdmin=yes',
  'isAdmin',
  'inviteSeconds=-1',
  'inviteSeconds=',
  'inviteSeconds=fast',
  'operating=never',
  'authErrorStatus=500',
  'absent=time,tide',
  'license=',
])('the option %s is refused with values', (text) => {
  expect(readOption(text)).toMatchObject({ kind: 'bad', wanted: expect.stringMatching(/,/) });
});

test.each(['seed=1', 'now=5', 'port=1', 'plan=x', '', 'toString=1'])('%s is unknown', (text) => {
  expect(readOption(text)).toMatchObject({
    kind: 'unknown',
    names: expect.arrayContaining(['isAdmin']),
  });
});
