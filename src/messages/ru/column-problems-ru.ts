import type { ProblemCode } from '../../domain/errors/problem-params.ts';
import type { ProblemTemplates } from '../problem-templates.ts';

const ROLES = { group: 'группы', user: 'человека', message: 'текста приглашения' } as const;

/** @returns a line of a file */
export const at = ({ file, line }: { file: string; line: number }) => `${file}, строка ${line}`;

/** Of columns that are not found, or not to be told apart. */
export const columnProblemsRu: ProblemTemplates<Extract<ProblemCode, `column_${string}`>> = {
  column_missing: ({ found, group, user, ...where }) => [
    `${at(where)}: нет колонки ${[group && ROLES.group, user && ROLES.user].filter(Boolean).join(' и ')}; есть: ${found}.`,
    'Назовите колонки в первой строке, например group_id,user_id,message, или укажите, какая из них какая.',
  ],
  column_unclear: ({ role, columns, ...where }) => [
    `${at(where)}: колонкой ${ROLES[role]} могут быть несколько: ${columns}.`,
    'Укажите, какая из них, именем или номером, или переименуйте остальные.',
  ],
  column_shared: ({ column, ...where }) => [
    `${at(where)}: колонка ${column} не может быть двумя сразу.`,
    'Укажите разные колонки.',
  ],
  column_number_wrong: ({ role, number, count, ...where }) => [
    `${at(where)}: для ${ROLES[role]} указана колонка ${number}, а всего их ${count}.`,
    'Колонки считают с 1.',
  ],
  column_unknown: ({ role, name, found, ...where }) => [
    `${at(where)}: для ${ROLES[role]} указана колонка ${name}, а есть только ${found}.`,
    'Назовите одну из них или её номер.',
  ],
  column_name_shared: ({ role, name, columns, ...where }) => [
    `${at(where)}: для ${ROLES[role]} указана колонка ${name}, а так называются несколько: ${columns}.`,
    'Укажите номер колонки.',
  ],
};
