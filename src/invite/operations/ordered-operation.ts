import type { Problem } from '../../domain/errors/problem.ts';
import type { OrderKind, OrderMeans, OrderVerdict } from '../../domain/imports/order.ts';
import type { CodedText } from '../../domain/text/coded-text.ts';
import type { InvitedPair } from '../../ledger/orders/order-pairs.ts';
import type { PortalFailure } from '../../portal/http/failure.ts';
import type { PortalProfile } from '../../portal/profile/portal-profile.ts';
import type { GroupView } from '../lookup/group-relations.ts';
import type { Operation } from './operation.ts';

/** Who made a pending invitation. */
export type Origin =
  /** The caller, when this import invited the person. */
  | { kind: 'ours' }
  /** Somebody else, or the caller at another time; or the person asks to join. */
  | { kind: 'other' }
  /** The portal does not show it. */
  | { kind: 'not_shown' }
  | { kind: 'failed'; failure: PortalFailure };

/** What was read about a pair. */
export interface OrderView {
  group: GroupView;
  /** Of a pending user, if the operation needs it. */
  origin?: Origin | undefined;
}

/** What a reading says about a pair of an order. */
export type OrderFinding =
  /** It may be sent now. */
  | { kind: 'send' }
  | { kind: 'settled'; verdict: OrderVerdict; details?: readonly CodedText[] }
  /** It could not be read now. */
  | { kind: 'wait'; failure: PortalFailure };

/**
 * An operation that people order for invited pairs of an import. Adding one is a folder beside this file and a row in
 * `operations.ts`.
 */
export interface OrderedOperation {
  readonly kind: OrderKind;
  /** What the audit trail calls it. */
  readonly action: string;
  /** Whether a reading must show who made a pending invitation. */
  readonly needsOrigin: boolean;
  /** Whether people are notified of it, which quiet hours forbid. */
  readonly notifies: boolean;
  /**
   * How long a reading counts, in milliseconds: what is sent later is read again first.
   */
  readonly freshMs: number;
  /** @returns how it is done on this portal */
  meansOf(profile: PortalProfile): OrderMeans;
  /** @returns why it is not possible at all on this portal. @default possible */
  obstacleTo?(profile: PortalProfile): Problem | undefined;
  /** @returns the operation that this is done with */
  with(means: OrderMeans): Operation;
  /** Decides, before the request, on a pair that was just read. */
  judge(pair: InvitedPair, view: OrderView, means: OrderMeans): OrderFinding;
  /**
   * Decides on a pair whose request got no answer and has certainly ended; `send` if it may be sent again. Undefined
   * when no reading can show what became of it: it is never sent again.
   */
  readonly conclude: ((view: GroupView, userId: number) => OrderFinding) | undefined;
}
