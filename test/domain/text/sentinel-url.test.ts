import { describe, expect, test } from 'vitest';
import { parseSentinelUrl } from '../../../src/domain/text/sentinel-url.ts';

const PLAIN = { master: 'mymaster', database: 0, tls: false };
const at = (host: string, port = 26_379) => ({ host, port });

describe('the address of Sentinels', () => {
  test.each([
    ['redis+sentinel://a/mymaster', { ...PLAIN, sentinels: [at('a')] }],
    [
      'redis+sentinel://a,b:1,[::1]:2,10.0.0.7/mymaster/',
      { ...PLAIN, sentinels: [at('a'), at('b', 1), at('::1', 2), at('10.0.0.7')] },
    ],
    [
      'rediss+sentinel://ann:p%40ss:w@a/my%20master/3?sentinel_username=eve&sentinel_password=x%26y',
      {
        ...{ sentinels: [at('a')], master: 'my master', database: 3, tls: true },
        ...{ username: 'ann', password: 'p@ss:w' },
        ...{ sentinelUsername: 'eve', sentinelPassword: 'x&y' },
      },
    ],
    ['REDIS+SENTINEL://:p%40ss@a/mymaster/0', { ...PLAIN, sentinels: [at('a')], password: 'p@ss' }],
    [
      'redis+sentinel://a/mymaster?sentinel_password=p+w%2b',
      { ...PLAIN, sentinels: [at('a')], sentinelPassword: 'p+w+' },
    ],
  ])('parses %s', (text, place) => {
    expect(parseSentinelUrl(text)).toEqual({
      ...{ username: undefined, password: undefined },
      ...{ sentinelUsername: undefined, sentinelPassword: undefined },
      ...place,
    });
  });

  test.each([
    ['redis+sentinel://', /names no Sentinels, or no master/],
    ['redis+sentinel://:secret@a:26379', /no master/],
    ['redis+sentinel://:secret@a:26379/', /no master/],
    ['redis+sentinel://:secret@/mymaster', /names no Sentinels/],
    ['redis+sentinel://:secret@a/mymaster/x', /names no/],
    ['redis+sentinel://:secret@a,,b/mymaster', /a Sentinel that is not HOST:PORT/],
    ['redis+sentinel://:secret@a:port/mymaster', /HOST:PORT/],
    ['redis+sentinel://:secret@a:65536/mymaster', /HOST:PORT/],
    ['redis+sentinel://:secret%@a/mymaster', /percent-encoded: .*% as %25/],
    ['redis+sentinel://a/mymaster?sentinel_password=secret%', /% itself is %25/],
    ['redis+sentinel://a/mymaster?sentinel_password=se@cret', /percent-encoded: .*@ as %40/],
    ['redis+sentinel://:p@secret@a/mymaster', /percent-encoded/],
    ['redis+sentinel://a/mymaster?password=secret', /only sentinel_username and sentinel_passw/],
  ])('rejects %s, and does not repeat its password', (text, why) => {
    const said = parseSentinelUrl(text);
    expect(said).toMatch(why);
    expect(said).not.toContain('secret');
  });
});
