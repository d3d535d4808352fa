import { type Clock, ForwardWatch, watchSetBack } from '../../domain/time/clock.ts';
import type { PortalClient } from '../../portal/http/client.ts';
import { RelationReader } from './group-relations.ts';
import { InvitationReader } from './invitations.ts';

/** Reads a portal for the pipeline, and caches the results for all chunks of a process. */
export interface PortalReading {
  readonly relations: RelationReader;
  readonly invitations: InvitationReader;
  /** Whether times in the ledger may lie too late, because the clock was set back meanwhile. */
  wasSetBack(): boolean;
  /** Watches the ledger's clock, which can be set forward while requests are in flight. */
  readonly ledgerClock: ForwardWatch;
}

/** @returns readers with empty caches */
export const openReading = (client: PortalClient, clock: Clock): PortalReading => ({
  relations: new RelationReader(client, clock),
  invitations: new InvitationReader(client, clock),
  wasSetBack: watchSetBack(clock),
  ledgerClock: new ForwardWatch(clock),
});
