import fc from 'fast-check';

/** Signs that mean something to a query string, to PHP, to a batch or to JSON. */
const SPECIAL = fc.constantFrom(...'#&+%[]=?;$ \r\n\0"\'\\<>{}', '%00', '$result', 'ж', '🎉');

const whole = fc.integer({ min: 0, max: 0x10_ffff }).map((code) => String.fromCodePoint(code));

/** Any whole character, as the unit of a text. fast-check's own `binary` takes two seconds to make. */
export const anyCharacter = fc
  .oneof(fc.integer({ min: 0, max: 0xd7ff }), fc.integer({ min: 0xe000, max: 0x10_ffff }))
  .map((code) => String.fromCodePoint(code));

/** Any text of whole characters, and often of those that trip programs up. */
export const anyText: fc.Arbitrary<string> = fc
  .string({ unit: fc.oneof(SPECIAL, whole, fc.string({ minLength: 1, maxLength: 1 })) })
  .map((text) => text.toWellFormed());

/** Any text, halves of wide characters included, as JavaScript and JSON allow them. */
export const brokenText: fc.Arbitrary<string> = fc.string({
  unit: fc.oneof(
    SPECIAL,
    whole,
    fc.integer({ min: 0xd800, max: 0xdfff }).map((half) => String.fromCharCode(half)),
  ),
});
