import type { Misfortune } from '../faults.ts';
import type { PhpArray, PhpValue } from '../rest/php-array.ts';
import type { RestError } from '../rest/rest-error.ts';
import type { Portal } from '../state/sandbox-portal.ts';
import type { ServerWork } from '../state/server-work.ts';

/** A call of a method. */
export interface Call {
  readonly portal: Portal;
  readonly work: ServerWork;
  /** The parameters without `start`. */
  readonly fields: PhpArray;
  /** Where a list begins; -1 leaves out the total. */
  readonly start: number;
  /** The faults that a test injected. */
  readonly misfortune: Misfortune;
  /** Notes that an invitation was declined: its error may be reported for a later command of the batch. */
  decline(error: RestError): void;
}

/** What a method returns; `total` and `next` are beside the result in the answer. */
export interface Outcome {
  readonly result: PhpValue;
  readonly next?: number;
  readonly total?: number;
}

/** A method of the REST API. */
export interface Method {
  /** Any one of these scopes is enough; none is needed when empty. */
  readonly scopes: readonly string[];
  /** Whether a call costs the time of a read. */
  readonly reads: boolean;
  run(call: Call): Outcome | Promise<Outcome>;
}
