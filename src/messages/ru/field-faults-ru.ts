import type { FIELD_FAULTS } from '../en/field-faults-en.ts';
import type { Templates } from '../say.ts';
import { countedRu } from './counted-ru.ts';

const signs = (n: number): string => countedRu(n, 'знака', 'знаков', 'знаков');

export const fieldFaultsRu: Templates<typeof FIELD_FAULTS> = {
  no_number: () => 'нужно число',
  no_digits: () => 'нужно число цифрами, например 15',
  no_whole_number: () => 'нужно целое число',
  no_text: () => 'нужен текст',
  no_object: () => 'нужен объект JSON',
  number_small: ({ least }) => `не меньше ${least}`,
  number_large: ({ most }) => `не больше ${most}`,
  empty: () => 'нужно заполнить',
  text_short: ({ least }) => `не короче ${signs(least)}`,
  text_long: ({ most }) => `не длиннее ${signs(most)}`,
  not_among: ({ values }) => `одно из ${values}`,
  twice: () => 'указано дважды',
  unknown: ({ known }) => `такого поля нет; есть ${known}`,
  unknown_meant: ({ meant, known }) => `такого поля нет, может быть, ${meant}? Есть ${known}`,
  none_known: () => 'такого поля нет',
  otherwise: ({ said }) => said,
};
