import type { ProblemTable } from '../problem-templates.ts';

type Id = { id: number };

/** Of what people order for the invited people of an import. */
export const orderProblemsEn = {
  order_too_early: ({ id }: Id) => [
    `Import ${id} is not over: it may still invite people.`,
    'Pause or cancel it first, or wait until it is finished.',
  ],
  order_in_progress: ({ id }: Id) => [
    `Another order for the invited people of import ${id} is in progress.`,
    'Wait until it is finished, or stop it.',
  ],
  order_unread: ({ id }: Id) => [
    `There is no preview of import ${id} to confirm.`,
    'Request the preview, and confirm the number that it shows.',
  ],
  /** `count`: the right number. */
  order_number_wrong: ({ number, count }: { number: number; count: number }) => [
    `${number} was confirmed, but the number is ${count} now.`,
    `Check the preview again, and confirm ${count}.`,
  ],
  order_scope_missing: ({ scope }: { scope: string }) => [
    `The webhook lacks the scope ${scope}, which reminders need.`,
    `Edit the webhook in Bitrix24 and give it the scope ${scope}.`,
  ],
} satisfies ProblemTable;
