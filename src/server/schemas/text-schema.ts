import { z } from 'zod';
import { hasMoreCharacters } from '../../domain/imports/message.ts';

/** Text of so many characters at most, as people count them: an emoji is one, not the two units it has. */
export const textUpTo = (most: number) =>
  z
    .string()
    .check(({ value, issues }) => {
      if (!hasMoreCharacters(value, most)) return;
      const limit = { maximum: most, inclusive: true };
      issues.push({ code: 'too_big', origin: 'string', input: value, ...limit });
    })
    .meta({ maxLength: most });
