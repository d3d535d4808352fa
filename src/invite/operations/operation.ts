import type { Call } from '../../portal/http/batch.ts';
import type { PortalFailure } from '../../portal/http/failure.ts';
import type { Command } from '../../portal/methods/invite.ts';

/**
 * What the pipeline does to pairs on the portal. The steps from the reservation to the answer are the same for all
 * operations: marks, budget, slots, holds and the table of failures.
 */
export interface Operation {
  /** The REST method of every command. The budget learns its cost, size and slots by this name. */
  readonly method: string;
  /** Most people in one command. */
  readonly maxUsers: number;
  /** @returns the call that a command makes */
  call(command: Command): Call;
  /** @returns the people it was done with; undefined when the answer is something else */
  readDone(command: Command, result: unknown): ReadonlySet<number> | undefined;
  /**
   * Whether the program can do without the method: that the webhook may not call it, or the portal does not have it,
   * then is no reason to hold the portal. @default false
   */
  readonly isOptional?: boolean;
  /**
   * Whether an error only says that it was done with none of the command's people, as an answer that names no one.
   * @default never
   */
  leavesOut?(failure: PortalFailure): boolean;
}
