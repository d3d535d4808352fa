import type { Clock } from '../domain/clock.ts';
import type { PortalClient } from '../portal/client.ts';
import { InvitationReader } from './invitations.ts';
import { RelationReader } from './relations.ts';

/** What reads a portal for the pipeline, and remembers for all chunks of a process what it found out. */
export interface PortalReading {
  readonly relations: RelationReader;
  readonly invitations: InvitationReader;
}

/** @returns a reading that has found out nothing yet */
export const openReading = (client: PortalClient, clock: Clock): PortalReading => ({
  relations: new RelationReader(client, clock),
  invitations: new InvitationReader(client, clock),
});
