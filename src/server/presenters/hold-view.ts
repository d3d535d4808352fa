import type { Hold as KnownHold } from '../../ledger/delivery/holds.ts';
import { remedyCodeOf, remedyFor } from '../../portal/http/remedy.ts';
import type { Hold } from '../schemas/import-schema.ts';

/** @returns why the portal is held, with what to do about it */
export const holdView = ({
  code,
  description,
  since,
  probeAt,
  probes,
  isTried,
}: KnownHold): Hold => ({
  code,
  description,
  remedy: remedyFor(code),
  remedyCode: remedyCodeOf(code),
  since: since.toISOString(),
  nextTryAt: probeAt.toISOString(),
  isTried,
  tries: probes,
});
