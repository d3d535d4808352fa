import { inspect } from 'node:util';
import { afterAll, expect, test, vi } from 'vitest';

const compared = vi.hoisted(() => vi.fn());

vi.mock('node:crypto', async (original) => {
  const crypto = await original<typeof import('node:crypto')>();
  const timingSafeEqual = (one: Buffer, other: Buffer): boolean => {
    compared(one.length, other.length);
    return crypto.timingSafeEqual(one, other);
  };
  return { ...crypto, timingSafeEqual };
});

// Another test file may have loaded the module already, with the real comparison.
vi.resetModules();
afterAll(() => vi.resetModules());
const { Token } = await import('../../../src/domain/text/token.ts');

const TEXT = 'correct-horse-battery';

test.each([TEXT, `${TEXT}x`, TEXT.slice(0, -1), 'x', '', 'x'.repeat(10_000)])(
  'compares a token with %s by digests, in constant time',
  (text) => {
    compared.mockClear();
    expect(new Token(TEXT).matches(text)).toBe(text === TEXT);
    expect(compared.mock.calls).toEqual([[32, 32]]);
  },
);

test('does not show a token', () => {
  const token = new Token(TEXT);
  for (const shown of [inspect(token, { showHidden: true }), JSON.stringify(token), token.name]) {
    expect(shown).not.toContain(TEXT);
  }
  expect(token.name).toBe(new Token(TEXT).name);
  expect(token.name).not.toBe(new Token(`${TEXT}x`).name);
});
