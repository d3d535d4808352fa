import type { Hold as KnownHold } from '../../ledger/holds.ts';
import { remedyCodeOf, remedyFor } from '../../portal/remedy.ts';
import type { Hold } from '../schemas/import.ts';

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
