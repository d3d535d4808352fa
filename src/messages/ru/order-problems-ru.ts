import type { orderProblemsEn } from '../en/order-problems-en.ts';
import type { ProblemTemplates } from '../problem-templates.ts';

/** О том, что делают с приглашёнными. */
export const orderProblemsRu: ProblemTemplates<keyof typeof orderProblemsEn> = {
  order_too_early: ({ id }) => [
    `Импорт ${id} ещё не закончен и может пригласить других людей.`,
    'Сначала приостановите или отмените его либо дождитесь завершения.',
  ],
  order_in_progress: ({ id }) => [
    `С приглашёнными импорта ${id} уже выполняется другое действие.`,
    'Дождитесь завершения или остановите его.',
  ],
  order_unread: ({ id }) => [
    `У импорта ${id} нет предварительного просмотра для подтверждения.`,
    'Откройте предварительный просмотр и подтвердите число, которое он показывает.',
  ],
  order_number_wrong: ({ number, count }) => [
    `Подтверждено ${number}, но сейчас число другое: ${count}.`,
    `Проверьте предварительный просмотр и подтвердите ${count}.`,
  ],
  order_scope_missing: ({ scope }) => [
    `У вебхука нет права ${scope}, без которого напоминания невозможны.`,
    `Измените вебхук в Битрикс24 и дайте ему право ${scope}.`,
  ],
};
