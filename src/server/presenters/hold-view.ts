import type { Hold } from '../../ledger/delivery/holds.ts';
import { remedyCodeOf, remedyFor } from '../../portal/http/remedy.ts';
import type { HoldView } from '../schemas/import-schema.ts';

/** @returns why the portal is held, and what to do about it */
export const holdView = ({
  code,
  description,
  since,
  probeAt,
  probes,
  isTried,
}: Hold): HoldView => ({
  code,
  description,
  remedy: remedyFor(code),
  remedyCode: remedyCodeOf(code),
  since: since.toISOString(),
  nextTryAt: probeAt.toISOString(),
  isTried,
  tries: probes,
});
