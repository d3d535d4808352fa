import type { auditDetailsEn } from '../en/audit-details-en.ts';
import { countedRu } from './counted-ru.ts';

const invitations = (n: number) => countedRu(n, 'приглашение', 'приглашения', 'приглашений');
const rowsOf = (n: number) => countedRu(n, 'строка', 'строки', 'строк');

export const auditDetailsRu: typeof auditDetailsEn = {
  rows: ({ file, rows }) => `${file}, ${rowsOf(rows)}`,
  rows_and_pairs: ({ file, rows, pairs }) => `${file}, ${rowsOf(rows)}, ${invitations(pairs)}`,
  pairs: ({ pairs }) => invitations(pairs),
  until: ({ time }) => `до ${time}`,
  file: ({ file }) => file,
  replaces: ({ id }) => `импорт ${id}`,
  hold: ({ error, description }) => `${error}: ${description}`,
  result: ({ invited, attention }) =>
    attention === 0
      ? `приглашено ${invited.toLocaleString('ru')}`
      : `приглашено ${invited.toLocaleString('ru')}, требуют внимания: ${attention.toLocaleString('ru')}`,
  ordered: ({ done, others }) =>
    others === 0
      ? `выполнено: ${done.toLocaleString('ru')}`
      : `выполнено: ${done.toLocaleString('ru')}, нет: ${others.toLocaleString('ru')}`,
  retried: ({ pairs, invited }) =>
    `теперь приглашено ${invited.toLocaleString('ru')} из ${pairs.toLocaleString('ru')}`,
  verbatim: ({ text }) => text,
};
