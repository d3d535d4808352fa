import type { ProblemKind } from '../en/problem-titles-en.ts';

export const PROBLEM_TITLES_RU: Record<ProblemKind, string> = {
  invalid_request: 'Неверный запрос',
  login_required: 'Нужно войти',
  wrong_token: 'Неверный ключ доступа',
  admins_only: 'Доступно только администраторам',
  foreign_origin: 'Запрос пришёл с чужого сайта',
  not_found: 'Не найдено',
  method_not_allowed: 'Метод не поддерживается',
  timeout: 'Время запроса истекло',
  wrong_state: 'Невозможно в текущем состоянии',
  key_in_flight: 'Запрос с этим ключом идемпотентности ещё выполняется',
  too_large: 'Слишком большой объём данных',
  unsupported_media_type: 'Тип данных не поддерживается',
  unreadable_file: 'Файл нельзя импортировать',
  key_reused: 'Ключ идемпотентности уже использован',
  too_many_attempts: 'Слишком много попыток',
  head_too_large: 'Слишком длинные заголовки запроса',
  internal: 'Непредвиденная ошибка',
  unavailable: 'Временно недоступно',
};
