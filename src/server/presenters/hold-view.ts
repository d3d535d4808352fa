import type { Hold } from '../../ledger/delivery/holds.ts';
import { remedyCodeOf, remedyFor } from '../../portal/http/remedy.ts';
import type { HoldView } from '../schemas/import-schema.ts';

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
  remedy: remedyFor({ code, description }),
  remedyCode: remedyCodeOf({ code, description }),
  since: since.toISOString(),
  nextTryAt: probeAt.toISOString(),
  isTried,
  tries: probes,
});
