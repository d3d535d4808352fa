import { inBoth } from '../language/in-both.ts';
import { importWordsEn } from './words-en.ts';
import { importWordsRu } from './words-ru.ts';

export const importWords = inBoth(importWordsEn, importWordsRu);
