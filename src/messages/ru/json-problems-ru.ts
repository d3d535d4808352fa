import type { ProblemTemplates, ShownProblem } from '../problem-templates.ts';
import { at } from './column-problems-ru.ts';

const EXAMPLE =
  'Запишите массив, например [{"group_id": 15, "user_id": 3}], или по одному такому объекту на строку.';

type JsonProblem = Exclude<Extract<ShownProblem, `json_${string}`>, 'json_malformed'>;

/** Of files with JSON. */
export const jsonProblemsRu: ProblemTemplates<JsonProblem> = {
  json_broken: ({ column, ...where }) => [
    `${at(where)}, символ ${column}: это не JSON.`,
    'Ничего не сохранено. Исправьте программу, которая пишет файл: нужен массив объектов или по объекту на строку.',
  ],
  json_ends_early: (where) => [
    `${at(where)}: JSON обрывается.`,
    'Ничего не сохранено. Запишите файл целиком и отправьте его снова.',
  ],
  json_too_long: (where) => [
    `${at(where)}: значение JSON длиннее 1 МиБ.`,
    'Наверное, не закрыта кавычка или скобка. Для каждого человека и группы нужен отдельный объект.',
  ],
  json_too_deep: (where) => [`${at(where)}: в JSON больше 64 уровней вложенности.`, EXAMPLE],
  json_no_objects: ({ file }) => [`В ${file} нет объектов JSON.`, EXAMPLE],
  json_keys_many: ({ file, most }) => [
    `В объектах ${file} больше ${most} разных ключей, или они очень длинные.`,
    EXAMPLE,
  ],
  json_keys_missing: ({ file, found, group, user }) => [
    `${file}: нет ключа ${[group && 'групп', user && 'сотрудников'].filter(Boolean).join(' и ')}; есть: ${found}.`,
    'Назовите ключи group_id и user_id или укажите нужные вручную.',
  ],
};
