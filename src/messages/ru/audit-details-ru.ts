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
  verbatim: ({ text }) => text,
};
