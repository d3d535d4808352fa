import type { ProblemTemplates, ShownProblem } from '../problem-templates.ts';

const ROLES = { group: 'групп', user: 'сотрудников', message: 'текста приглашения' } as const;

/** @returns a line of a file */
export const at = ({ file, line }: { file: string; line: number }) => `${file}, строка ${line}`;

/** Of columns that are missing or ambiguous. */
export const columnProblemsRu: ProblemTemplates<Extract<ShownProblem, `column_${string}`>> = {
  column_missing: ({ found, group, user, ...where }) => [
    `${at(where)}: нет столбца ${[group && ROLES.group, user && ROLES.user].filter(Boolean).join(' и ')}; есть: ${found}.`,
    'Выберите столбцы или назовите их в первой строке, например group_id,user_id,message.',
  ],
  column_unclear: ({ role, columns, ...where }) => [
    `${at(where)}: столбцом ${ROLES[role]} может быть любой из этих: ${columns}.`,
    'Выберите нужный или переименуйте остальные.',
  ],
  column_shared: ({ column, ...where }) => [
    `${at(where)}: столбец ${column} выбран дважды.`,
    'Выберите разные столбцы.',
  ],
  column_number_wrong: ({ role, number, count, ...where }) => [
    `${at(where)}: для ${ROLES[role]} указан столбец ${number}, а всего их ${count}.`,
    'Столбцы нумеруются с 1.',
  ],
  column_unknown: ({ role, name, found, ...where }) => [
    `${at(where)}: для ${ROLES[role]} указан столбец ${name}, но есть только ${found}.`,
    'Укажите название или номер одного из них.',
  ],
  column_name_shared: ({ role, name, columns, ...where }) => [
    `${at(where)}: для ${ROLES[role]} указан столбец ${name}, но так называются несколько: ${columns}.`,
    'Укажите номер столбца.',
  ],
};
