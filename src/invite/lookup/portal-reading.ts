import { type Clock, ForwardWatch, watchSetBack } from '../../domain/time/clock.ts';
import type { PortalClient } from '../../portal/http/client.ts';
import { RelationReader } from './group-relations.ts';
import { InvitationReader } from './invitations.ts';

/** What reads a portal for the pipeline, and remembers for all chunks of a process what it found out. */
export interface PortalReading {
  readonly relations: RelationReader;
  readonly invitations: InvitationReader;
  /** Whether the ledger's times may be later than they were: the clock was set back meanwhile. */
  wasSetBack(): boolean;
  /** The ledger's clock, which may be set forward while requests are at work. */
  readonly ledgerClock: ForwardWatch;
}

/** @returns a reading that has found out nothing yet */
export const openReading = (client: PortalClient, clock: Clock): PortalReading => ({
  relations: new RelationReader(client, clock),
  invitations: new InvitationReader(client, clock),
  wasSetBack: watchSetBack(clock),
  ledgerClock: new ForwardWatch(clock),
});
