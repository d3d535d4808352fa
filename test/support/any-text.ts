import fc from 'fast-check';

/** Characters with a special meaning in a query string, PHP, a batch or JSON. */
const SPECIAL = fc.constantFrom(...'#&+%[]=?;$ \r\n\0"\'\\<>{}', '%00', '$result', 'ж', '🎉');

const whole = fc.integer({ min: 0, max: 0x10_ffff }).map((code) => String.fromCodePoint(code));

/** Any character except lone surrogates. fast-check's own `binary` takes two seconds to create. */
export const anyCharacter = fc
  .oneof(fc.integer({ min: 0, max: 0xd7ff }), fc.integer({ min: 0xe000, max: 0x10_ffff }))
  .map((code) => String.fromCodePoint(code));

/** Any text without lone surrogates, with many special characters. */
export const anyText: fc.Arbitrary<string> = fc
  .string({ unit: fc.oneof(SPECIAL, whole, fc.string({ minLength: 1, maxLength: 1 })) })
  .map((text) => text.toWellFormed());

/** Any text, including lone surrogates, which JavaScript and JSON allow. */
export const brokenText: fc.Arbitrary<string> = fc.string({
  unit: fc.oneof(
    SPECIAL,
    whole,
    fc.integer({ min: 0xd800, max: 0xdfff }).map((half) => String.fromCharCode(half)),
  ),
});
