import { z } from 'zod';
import { MAX_ID } from '../../domain/pairs/ids.ts';

/**
 * A whole number as an address writes it: in plain digits. Another spelling of it (`+1`, `01`, `0x1`, `1e0`, a
 * blank before it) is refused, for two addresses of one thing are two things for whoever stands between.
 */
export const Digits = z
  .string()
  .regex(/^(0|[1-9][0-9]*)$/)
  .transform(Number);

/** The number of an import. */
export const ImportId = z.int().positive();

/** The path of whatever belongs to one import. */
export const ImportPath = z.strictObject({ id: Digits.pipe(ImportId) });

/** The number of a group or a person on the portal. */
export const PortalId = Digits.pipe(z.int().positive().max(MAX_ID));
