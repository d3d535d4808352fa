import { z } from 'zod';
import { MAX_ID } from '../../domain/pairs/ids.ts';

/**
 * An integer in an address, in plain digits. Another spelling (`+1`, `01`, `0x1`, `1e0`, a leading
 * blank) is refused: proxies treat two addresses of one resource as two resources.
 */
export const Digits = z
  .string()
  .regex(/^(0|[1-9][0-9]*)$/)
  .transform(Number);

/** Id of an import. */
export const ImportId = z.int().positive();

/** Path parameters of the routes of one import. */
export const ImportPath = z.strictObject({ id: Digits.pipe(ImportId) });

/** Id of a group or a user on the portal. */
export const PortalId = Digits.pipe(z.int().positive().max(MAX_ID));
