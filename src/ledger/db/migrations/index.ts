import type { Kysely } from 'kysely';
import type { SchemaParts } from '../schema.ts';
import { up as ledger } from './0001-ledger.ts';
import { up as pairKeys } from './0002-pair-keys.ts';
import { up as checks } from './0003-checks.ts';
import { up as formats } from './0004-formats.ts';
import { up as figures } from './0005-figures.ts';
import { up as notices } from './0006-notices.ts';
import { up as emails } from './0007-emails.ts';
import { up as userBlocks } from './0008-user-blocks.ts';
import { up as readers } from './0009-readers.ts';
import { up as successors } from './0010-successors.ts';
import { up as workingTime } from './0011-working-time.ts';
import { up as probes } from './0012-probes.ts';
import { up as groupNames } from './0013-group-names.ts';
import { up as sentAt } from './0014-sent-at.ts';
import { up as userKeys } from './0015-user-keys.ts';
import { up as earlierRelations } from './0016-earlier-relations.ts';
import { up as reader } from './0017-reader.ts';
import { up as reopening } from './0018-reopening.ts';
import { up as noticesOfImports } from './0019-notices-of-imports.ts';
import { up as stateReading } from './0020-state-reading.ts';
import { up as idempotencyKeys } from './0021-idempotency-keys.ts';
import { up as groupWaits } from './0022-group-waits.ts';
import { up as unreadGroups } from './0023-unread-groups.ts';
import { up as fieldNames } from './0024-field-names.ts';
import { up as codedTexts } from './0025-coded-texts.ts';
import { up as checkWarnings } from './0026-check-warnings.ts';
import { up as rememberedChoices } from './0027-remembered-choices.ts';
import { up as names } from './0028-names.ts';
import { up as emptyTexts } from './0029-empty-texts.ts';
import { up as retries } from './0030-retries.ts';
import { up as corrections } from './0031-corrections.ts';
import { up as trials } from './0032-trials.ts';
import { up as orders } from './0034-orders.ts';
import { up as reminders } from './0035-reminders.ts';

type Step = (db: Kysely<unknown>, parts: SchemaParts) => Promise<void>;

/** All steps in the order of their names; a step that was released is never changed. */
export const MIGRATIONS: Readonly<Record<string, Step>> = {
  '0001-ledger': ledger,
  '0002-pair-keys': pairKeys,
  '0003-checks': checks,
  '0004-formats': formats,
  '0005-figures': figures,
  '0006-notices': notices,
  '0007-emails': emails,
  '0008-user-blocks': userBlocks,
  '0009-readers': readers,
  '0010-successors': successors,
  '0011-working-time': workingTime,
  '0012-probes': probes,
  '0013-group-names': groupNames,
  '0014-sent-at': sentAt,
  '0015-user-keys': userKeys,
  '0016-earlier-relations': earlierRelations,
  '0017-reader': reader,
  '0018-reopening': reopening,
  '0019-notices-of-imports': noticesOfImports,
  '0020-state-reading': stateReading,
  '0021-idempotency-keys': idempotencyKeys,
  '0022-group-waits': groupWaits,
  '0023-unread-groups': unreadGroups,
  '0024-field-names': fieldNames,
  '0025-coded-texts': codedTexts,
  '0026-check-warnings': checkWarnings,
  '0027-remembered-choices': rememberedChoices,
  '0028-names': names,
  '0029-empty-texts': emptyTexts,
  '0030-retries': retries,
  '0031-corrections': corrections,
  '0032-trials': trials,
  '0034-orders': orders,
  '0035-reminders': reminders,
};
