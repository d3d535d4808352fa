import { inBoth } from '../language/in-both.ts';
import { reviewWordsEn } from './words-en.ts';
import { reviewWordsRu } from './words-ru.ts';

export const reviewWords = inBoth(reviewWordsEn, reviewWordsRu);
