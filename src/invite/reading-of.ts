import type { PortalClient } from '../portal/client.ts';
import { InvitationReader } from './invitations.ts';
import { RelationReader } from './relations.ts';
import type { Work } from './work.ts';

/** What reads a portal for the pipeline, and remembers for all chunks what it found out. */
export interface PortalReading {
  readonly relations: RelationReader;
  readonly invitations: InvitationReader;
}

/** Goes with its client. */
const readings = new WeakMap<PortalClient, PortalReading>();

/** @returns the one of this portal in this process */
export function readingOf({ client, clock }: Pick<Work, 'client' | 'clock'>): PortalReading {
  const known = readings.get(client);
  if (known !== undefined) return known;
  const relations = new RelationReader(client, clock);
  const invitations = new InvitationReader(relations.reader, client.webhook.callerId);
  const reading = { relations, invitations };
  readings.set(client, reading);
  return reading;
}
