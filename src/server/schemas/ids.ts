import { z } from 'zod';
import { MAX_ID } from '../../domain/ids.ts';

/** The number of an import. */
export const ImportId = z.coerce.number().int().positive();

/** The path of whatever belongs to one import. */
export const ImportPath = z.object({ id: ImportId });

/** The number of a group or a person on the portal. */
export const PortalId = z.coerce.number().int().positive().max(MAX_ID);
