import { z } from 'zod';
import { MAX_MESSAGE_CHARACTERS } from '../../../domain/imports/message.ts';
import {
  ORDER_KINDS,
  ORDER_REASONS,
  ORDER_RESULTS,
  ORDER_STATES,
} from '../../../domain/imports/order.ts';
import { StoredProblem } from '../message-schema.ts';
import { textUpTo } from '../text-schema.ts';
import { Time } from '../time-schema.ts';

const REASONS = Object.values(ORDER_REASONS).flat();

/** What a user orders for the invited people of an import: its preview, its progress, its result. */
export const Order = z.object({
  id: z.int(),
  kind: z.enum(ORDER_KINDS),
  /**
   * `reading`: the portal is read for the preview; `ready`: it can be confirmed; `running`: confirmed; `cancelled`:
   * stopped; `failed`: the preview could not be read.
   */
  state: z.enum(ORDER_STATES),
  /** Who ordered it: `admin`, or `cli` from the command line. */
  who: z.string(),
  /** Text of a reminder; null without one. */
  message: z.string().nullable(),
  /** Invitations that the preview has read, and all that it reads. */
  read: z.int(),
  pairs: z.int(),
  /** Number that confirms it: of the invitations that it is going to change, and has not changed yet. */
  toDo: z.int(),
  /** What became of the others, or will: `done`, `kept`, `refused`, `unknown`, with the reasons. */
  results: z.array(
    z.object({
      result: z.enum(ORDER_RESULTS),
      reason: z.enum(REASONS),
      count: z.int(),
      /** The reason in words. */
      meaning: z.string(),
    }),
  ),
  /** How it is done on this portal; null until the preview is being read. */
  means: z
    .object({
      /** `cancel` only withdraws invitations that are pending; `delete` removes any relation to the group. */
      method: z.enum(['cancel', 'delete', 'notify']),
      isAllowed: z.boolean(),
      /** Whether the portal shows who made an invitation, and when. */
      showsOrigin: z.boolean(),
    })
    .nullable(),
  /** Why the preview could not be read; null without a problem. */
  problem: StoredProblem.nullable(),
  createdAt: Time,
  startedAt: Time.nullable(),
  endedAt: Time.nullable(),
});
export type Order = z.infer<typeof Order>;

/** The latest order of a kind; null when there was none. */
export const LatestOrder = z.object({ order: Order.nullable() });
export type LatestOrder = z.infer<typeof LatestOrder>;

/** What a reminder says. */
export const ReminderText = z.strictObject({
  message: textUpTo(MAX_MESSAGE_CHARACTERS).min(1),
});
export type ReminderText = z.infer<typeof ReminderText>;

/** Confirms an order by its number. */
export const Confirmation = z.strictObject({
  /** `toDo` of the preview. With another number nothing is started. */
  confirm: z.int().nonnegative(),
});
export type Confirmation = z.infer<typeof Confirmation>;
